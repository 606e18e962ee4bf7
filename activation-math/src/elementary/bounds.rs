//! What the functions promise: the largest error of each, in units in the last place of an `f64` result.
//!
//! Each is about a twentieth above the largest error among several hundred thousand points, a third of them where the
//! function has something to show (`tests/elementary.rs`, with a hundred times its points). They hold for normal results;
//! a subnormal one may be off by one smallest subnormal more.

/// Of `exp(x)`.
pub const EXP: f64 = 0.9;

/// Of `exp(x) - 1`.
pub const EXPM1: f64 = 0.9;

/// Of `ln(x)`.
pub const LN: f64 = 0.55;

/// Of `ln(1 + x)`.
pub const LOG1P: f64 = 0.55;

/// Of `sinh(x)`.
pub const SINH: f64 = 0.8;

/// Of `cosh(x)`.
pub const COSH: f64 = 0.75;

/// Of `tanh(x)`.
pub const TANH: f64 = 0.8;

/// Of `asinh(x)`.
pub const ASINH: f64 = 0.55;

/// Of `atan(x)`.
pub const ATAN: f64 = 0.7;

/// Of `sin(x)`.
pub const SIN: f64 = 0.85;

/// Of `cos(x)`.
pub const COS: f64 = 0.85;

/// Of `erf(x)`.
pub const ERF: f64 = 0.75;

/// Of `1 - erf(x)`.
pub const ERFC: f64 = 0.95;

/// Of `1 / (1 + exp(-x))`.
pub const SIGMOID: f64 = 0.7;

/// Of `ln(1 + exp(x))`.
pub const SOFTPLUS: f64 = 0.7;

/// Of `1 / cosh(x)`.
pub const SECH: f64 = 0.8;

/// Of `ln(cosh(x))`.
pub const LOGCOSH: f64 = 0.72;

/// Of `x - tanh(x)`.
pub const TANHSHRINK: f64 = 0.85;

/// Of `exp(x) - 1 - x`.
pub const EXP_EXCESS: f64 = 1.0;

/// Of `cbrt(x)`.
pub const CBRT: f64 = 0.51;

/// Of `x^y`.
pub const POW: f64 = 0.85;

/// Of `exp(-|x|)`.
pub const DECAY: f64 = EXP;

/// Of `1 - exp(-|x|)`.
pub const DECAY_GAP: f64 = EXPM1;
