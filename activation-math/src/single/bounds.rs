//! What the functions promise: the largest error of each, in units in the last place of an `f32` result.
//!
//! Subnormal results count in units of the smallest subnormal. Results above 2^126.5 may be infinite or not a number: whoever
//! asks for a function then takes more care.

/// Of `exp(x)`.
pub const EXP: f64 = 1.05;

/// Of `exp(x) - 1`.
pub const EXPM1: f64 = 2.3;

/// Of `exp(-|x|)`.
pub const DECAY: f64 = 1.4;

/// Of `1 - exp(-|x|)`.
pub const DECAY_GAP: f64 = 1.45;

/// Of `exp(x) - 1 - x`.
pub const EXP_EXCESS: f64 = 2.4;

/// Of `ln(x)`.
pub const LN: f64 = 0.85;

/// Of `ln(1 + x)`.
pub const LOG1P: f64 = 0.85;

/// Of `sinh(x)`.
pub const SINH: f64 = 1.65;

/// Of `cosh(x)`.
pub const COSH: f64 = 1.5;

/// Of `tanh(x)`.
pub const TANH: f64 = 3.8;

/// Of `asinh(x)`.
pub const ASINH: f64 = 1.4;

/// Of `atan(x)`.
pub const ATAN: f64 = 1.4;

/// 2^9 quarters of a turn: longer angles have no sine and no cosine here, which sends callers to those of `f64`.
pub const LONGEST_ANGLE: f64 = 804.0;

/// Of `sin(x)`.
pub const SIN: f64 = 1.1;

/// Of `cos(x)`.
pub const COS: f64 = 1.05;

/// Of `erf(x)`.
pub const ERF: f64 = 3.5;

/// Of `1 - erf(x)`. For positive x there are 2.25 x² units more, which is what a unit in the last place of x makes.
pub const ERFC: f64 = 3.7;

/// Of the normal distribution. For negative x there are 1.125 x² units more.
pub const NORMAL_CDF: f64 = 3.7;

/// Of `exp(-x²/2)`, and 1.125 x² units more.
pub const GAUSS: f64 = 1.4;

/// Of `1 / (1 + exp(-x))`.
pub const SIGMOID: f64 = 2.5;

/// Of `ln(1 + exp(x))`.
pub const SOFTPLUS: f64 = 3.4;

/// Of `1 / cosh(x)`.
pub const SECH: f64 = 2.25;

/// Of `ln(cosh(x))`.
pub const LOGCOSH: f64 = 2.0;

/// Of `x - tanh(x)`.
pub const TANHSHRINK: f64 = 2.35;

/// Of `cbrt(x)`.
pub const CBRT: f64 = 0.51;

/// Of `x^y`.
pub const POW: f64 = 1.05;
