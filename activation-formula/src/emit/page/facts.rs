//! What the compiler knows about an activation without looking long: limits, symmetry, kinks, accuracy, work.

use crate::certify::{in_words, shortest};
use crate::compile::Compiled;
use crate::function::Function;
use crate::program::{Program, Step};
use activation_math::{Output, Precision};

/// A place where f or f' has two sides.
pub(super) struct Kink {
    pub(super) x: f64,
    /// The last number on the left and the first one on the right.
    pub(super) sides: [f64; 2],
    /// f' on the left, at the place, on the right.
    slopes: [f64; 3],
    /// f on the left and on the right.
    values: [f64; 2],
}

/// Kinks and jumps, for the parameters' defaults.
pub(super) fn kinks(compiled: &Compiled) -> Vec<Kink> {
    let edges = |output| compiled.certificate(output).map_or(&[][..], |certificate| &certificate.edges);
    let mut xs: Vec<f64> =
        [Output::Forward, Output::Derivative].into_iter().flat_map(edges).copied().collect();
    xs.sort_by(f64::total_cmp);
    xs.dedup();
    xs.into_iter().filter_map(|x| kink(compiled, x)).collect()
}

/// The kink at a branch point or, where that is no number of `f32`, up to one number of `f32` before it.
fn kink(compiled: &Compiled, edge: f64) -> Option<Kink> {
    let parameters = compiled.defaults();
    let at = |output, x| compiled.evaluate(output, x, &parameters, Precision::Single);
    let breaks = |[left, right]: [f64; 2]| {
        let broken = |output: &Output| is_jump(at(*output, left), at(*output, right));
        [Output::Derivative, Output::Forward].into_iter().find(broken)
    };
    let beside = [edge.next_down(), edge.next_up()];
    let (x, sides) = if breaks(beside).is_some() {
        (edge, beside)
    } else {
        let [mut low, mut high] = [(edge as f32).next_down(), edge as f32].map(f64::from);
        let output = breaks([low, high])?;
        let [left, right] = [low, high].map(|x| at(output, x));
        while low.next_up() < high {
            let middle = (low + high) / 2.0;
            let value = at(output, middle);
            *(if (value - left).abs() <= (value - right).abs() { &mut low } else { &mut high }) = middle;
        }
        // Of the two, the one that somebody may have written.
        let x = if low.to_string().len() < high.to_string().len() { low } else { high };
        (x, [low, high])
    };
    let [left, right] = sides.map(|x| at(Output::Derivative, x));
    let values = sides.map(|x| at(Output::Forward, x));
    Some(Kink { x, sides, slopes: [left, at(Output::Derivative, x), right], values })
}

/// Whether two results at neighbouring numbers are those of a jump.
pub(super) fn is_jump(left: f64, right: f64) -> bool {
    (left - right).abs() > 1e-4 * (left.abs() + right.abs()).max(0.01)
}

/// A list in Markdown.
pub(super) fn list(compiled: &Compiled) -> String {
    let defaults = if compiled.parameters.is_empty() { "" } else { ", with the defaults" };
    let mut rows = vec![("limits".to_owned(), limits(compiled))];
    rows.extend(compiled.parity.in_words(&compiled.variable).map(|words| ("symmetry".to_owned(), words)));
    let kinks = kinks(compiled);
    if !kinks.is_empty() {
        rows.push(("kinks".to_owned(), kinks.iter().map(Kink::in_words).collect::<Vec<_>>().join("; ")));
    }
    rows.push(("accuracy in `f32`".to_owned(), accuracy(compiled)));
    rows.push(("work".to_owned(), work(compiled)));
    let items: String = rows.iter().map(|(name, fact)| format!("- **{name}**: {fact}\n")).collect();
    format!("\nWhat is known of it{defaults}:\n\n{items}")
}

/// What a function is called in a sentence.
fn name(output: Output, compiled: &Compiled) -> String {
    match output {
        Output::Forward => "f".to_owned(),
        Output::Derivative => "f′".to_owned(),
        Output::SecondDerivative => "f″".to_owned(),
        Output::ParameterDerivative(index) => format!("∂f/∂{}", compiled.parameter_name(index)),
    }
}

fn limits(compiled: &Compiled) -> String {
    let parameters = compiled.defaults();
    let limit = |output, x| {
        let value = compiled.evaluate(output, x, &parameters, Precision::Single);
        if value.is_nan() { "has no limit".to_owned() } else { format!("→ {}", number(value)) }
    };
    let side = |x: f64| {
        let sign = if x < 0.0 { "-" } else { "" };
        let [value, slope] = [Output::Forward, Output::Derivative].map(|output| limit(output, x));
        format!("at {sign}∞ f {value}, f′ {slope}")
    };
    format!("{}; {}", side(f64::NEG_INFINITY), side(f64::INFINITY))
}

impl Kink {
    fn in_words(&self) -> String {
        let [left, here, right] = self.slopes.map(number);
        let [before, after] = self.values;
        let jump = if is_jump(before, after) {
            format!("f jumps from {} to {}, ", number(before), number(after))
        } else {
            String::new()
        };
        format!(
            "at {} {jump}f′ is {left} on the left, {right} on the right, and {here} there",
            shortest(self.x)
        )
    }
}

fn number(value: f64) -> String {
    shortest(value).replace("inf", "∞")
}

/// What the certificate says.
fn accuracy(compiled: &Compiled) -> String {
    let outputs = || Output::all(compiled.parameters.len());
    let names = |given: bool| {
        let is_given =
            |output: &Output| compiled.certificate(*output).is_some_and(|found| found.is_given() == given);
        outputs().filter(is_given).map(|output| name(output, compiled)).collect::<Vec<_>>().join(", ")
    };
    let mut text = match (names(true), names(false)) {
        (all, none) if none.is_empty() => {
            format!("{all} within 1 ULP of the true value, certified for every input")
        }
        (none, all) if none.is_empty() => format!("{all} not certified"),
        (some, others) => format!(
            "{some} within 1 ULP of the true value, certified for every input; {others} not certified"
        ),
    };
    for output in outputs() {
        let places: Vec<String> =
            compiled.careful(output).iter().map(|&interval| in_words(interval)).collect();
        if !places.is_empty() {
            text += &format!("; {} with more care {}", name(output, compiled), places.join(", "));
        }
    }
    text
}

/// What a number costs: elementary functions by name, and everything else.
fn work(compiled: &Compiled) -> String {
    let [forward, derivative] = [Output::Forward, Output::Derivative]
        .map(|output| compiled.program(output).map(counted).unwrap_or_default());
    format!("f takes {forward}; f′ {derivative}")
}

/// What a function that exists inside the compiler only is for those who read about it.
fn known_as(function: Function) -> String {
    match function {
        Function::Decay | Function::DecayGap | Function::ExpExcess | Function::Gauss => "exp".to_owned(),
        Function::NormalCdf => "erfc".to_owned(),
        Function::Sech => "cosh".to_owned(),
        Function::Logcosh => "ln(cosh)".to_owned(),
        Function::Tanhshrink => "x - tanh".to_owned(),
        known => known.to_string(),
    }
}

fn counted(program: &Program) -> String {
    let mut functions: Vec<(String, usize)> = Vec::new();
    let mut operations = 0;
    for step in &program.steps {
        let function = match step {
            Step::Variable | Step::Parameter(_) | Step::Number(_) => continue,
            Step::Call(function, _) => format!("`{}`", known_as(*function)),
            Step::Power(..) => "a power".to_owned(),
            _ => {
                operations += 1;
                continue;
            }
        };
        match functions.iter_mut().find(|(known, _)| *known == function) {
            Some((_, count)) => *count += 1,
            None => functions.push((function, 1)),
        }
    }
    let times = |(function, count): &(String, usize)| match count {
        1 => function.clone(),
        count => format!("{count} × {function}"),
    };
    let mut parts: Vec<String> = functions.iter().map(times).collect();
    let others = if parts.is_empty() { "" } else { "other " };
    match operations {
        0 => {}
        1 => parts.push(format!("one {others}operation")),
        count => parts.push(format!("{count} {others}operations")),
    }
    match parts.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [parts @ .., last] => format!("{} and {last}", parts.join(", ")),
    }
}
