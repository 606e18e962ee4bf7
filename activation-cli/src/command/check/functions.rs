//! Which functions of an activation are measured.

use super::options::{Options, Order};
use crate::failure::Failure;
use crate::measure::Inputs;
use crate::subject::Subject;
use activation_core::Output;
use activation_formula::Compiled;

/// Those that are asked for, each once; otherwise all, or of an exhaustive run those that have closed forms.
pub(super) fn of(subject: &Subject, formula: &Compiled, options: &Options) -> Result<Vec<Output>, Failure> {
    let mut asked: Vec<Output> = options.orders.iter().map(|&order| output(order)).collect();
    for name in &options.wrt {
        asked.push(Output::ParameterDerivative(subject.parameter(name)?));
    }
    let of_all = Output::all(formula.parameters.len());
    Ok(match options.inputs {
        _ if !asked.is_empty() => of_all.filter(|output| asked.contains(output)).collect(),
        Inputs::Sample(_) => of_all.collect(),
        Inputs::All => vec![Output::Forward, Output::Derivative],
    })
}

fn output(order: Order) -> Output {
    match order {
        Order::Forward => Output::Forward,
        Order::First => Output::Derivative,
        Order::Second => Output::SecondDerivative,
    }
}
