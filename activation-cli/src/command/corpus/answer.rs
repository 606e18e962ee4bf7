//! The questions about one activation and the exact answers, found on all cores.

use super::decimal::decimal;
use super::edges::Function;
use super::points::{Kind, Point, points};
use crate::data::Dtype;
use crate::failure::Failure;
use crate::subject::Subject;
use activation_core::Output;
use activation_core::contract::Tail;
use activation_formula::Compiled;
use activation_math::{Exact, exact};
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What is asked about one activation: every function at every point.
pub(super) struct Questions<'a> {
    pub(super) subject: &'a Subject,
    pub(super) formula: Compiled,
    /// The parameters' values.
    pub(super) parameters: Vec<f64>,
    pub(super) kinks: Vec<f64>,
    points: Vec<Point>,
}

/// The cases of one function.
pub(super) struct Answers {
    /// `forward`, `derivative`, `second_derivative`, or `d_` and the name of a parameter.
    pub(super) function: String,
    pub(super) cases: Vec<Case>,
    /// Points that have no case, and why.
    pub(super) dropped: Vec<(f64, String)>,
}

/// An input and what the function is worth there.
pub(super) struct Case {
    pub(super) x: f64,
    pub(super) kind: Kind,
    pub(super) value: Value,
}

/// An exact value, rounded to this and that.
pub(super) struct Value {
    /// 25 significant digits.
    pub(super) exact: String,
    pub(super) f32: f32,
    pub(super) f64: f64,
}

impl Value {
    /// An infinity, NaN, or a limit, which is given as the number that it is.
    fn of(value: f64) -> Self {
        let exact = if value.is_nan() { "nan".into() } else { value.to_string() };
        Value { exact, f32: value as f32, f64: value }
    }
}

impl<'a> Questions<'a> {
    pub(super) fn about(subject: &'a Subject, dtype: Dtype, count: usize) -> Result<Self, Failure> {
        let formula = subject.formula()?;
        let parameters = subject.values();
        let functions: Vec<Function<'_>> = Output::all(parameters.len())
            .map(|output| Box::new(move |x| own(subject, output, x)) as Function<'_>)
            .collect();
        let (points, kinks) = points(&functions, &parameters, dtype, count);
        Ok(Questions { subject, formula, parameters, kinks, points })
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.points.len() * Output::all(self.parameters.len()).count()
    }

    /// Answers all; `progress` is told of every so many that are done.
    pub(super) fn answer(&self, progress: impl Fn(u64) + Sync) -> Vec<Answers> {
        let outputs: Vec<Output> = Output::all(self.parameters.len()).collect();
        let question = |number: usize| {
            let point = self.points[number % self.points.len()];
            self.value(outputs[number / self.points.len()], point.x)
        };
        let mut values = in_parallel(self.count(), question, progress).into_iter();
        let mut answers = Vec::new();
        for output in outputs {
            let (mut cases, mut dropped) = (Vec::new(), Vec::new());
            for (&Point { x, kind }, value) in self.points.iter().zip(values.by_ref()) {
                match value {
                    Ok(value) => cases.push(Case { x, kind, value }),
                    Err(reason) => dropped.push((x, reason)),
                }
            }
            answers.push(Answers { function: self.name(output), cases, dropped });
        }
        answers
    }

    fn name(&self, output: Output) -> String {
        match output {
            Output::Forward => "forward".into(),
            Output::Derivative => "derivative".into(),
            Output::SecondDerivative => "second_derivative".into(),
            Output::ParameterDerivative(index) => format!("d_{}", self.formula.parameters[index].name),
        }
    }

    /// The exact value, or why there is none.
    fn value(&self, output: Output, x: f64) -> Result<Value, String> {
        let formula = &self.formula.as_written;
        if x.is_nan() {
            return Ok(Value::of(x));
        }
        if x.is_infinite() {
            let limit = own(self.subject, output, x);
            let tail = Tail::of(formula, &self.parameters, output, x);
            // A limit that is neither 0 nor infinite must have been reached: otherwise its last digits are not confirmed.
            let reached = !limit.is_finite() || limit == 0.0 || tail.last() == Some(limit);
            return match tail.contradiction(limit) {
                None if reached => Ok(Value::of(limit)),
                None => Err(format!("the limit {limit} is approached too slowly to be confirmed")),
                Some(against) => Err(format!("the limit {limit} is not confirmed: {against}")),
            };
        }
        match exact(formula, x, &self.parameters, output) {
            Exact::Value(reference) => {
                // A slope is a quotient of differences, exact to more than 320 bits but not to the last of 512; one that
                // lies in the middle of two numbers must not be moved off it.
                let value = match output {
                    Output::Forward => reference.wide(),
                    _ => reference.wide().resize::<5>().resize(),
                };
                Ok(Value { exact: decimal(value), f32: value.to_f32(), f64: value.to_f64() })
            }
            Exact::Undefined => Err("the formula has no value there".into()),
            Exact::Inconclusive => {
                Err("multi-precision arithmetic cannot decide: infinite, or intermediate results out of its range".into())
            }
        }
    }
}

/// What the activation's own function has at `x`.
fn own(subject: &Subject, output: Output, x: f64) -> f64 {
    let mut value = [x];
    subject.apply(output, &mut value);
    value[0]
}

/// The answers to questions 0 to `count`, in their order.
fn in_parallel<T: Send>(
    count: usize,
    question: impl Fn(usize) -> T + Sync,
    progress: impl Fn(u64) + Sync,
) -> Vec<T> {
    /// Small enough that all cores end together, large enough that they do not meet often.
    const BLOCK: usize = 16;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut answers = Vec::new();
        loop {
            let start = next.fetch_add(BLOCK, Ordering::Relaxed);
            if start >= count {
                return answers;
            }
            let end = count.min(start + BLOCK);
            answers.extend((start..end).map(|number| (number, question(number))));
            progress((end - start) as u64);
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut answers = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let parts =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        parts.flatten().collect::<Vec<(usize, T)>>()
    });
    answers.sort_unstable_by_key(|&(number, _)| number);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn questions(subject: &Subject) -> Questions<'_> {
        Questions::about(subject, Dtype::F32, 10).unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    fn subject(what: &str) -> Subject {
        Subject::find(what).unwrap_or_else(|failure| panic!("{failure:?}"))
    }

    /// The slope of x (x + 2) / 2 is x + 1: a tie wherever x is an odd number of halves of the last place.
    #[test]
    fn ties_of_slopes_go_to_the_even_number() {
        let subject = subject("x * (x + 2) / 2");
        let questions = questions(&subject);
        for (x, narrow, wide) in [
            (2.0_f64.powi(-24), 1.0, 1.0 + 2.0_f64.powi(-24)),
            (3.0 * 2.0_f64.powi(-24), 1.0 + 2.0_f32.powi(-22), 1.0 + 3.0 * 2.0_f64.powi(-24)),
            (2.0_f64.powi(-53), 1.0, 1.0),
            (3.0 * 2.0_f64.powi(-53), 1.0, 1.0 + 2.0_f64.powi(-51)),
        ] {
            let value = questions.value(Output::Derivative, x).expect("a slope");
            assert_eq!((value.f32, value.f64), (narrow, wide), "{x:e}");
        }
    }

    /// gelu is a little more than half of x here, and so nearer to the smallest number than to 0.
    #[test]
    fn values_beside_a_tie_do_not() {
        let subject = subject("gelu");
        let value =
            questions(&subject).value(Output::Forward, f64::from(f32::from_bits(1))).expect("a value");
        assert_eq!(value.f32, f32::from_bits(1));
    }

    #[test]
    fn what_is_not_certain_is_dropped() {
        let subject = subject("sqrt(x)");
        let questions = questions(&subject);
        let value = |output, x| questions.value(output, x).map(|value| value.f64);
        assert_eq!(value(Output::Forward, 4.0), Ok(2.0));
        assert!(value(Output::Forward, -1.0).is_err_and(|reason| reason.contains("no value")));
        assert!(value(Output::Derivative, 0.0).is_err_and(|reason| reason.contains("infinite")));
        assert_eq!(value(Output::Derivative, f64::INFINITY), Ok(0.0));
        assert!(value(Output::Forward, f64::NAN).is_ok_and(f64::is_nan));
    }

    #[test]
    fn answers_are_in_order_on_any_number_of_cores() {
        assert_eq!(in_parallel(1000, |number| number * 2, |_| {}), (0..2000).step_by(2).collect::<Vec<_>>());
        assert!(in_parallel(0, |number| number, |_| {}).is_empty());
    }
}
