//! What the compiler promises for a formula, and how long it took: the last part of `show`.

use activation_core::Output;
use activation_formula::{Compiled, in_words};
use serde::Serialize;
use std::io::{self, Write};
use std::time::Duration;

/// Function by function.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct Certificate(Vec<Function>);

#[derive(Serialize)]
struct Function {
    function: String,
    /// Whether every result for f32 is within 1 ULP, as far as the compiler has looked.
    certified: bool,
    /// The bound of the error of plain f64 arithmetic, in ULP of f32, before the result is rounded.
    error_bound_ulp: f64,
    /// Where plain arithmetic is not enough, and not used.
    careful: Vec<[f64; 2]>,
}

impl Certificate {
    pub(crate) fn of(compiled: &Compiled) -> Self {
        let functions = Output::all(compiled.parameters.len()).filter_map(|output| {
            let certificate = compiled.certificate(output)?;
            Some(Function {
                function: name(output, compiled),
                certified: certificate.is_given(),
                error_bound_ulp: certificate.worst,
                careful: certificate.careful.iter().map(|&(low, high)| [low, high]).collect(),
            })
        });
        Certificate(functions.collect())
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = |certified| {
            let functions = self.0.iter().filter(|function| function.certified == certified);
            functions.map(|function| function.function.as_str()).collect::<Vec<_>>().join(", ")
        };
        writeln!(out)?;
        match (names(true), names(false)) {
            (all, none) if none.is_empty() => writeln!(out, "certified to 1 ULP of f32: {all}")?,
            (none, all) if none.is_empty() => writeln!(out, "not certified: {all}")?,
            (some, others) => writeln!(out, "certified to 1 ULP of f32: {some}; not certified: {others}")?,
        }
        for Function { function, careful, .. } in &self.0 {
            if careful.is_empty() {
                continue;
            }
            let places: Vec<String> = careful.iter().map(|&[low, high]| in_words((low, high))).collect();
            writeln!(out, "  {function} with more care {}", places.join(", "))?;
        }
        Ok(())
    }
}

fn name(output: Output, compiled: &Compiled) -> String {
    match output {
        Output::Forward => "f".to_owned(),
        Output::Derivative => "f'".to_owned(),
        Output::SecondDerivative => "f''".to_owned(),
        Output::ParameterDerivative(index) => {
            let name = compiled.parameters.get(index).map_or("?", |parameter| parameter.name.as_str());
            format!("df/d{name}")
        }
    }
}

/// Milliseconds in each stage of the compiler.
#[derive(Serialize)]
pub(crate) struct Timing {
    derive_ms: f64,
    stabilise_ms: f64,
    certify_ms: f64,
}

impl Timing {
    pub(crate) fn of(compiled: &Compiled) -> Self {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let timing = compiled.timing;
        Timing {
            derive_ms: milliseconds(timing.derive),
            stabilise_ms: milliseconds(timing.stabilise),
            certify_ms: milliseconds(timing.certify),
        }
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Timing { derive_ms, stabilise_ms, certify_ms } = self;
        writeln!(
            out,
            "compiled in {:.2} ms: derivatives {derive_ms:.2}, stable forms {stabilise_ms:.2}, certificate {certify_ms:.2}",
            derive_ms + stabilise_ms + certify_ms
        )
    }
}
