//! What the functions promise: the largest error of each, in units in the last place of `f64`, and where there are no right
//! digits any more.
//!
//! Each is about a twentieth above the largest error that `tests/brief.rs` finds. A relative error of 2^-40 is 2^12 units
//! beside a power of two, and twice that just below one.

use crate::elementary::bounds as full;
use crate::tracked::Bounds;

/// The largest error of a result that has underflowed.
pub const LEAST: f64 = 1e-300;

/// Of `normal_cdf(x)`.
pub const NORMAL_CDF: f64 = 6050.0;

/// Of `exp(-x²/2)`.
pub const GAUSS: f64 = 935.0;

/// Of every other function.
pub const BOUNDS: Bounds = Bounds {
    ADD: 0.5,
    MUL: 0.5,
    DIV: 0.5,
    SQRT: 0.5,
    EXP: 530.0,
    EXPM1: 855.0,
    LN: 260.0,
    LOG1P: 260.0,
    SIGMOID: 490.0,
    SOFTPLUS: 930.0,
    SECH: 510.0,
    TANH: 760.0,
    ERF: 1960.0,
    ERFC: 6050.0,
    DECAY: 510.0,
    DECAY_GAP: 740.0,
    SINH: 705.0,
    COSH: 525.0,
    ASINH: 1005.0,
    ATAN: 6700.0,
    SIN: 600.0,
    COS: 600.0,
    LOGCOSH: 1450.0,
    TANHSHRINK: 745.0,
    EXP_EXCESS: 4900.0,
    CBRT: 4650.0,
    POW: full::POW,
};
