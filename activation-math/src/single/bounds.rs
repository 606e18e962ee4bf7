//! What the functions promise: the largest error of each, in units in the last place of an `f32` result.
//!
//! Subnormal results count in units of the smallest subnormal.

/// Of `exp(x)`.
pub const EXP: f64 = 0.95;

/// Of `exp(x) - 1`.
pub const EXPM1: f64 = 1.25;

/// Of `exp(-|x|)`.
pub const DECAY: f64 = EXP;

/// Of `1 - exp(-|x|)`.
pub const DECAY_GAP: f64 = EXPM1;

/// Of `exp(x) - 1 - x`.
pub const EXP_EXCESS: f64 = 2.2;

/// Of `ln(x)`.
pub const LN: f64 = 0.9;

/// Of `ln(1 + x)`.
pub const LOG1P: f64 = 0.95;

/// Of `sinh(x)`.
pub const SINH: f64 = 1.7;

/// Of `cosh(x)`.
pub const COSH: f64 = 1.45;

/// Of `tanh(x)`.
pub const TANH: f64 = 1.4;

/// Of `asinh(x)`.
pub const ASINH: f64 = 1.4;

/// Of `atan(x)`.
pub const ATAN: f64 = 1.5;

/// Of `sin(x)`.
pub const SIN: f64 = 1.1;

/// Of `cos(x)`.
pub const COS: f64 = 1.1;

/// Of `erf(x)`.
pub const ERF: f64 = 1.35;

/// Of `1 - erf(x)`.
pub const ERFC: f64 = 1.8;

/// Of `1 / (1 + exp(-x))`.
pub const SIGMOID: f64 = 2.5;

/// Of `ln(1 + exp(x))`.
pub const SOFTPLUS: f64 = 2.1;

/// Of `1 / cosh(x)`.
pub const SECH: f64 = 2.5;

/// Of `ln(cosh(x))`.
pub const LOGCOSH: f64 = 2.2;

/// Of `x - tanh(x)`.
pub const TANHSHRINK: f64 = 2.6;

/// Of `cbrt(x)`.
pub const CBRT: f64 = 0.51;

/// Of `x^y`.
pub const POW: f64 = 1.0;
