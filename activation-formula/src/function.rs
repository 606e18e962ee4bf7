//! The table of functions: one row each, with everything that the compiler knows about it.
//!
//! Derivatives and definitions are written in the formula language itself. A new function is a new row here and a
//! method of `Real`; it is then parsed, differentiated, printed, emitted, evaluated and tested because it is a row.

use std::fmt;

/// A function that formulas, or their compiled forms, can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// Absolute value.
    Abs,
    /// -1, 0 or 1.
    Sign,
    /// The smaller of two.
    Min,
    /// The larger of two.
    Max,
    /// Exponential.
    Exp,
    /// exp(u) - 1.
    Expm1,
    /// Natural logarithm.
    Ln,
    /// ln(1 + u).
    Log1p,
    /// Cube root.
    Cbrt,
    /// Hyperbolic sine.
    Sinh,
    /// Hyperbolic cosine.
    Cosh,
    /// Hyperbolic tangent.
    Tanh,
    /// Inverse hyperbolic sine.
    Asinh,
    /// Arc tangent.
    Atan,
    /// Sine.
    Sin,
    /// Cosine.
    Cos,
    /// Error function.
    Erf,
    /// 1 - erf(u).
    Erfc,
    /// The normal distribution, erfc(-u / sqrt(2)) / 2.
    NormalCdf,
    /// exp(-u^2 / 2).
    Gauss,
    /// Logistic sigmoid.
    Sigmoid,
    /// ln(1 + exp(u)).
    Softplus,
    /// 1 / cosh(u).
    Sech,
    /// ln(cosh(u)).
    Logcosh,
    /// u - tanh(u).
    Tanhshrink,
    /// exp(u) - 1 - u.
    ExpExcess,
    /// exp(-|u|).
    Decay,
    /// 1 - exp(-|u|).
    DecayGap,
}

/// How a function answers to a change of sign of its argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parity {
    Even,
    Odd,
    Neither,
}

impl Parity {
    /// What it says of f, if anything.
    pub(crate) fn in_words(self, variable: &str) -> Option<String> {
        match self {
            Parity::Even => Some(format!("even: f(-{variable}) = f({variable})")),
            Parity::Odd => Some(format!("odd: f(-{variable}) = -f({variable})")),
            Parity::Neither => None,
        }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) function: Function,
    /// The method of `Real` that computes it; also its name in the language, where it has one.
    pub(crate) method: &'static str,
    pub(crate) arity: usize,
    /// d/du, in the language; `None` where two arguments ask for a choice (`min`, `max`), and for functions that are only
    /// made after everything has been differentiated.
    pub(crate) derivative: Option<&'static str>,
    pub(crate) parity: Parity,
    /// The value at 0, where it is a number that a formula would be simplified to.
    pub(crate) at_zero: Option<i64>,
}

/// A row of names: what the author may write, and which function or formula it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// The name as written in a formula.
    pub name: &'static str,
    /// How many arguments it takes.
    pub arity: usize,
    /// Which function it calls or which formula of `a`, `b`, `c` it abbreviates.
    pub(crate) meaning: Meaning,
    /// One line of documentation.
    pub doc: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Meaning {
    Calls(Function),
    Abbreviates(&'static str),
}

use Function::*;
use Meaning::{Abbreviates, Calls};
use Parity::{Even, Neither, Odd};

#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    row(Abs,      "abs",      Some("sign(u)"),                        Even,    Some(0)),
    row(Sign,     "sign",     Some("0"),                              Odd,     Some(0)),
    Row { arity: 2, ..row(Min, "min", None,                           Neither, None) },
    Row { arity: 2, ..row(Max, "max", None,                           Neither, None) },
    row(Exp,      "exp",      Some("exp(u)"),                         Neither, Some(1)),
    row(Expm1,    "expm1",    Some("exp(u)"),                         Neither, Some(0)),
    row(Ln,       "ln",       Some("1 / u"),                          Neither, None),
    row(Log1p,    "log1p",    Some("1 / (1 + u)"),                    Neither, Some(0)),
    row(Cbrt,     "cbrt",     Some("1 / (3 * cbrt(u)^2)"),            Odd,     Some(0)),
    row(Sinh,     "sinh",     Some("cosh(u)"),                        Odd,     Some(0)),
    row(Cosh,     "cosh",     Some("sinh(u)"),                        Even,    Some(1)),
    row(Tanh,     "tanh",     Some("1 / cosh(u)^2"),                  Odd,     Some(0)),
    row(Asinh,    "asinh",    Some("1 / sqrt(1 + u^2)"),              Odd,     Some(0)),
    row(Atan,     "atan",     Some("1 / (1 + u^2)"),                  Odd,     Some(0)),
    row(Sin,      "sin",      Some("cos(u)"),                         Odd,     Some(0)),
    row(Cos,      "cos",      Some("-sin(u)"),                        Even,    Some(1)),
    row(Erf,      "erf",      Some("2 / sqrt(pi) * exp(-u^2)"),       Odd,     Some(0)),
    row(Erfc,     "erfc",     Some("-2 / sqrt(pi) * exp(-u^2)"),      Neither, Some(1)),
    row(NormalCdf, "normal_cdf",  None,                               Neither, None),
    row(Gauss,    "gauss",    None,                                   Even,    Some(1)),
    row(Sigmoid,  "sigmoid",  Some("sigmoid(u) * sigmoid(-u)"),       Neither, None),
    row(Softplus, "softplus", Some("sigmoid(u)"),                     Neither, None),
    row(Sech,     "sech",     Some("-sinh(u) / cosh(u)^2"),           Even,    Some(1)),
    row(Logcosh,  "logcosh",  Some("sinh(u) / cosh(u)"),              Even,    Some(0)),
    row(Tanhshrink, "tanhshrink", None,                               Odd,     Some(0)),
    row(ExpExcess, "exp_excess",  None,                               Neither, Some(0)),
    row(Decay,    "decay",     Some("-sign(u) * exp(-abs(u))"),       Even,    Some(1)),
    row(DecayGap, "decay_gap", Some("sign(u) * exp(-abs(u))"),        Even,    Some(0)),
];

/// What the language offers, in alphabetical order.
#[rustfmt::skip]
pub const NAMES: &[Name] = &[
    name("abs",         1, Calls(Abs),      "absolute value; its derivative at 0 is 0"),
    name("asinh",       1, Calls(Asinh),    "inverse hyperbolic sine"),
    name("atan",        1, Calls(Atan),     "arc tangent, in radians"),
    name("cbrt",        1, Calls(Cbrt),     "cube root, of negative numbers too"),
    name("clamp",       3, Abbreviates("if a <= b { b } else if a < c { a } else { c }"), "clamp(x, low, high); its derivative is 0 at and outside the bounds"),
    name("cos",         1, Calls(Cos),      "cosine of an angle in radians"),
    name("cosh",        1, Calls(Cosh),     "hyperbolic cosine"),
    name("erf",         1, Calls(Erf),      "error function"),
    name("erfc",        1, Calls(Erfc),     "1 - erf(x), with its full accuracy in the right tail"),
    name("exp",         1, Calls(Exp),      "e to the power of x"),
    name("expm1",       1, Calls(Expm1),    "exp(x) - 1, without cancellation near 0"),
    name("ln",          1, Calls(Ln),       "natural logarithm"),
    name("log",         1, Calls(Ln),       "natural logarithm, as NumPy calls it"),
    name("log1p",       1, Calls(Log1p),    "ln(1 + x), without cancellation near 0"),
    name("log_sigmoid", 1, Abbreviates("-softplus(-a)"), "logarithm of the logistic sigmoid"),
    name("logistic",    1, Calls(Sigmoid),  "logistic sigmoid 1 / (1 + exp(-x))"),
    name("max",         2, Calls(Max),      "the larger one; on a tie the derivative is the first one's"),
    name("min",         2, Calls(Min),      "the smaller one; on a tie the derivative is the first one's"),
    name("relu",        1, Abbreviates("max(0, a)"), "max(0, x)"),
    name("sigmoid",     1, Calls(Sigmoid),  "logistic sigmoid 1 / (1 + exp(-x))"),
    name("sign",        1, Calls(Sign),     "-1, 0 or 1"),
    name("sin",         1, Calls(Sin),      "sine of an angle in radians"),
    name("sinh",        1, Calls(Sinh),     "hyperbolic sine"),
    name("softplus",    1, Calls(Softplus), "ln(1 + exp(x))"),
    name("sqrt",        1, Abbreviates("a^(1/2)"), "square root"),
    name("tanh",        1, Calls(Tanh),     "hyperbolic tangent"),
];

/// The named constants.
pub const CONSTANTS: &[(&str, &str)] =
    &[("pi", "circumference of a circle by its diameter"), ("e", "base of the natural logarithm")];

const fn row(
    function: Function,
    method: &'static str,
    derivative: Option<&'static str>,
    parity: Parity,
    at_zero: Option<i64>,
) -> Row {
    Row { function, method, arity: 1, derivative, parity, at_zero }
}

const fn name(name: &'static str, arity: usize, meaning: Meaning, doc: &'static str) -> Name {
    Name { name, arity, meaning, doc }
}

impl Function {
    /// The function's row in the table.
    pub(crate) fn row(self) -> &'static Row {
        // The rows stand in the order of the variants, which a test holds.
        &ROWS[self as usize]
    }
}

impl fmt::Display for Function {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.row().method)
    }
}

/// What `name` stands for in a formula.
pub(crate) fn lookup(name: &str) -> Option<&'static Name> {
    NAMES.iter().find(|row| row.name == name)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, ROWS};
    use crate::constant::{Constants, call};
    use crate::graph::Graph;
    use crate::program::Program;
    use crate::resolve::from_table;

    #[test]
    fn every_row_stands_where_its_variant_points() {
        for row in ROWS {
            assert_eq!(row.function.row().function, row.function);
        }
    }

    #[test]
    fn names_are_sorted_and_documented() {
        assert!(NAMES.is_sorted_by(|a, b| a.name < b.name));
        assert!(NAMES.iter().all(|row| !row.doc.is_empty()));
    }

    /// Every derivative in the table is the slope of its function.
    #[test]
    fn every_derivative_is_the_slope() {
        type Number = activation_math::Wide<10>;
        let value = |text: &str, u: Number| {
            let mut graph = Graph::default();
            let variable = graph.variable();
            let root = from_table(&mut graph, text, &[("u", variable)]);
            crate::evaluate::run(&Program::new(&graph, &[root], &mut Constants::default()), u, &[])[0]
        };
        for row in ROWS.iter().filter(|row| row.arity == 1) {
            let Some(derivative) = row.derivative else { continue };
            for u in [0.3125, 0.875, 2.5, 6.75] {
                let (u, step) = (Number::from_f64(u), Number::from_f64(2.0_f64.powi(-150)));
                let slope = (call(row.function, u + step) - call(row.function, u - step)) / (step + step);
                let error = (value(derivative, u) - slope).magnitude();
                // The only rounding is that of 2 / sqrt(pi), which a program holds as a double.
                assert!(error.to_f64() < 1e-15, "`{}`: `{derivative}` is no derivative", row.method);
            }
        }
    }
}
