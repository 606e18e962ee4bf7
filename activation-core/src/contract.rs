//! What every activation gives at the edges of arithmetic: the contract, and what holds it.
#![doc = ""]
#![doc = include_str!("contract/rules.md")]

mod limit;

use crate::AnyActivation;
pub use limit::Tail;

/// The rules in words, as they stand at the head of this module.
pub const RULES: &str = include_str!("contract/rules.md");

/// A number at which arithmetic has an edge, in both types.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpecialInput {
    /// What it is called, with its sign: `-smallest normal`.
    pub name: &'static str,
    /// It in `f32`.
    pub f32: f32,
    /// Its counterpart in `f64`, which is another number: every type has its own largest one.
    pub f64: f64,
}

macro_rules! inputs {
    ($($name:literal $f32:expr, $f64:expr;)*) => {
        /// The inputs that the contract speaks of.
        pub const INPUTS: &[SpecialInput] = &[$(SpecialInput { name: $name, f32: $f32, f64: $f64 }),*];
    };
}

inputs! {
    "NaN"                 f32::NAN, f64::NAN;
    "+infinity"           f32::INFINITY, f64::INFINITY;
    "-infinity"           f32::NEG_INFINITY, f64::NEG_INFINITY;
    "+0"                  0.0, 0.0;
    "-0"                  -0.0, -0.0;
    "+largest"            f32::MAX, f64::MAX;
    "-largest"            f32::MIN, f64::MIN;
    "+smallest normal"    f32::MIN_POSITIVE, f64::MIN_POSITIVE;
    "-smallest normal"    -f32::MIN_POSITIVE, -f64::MIN_POSITIVE;
    "+largest subnormal"  f32::MIN_POSITIVE.next_down(), f64::MIN_POSITIVE.next_down();
    "-largest subnormal"  -f32::MIN_POSITIVE.next_down(), -f64::MIN_POSITIVE.next_down();
    "+smallest subnormal" f32::from_bits(1), f64::from_bits(1);
    "-smallest subnormal" -f32::from_bits(1), -f64::from_bits(1);
}

/// What an activation gives at one of the [`INPUTS`], in `f32`.
#[derive(Clone, Copy, Debug)]
pub struct SpecialValue {
    /// The input.
    pub input: SpecialInput,
    /// f of it.
    pub forward: f32,
    /// f' of it.
    pub derivative: f32,
    /// f'' of it.
    pub second_derivative: f32,
}

/// What `activation` gives at every one of the [`INPUTS`], in `f32`.
///
/// ```
/// let silu = activation_core::by_name("silu").unwrap();
/// let values = activation_core::contract::special_values(&silu);
/// let at_minus_infinity = values.iter().find(|value| value.input.name == "-infinity").unwrap();
/// assert_eq!(at_minus_infinity.forward, 0.0);
/// ```
pub fn special_values(activation: &AnyActivation) -> Vec<SpecialValue> {
    INPUTS
        .iter()
        .map(|&input| SpecialValue {
            input,
            forward: activation.forward(input.f32),
            derivative: activation.derivative(input.f32),
            second_derivative: activation.second_derivative(input.f32),
        })
        .collect()
}
