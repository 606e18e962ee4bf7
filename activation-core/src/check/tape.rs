//! A formula recorded once, so that the oracle is compiled once and not for every activation.

use crate::Info;
use activation_math::{Real, Textbook};
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The formula of an activation as written, as a list of operations.
#[derive(Clone, Debug)]
pub struct Tape {
    pub(super) operations: Vec<Operation>,
    pub(super) result: usize,
    pub(super) is_certified: bool,
}

impl Tape {
    /// Records what `formula` does.
    pub fn of<T: Textbook>(formula: &T, info: &Info) -> Self {
        RECORDING.with_borrow_mut(Vec::clear);
        let x = Recorder::record(Operation::Variable);
        let parameters: Vec<Recorder> =
            (0..info.parameters.len()).map(|index| Recorder::record(Operation::Parameter(index))).collect();
        let Recorder(result) = formula.at(x, &parameters);
        Tape { operations: RECORDING.with_borrow_mut(std::mem::take), result, is_certified: true }
    }

    /// The formula of a declaration with `#[unchecked]`: the compiler has promised nothing.
    pub fn unchecked(self) -> Self {
        Tape { is_certified: false, ..self }
    }
}

impl Textbook for Tape {
    fn at<R: Real>(&self, x: R, parameters: &[R]) -> R {
        self.results(x, parameters).get(self.result).copied().unwrap_or(x)
    }
}

macro_rules! operations {
    (unary: $($unary:ident)*; binary: $($binary:ident)*) => {
        /// One method of [`Real`], on the results of earlier operations.
        #[derive(Clone, Debug)]
        #[allow(non_camel_case_types, reason = "named after the methods")]
        pub(super) enum Operation {
            Variable,
            Parameter(usize),
            Literal(f64),
            Decimal(String),
            Pi,
            E,
            Powi(usize, i32),
            Less(usize, usize),
            LessEqual(usize, usize),
            Negate(usize),
            Select(usize, usize, usize),
            IfLess([usize; 4]),
            IfLessEqual([usize; 4]),
            $($unary(usize),)*
            $($binary(usize, usize),)*
        }

        impl Operation {
            /// The same operation on the results of other ones.
            pub(super) fn on(&self, mut other: impl FnMut(usize) -> usize) -> Self {
                match *self {
                    Operation::Variable
                    | Operation::Parameter(_)
                    | Operation::Literal(_)
                    | Operation::Decimal(_)
                    | Operation::Pi
                    | Operation::E => self.clone(),
                    Operation::Powi(a, exponent) => Operation::Powi(other(a), exponent),
                    Operation::Negate(a) => Operation::Negate(other(a)),
                    Operation::Less(a, b) => Operation::Less(other(a), other(b)),
                    Operation::LessEqual(a, b) => Operation::LessEqual(other(a), other(b)),
                    Operation::Select(condition, yes, no) => {
                        Operation::Select(other(condition), other(yes), other(no))
                    }
                    Operation::IfLess(four) => Operation::IfLess(four.map(other)),
                    Operation::IfLessEqual(four) => Operation::IfLessEqual(four.map(other)),
                    $(Operation::$unary(a) => Operation::$unary(other(a)),)*
                    $(Operation::$binary(a, b) => Operation::$binary(other(a), other(b)),)*
                }
            }
        }

        impl Tape {
            /// What every operation comes to; `x` for a comparison.
            pub(super) fn results<R: Real>(&self, x: R, parameters: &[R]) -> Vec<R> {
                let mut values: Vec<R> = Vec::with_capacity(self.operations.len());
                let mut masks: Vec<Option<R::Mask>> = Vec::with_capacity(self.operations.len());
                for operation in &self.operations {
                    let mut mask = None;
                    let value = match *operation {
                        Operation::Variable => x,
                        Operation::Parameter(index) => parameters[index],
                        Operation::Literal(value) => x.literal(value),
                        Operation::Decimal(ref text) => x.decimal(text),
                        Operation::Pi => x.pi(),
                        Operation::E => x.e(),
                        Operation::Powi(a, exponent) => values[a].powi(exponent),
                        Operation::Negate(a) => -values[a],
                        Operation::Less(a, b) => {
                            mask = Some(values[a].less(values[b]));
                            x
                        }
                        Operation::LessEqual(a, b) => {
                            mask = Some(values[a].less_equal(values[b]));
                            x
                        }
                        Operation::Select(condition, yes, no) => match masks[condition] {
                            Some(mask) => R::select(mask, values[yes], values[no]),
                            None => x.literal(f64::NAN),
                        },
                        Operation::IfLess([a, b, yes, no]) => R::if_less(values[a], values[b], values[yes], values[no]),
                        Operation::IfLessEqual([a, b, yes, no]) => {
                            R::if_less_equal(values[a], values[b], values[yes], values[no])
                        }
                        $(Operation::$unary(a) => values[a].$unary(),)*
                        $(Operation::$binary(a, b) => values[a].$binary(values[b]),)*
                    };
                    values.push(value);
                    masks.push(mask);
                }
                values
            }
        }

        impl Real for Recorder {
            type Mask = Recorder;

            fn literal(self, value: f64) -> Self {
                Self::record(Operation::Literal(value))
            }
            fn decimal(self, text: &str) -> Self {
                Self::record(Operation::Decimal(text.to_string()))
            }
            fn pi(self) -> Self {
                Self::record(Operation::Pi)
            }
            fn e(self) -> Self {
                Self::record(Operation::E)
            }
            fn less(self, other: Self) -> Self {
                Self::record(Operation::Less(self.0, other.0))
            }
            fn less_equal(self, other: Self) -> Self {
                Self::record(Operation::LessEqual(self.0, other.0))
            }
            fn select(mask: Self, yes: Self, no: Self) -> Self {
                Self::record(Operation::Select(mask.0, yes.0, no.0))
            }
            fn if_less(left: Self, right: Self, yes: Self, no: Self) -> Self {
                Self::record(Operation::IfLess([left.0, right.0, yes.0, no.0]))
            }
            fn if_less_equal(left: Self, right: Self, yes: Self, no: Self) -> Self {
                Self::record(Operation::IfLessEqual([left.0, right.0, yes.0, no.0]))
            }
            fn powi(self, exponent: i32) -> Self {
                Self::record(Operation::Powi(self.0, exponent))
            }
            $(fn $unary(self) -> Self {
                Self::record(Operation::$unary(self.0))
            })*
            operations!(@binary $($binary)*);
        }
    };
    // The four arithmetic operators are no methods of `Real` itself.
    (@binary add sub mul div $($binary:ident)*) => {
        $(fn $binary(self, other: Self) -> Self {
            Self::record(Operation::$binary(self.0, other.0))
        })*
    };
}

operations! {
    unary: abs sign sqrt cbrt exp expm1 ln log1p sinh cosh tanh asinh atan sin cos erf erfc sigmoid softplus
        sech logcosh;
    binary: add sub mul div min max pow
}

thread_local! {
    static RECORDING: RefCell<Vec<Operation>> = const { RefCell::new(Vec::new()) };
}

/// The number of an operation in the recording.
#[derive(Clone, Copy)]
struct Recorder(usize);

impl Recorder {
    fn record(operation: Operation) -> Self {
        RECORDING.with_borrow_mut(|operations| {
            operations.push(operation);
            Recorder(operations.len() - 1)
        })
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident),*) => {
        $(impl $trait for Recorder {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self::record(Operation::$method(self.0, other.0))
            }
        })*
    };
}

operators!(Add add, Sub sub, Mul mul, Div div);

impl Neg for Recorder {
    type Output = Self;
    fn neg(self) -> Self {
        Self::record(Operation::Negate(self.0))
    }
}
