//! The files: cases as lines of JSON, as NumPy arrays, and the list of all of them.

use super::answer::{Answers, Case, Questions};
use super::points::Kind;
use crate::data::{Dtype, number};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A line of `cases.jsonl`. JSON has neither NaN nor infinities, so numbers are texts that every language reads.
#[derive(Serialize)]
struct Line<'a> {
    activation: &'a str,
    function: &'a str,
    parameters: &'a BTreeMap<&'a str, f64>,
    kind: Kind,
    x: String,
    x_bits: String,
    exact: &'a str,
    f32: String,
    f32_bits: String,
    f64: String,
    f64_bits: String,
}

/// What the list says of an activation.
#[derive(Serialize)]
pub(super) struct Listed {
    name: String,
    aliases: Vec<String>,
    formula: String,
    parameters: BTreeMap<String, f64>,
    /// Where f, f' or f'' jumps.
    kinks: Vec<String>,
    functions: Vec<ListedFunction>,
}

#[derive(Serialize)]
struct ListedFunction {
    name: String,
    cases: usize,
    dropped: Vec<Dropped>,
}

/// Inputs without a case, and why.
#[derive(Serialize)]
struct Dropped {
    reason: String,
    x: Vec<String>,
}

/// The list of what is in the folder: `manifest.json`.
#[derive(Serialize)]
pub(super) struct Manifest {
    pub(super) activation_version: &'static str,
    pub(super) dtype: &'static str,
    pub(super) points: usize,
    pub(super) activations: Vec<Listed>,
}

/// The shortest numeral that reads back to the number in 64 bits, and so in 32: `0.1` for the 32-bit number would not.
fn numeral(x: f64) -> String {
    let mut text = Vec::new();
    number::write(x, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn bits(x: f64, dtype: Dtype) -> String {
    match dtype {
        Dtype::F32 => format!("0x{:08x}", (x as f32).to_bits()),
        Dtype::F64 => format!("0x{:016x}", x.to_bits()),
    }
}

/// Every case of an activation, a line each.
pub(super) fn lines(
    out: &mut dyn Write,
    about: &Questions<'_>,
    answers: &[Answers],
    dtype: Dtype,
) -> io::Result<()> {
    let names = about.formula.parameters.iter().map(|parameter| parameter.name.as_str());
    let parameters: BTreeMap<&str, f64> = names.zip(about.parameters.iter().copied()).collect();
    for of in answers {
        for Case { x, kind, value } in &of.cases {
            let line = Line {
                activation: &about.subject.description.name,
                function: &of.function,
                parameters: &parameters,
                kind: *kind,
                x: numeral(*x),
                x_bits: bits(*x, dtype),
                exact: &value.exact,
                f32: numeral(f64::from(value.f32)),
                f32_bits: bits(f64::from(value.f32), Dtype::F32),
                f64: numeral(value.f64),
                f64_bits: bits(value.f64, Dtype::F64),
            };
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The cases of a function as arrays: inputs, and results in both types.
pub(super) fn arrays(of: &Answers, dtype: Dtype) -> [(&'static str, Vec<u8>); 3] {
    let x = of.cases.iter().map(|case| case.x);
    let f64 = of.cases.iter().map(|case| case.value.f64);
    let f32 = of.cases.iter().map(|case| f64::from(case.value.f32));
    [("x", array(x, dtype)), ("f32", array(f32, Dtype::F32)), ("f64", array(f64, Dtype::F64))]
}

/// An array in one dimension in NumPy's format, version 1.0: a header that is padded to 64 bytes, and the numbers.
fn array(numbers: impl ExactSizeIterator<Item = f64>, dtype: Dtype) -> Vec<u8> {
    let descr = match dtype {
        Dtype::F32 => "<f4",
        Dtype::F64 => "<f8",
    };
    let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({},), }}", numbers.len());
    /// Before the text of the header stand the magic word, the version, and its length.
    const BEFORE: usize = 10;
    let length = (BEFORE + header.len() + 1).next_multiple_of(64) - BEFORE;
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((length as u16).to_le_bytes());
    bytes.extend(format!("{header:<width$}\n", width = length - 1).bytes());
    for number in numbers {
        match dtype {
            Dtype::F32 => bytes.extend((number as f32).to_le_bytes()),
            Dtype::F64 => bytes.extend(number.to_le_bytes()),
        }
    }
    bytes
}

/// What the list says of an activation.
pub(super) fn listed(about: &Questions<'_>, answers: &[Answers]) -> Listed {
    let description = &about.subject.description;
    let names = about.formula.parameters.iter().map(|parameter| parameter.name.clone());
    Listed {
        name: description.name.clone(),
        aliases: description.aliases.clone(),
        formula: description.formula.clone(),
        parameters: names.zip(about.parameters.iter().copied()).collect(),
        kinks: about.kinks.iter().map(|&kink| numeral(kink)).collect(),
        functions: answers.iter().map(listed_function).collect(),
    }
}

fn listed_function(of: &Answers) -> ListedFunction {
    let mut by_reason: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (x, reason) in &of.dropped {
        by_reason.entry(reason).or_default().push(numeral(*x));
    }
    let dropped = by_reason.into_iter().map(|(reason, x)| Dropped { reason: reason.to_owned(), x });
    ListedFunction { name: of.function.clone(), cases: of.cases.len(), dropped: dropped.collect() }
}
