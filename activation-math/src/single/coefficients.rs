//! The polynomials and constants of the functions in `f32`. Printed by `scripts/single.py`, not by hand.
//!
//! Polynomials are minimax ones, constant first; the errors are relative errors of the function that they serve.
#![expect(
    clippy::approx_constant,
    reason = "parts of a constant that has more bits than one f32: the first one may look like the constant"
)]

/// The first 16 bits of ln 2: times a whole number of 8 bits it is exact.
pub(super) const LN_2_HIGH: f64 = 0.69314575;

/// What `LN_2_HIGH` leaves of ln 2.
pub(super) const LN_2_LOW: f64 = 1.4286068e-6;

/// ln 2.
pub(super) const LN_2: (f64, f64) = (0.6931472, -1.9046542e-9);

/// 2/3.
pub(super) const TWO_THIRDS: (f64, f64) = (0.6666667, -1.9868216e-8);

/// 1/3.
pub(super) const THIRD: (f64, f64) = (0.33333334, -9.934108e-9);

/// pi/2.
pub(super) const HALF_PI: (f64, f64) = (1.5707964, -4.371139e-8);

/// pi/2 in parts: times a whole number of 9 bits the first three are exact.
pub(super) const HALF_PI_PARTS: [f64; 4] = [1.5707397, 5.657971e-5, 9.920882e-10, 5.390303e-15];

/// `(exp(r) - 1 - r - r^2/2) / r^3` on |r| < ln(2)/2.
/// Largest error 2^-26.0.
pub(super) const EXP: [f64; 4] = [
    0.16666548,
    0.041666854,
    0.0083661,
    0.0013898304,
];

/// `(ln(1 + f) - f + f^2/2) / f^3` on sqrt(1/2) < 1 + f < sqrt(2).
/// Largest error 2^-28.2.
pub(super) const LOG: [f64; 9] = [
    0.33333313,
    -0.2500001,
    0.20002119,
    -0.16667998,
    0.14219551,
    -0.12405557,
    0.11888146,
    -0.1167582,
    0.067468755,
];

/// `(ln((1 + s)/(1 - s)) - 2s) / s^3` in s^2, on s < 1/3.
/// Largest error 2^-30.4.
pub(super) const ARTANH: [f64; 5] = [
    0.66666675,
    0.39998877,
    0.2861688,
    0.21427676,
    0.24300879,
];

/// `(ln((1 + s)/(1 - s)) - 2s - 2s^3/3) / s^5` in s^2, on s < 3 - 2 sqrt(2).
/// Largest error 2^-38.5.
pub(super) const ARTANH_LONG: [f64; 4] = [
    0.39999998,
    0.28571874,
    0.22184937,
    0.19469212,
];

/// `(atan(s) - s) / s^3` in s^2, on s < 1/2.
/// Largest error 2^-28.3.
pub(super) const ATAN: [f64; 6] = [
    -0.33333328,
    0.199995,
    -0.1427225,
    0.10942365,
    -0.07989106,
    0.038791664,
];

/// `(sin(r) - r) / r^3` in r^2, on r < pi/4.
/// Largest error 2^-28.2.
pub(super) const SIN: [f64; 4] = [
    -0.16666667,
    0.008333329,
    -0.00019839297,
    2.7179406e-6,
];

/// `(cos(r) - 1 + r^2/2) / r^4` in r^2, on r < pi/4.
/// Largest error 2^-31.5.
pub(super) const COS: [f64; 3] = [
    0.041666646,
    -0.0013887337,
    2.4434834e-5,
];

/// `(sinh(x) - x) / x^3` in x^2, on x < 1.
/// Largest error 2^-27.2.
pub(super) const SINH: [f64; 4] = [
    0.16666667,
    0.0083333505,
    0.00019836066,
    2.8174386e-6,
];

/// `(tanh(x) - x) / x^3` in x^2, on x < 5/8.
/// Largest error 2^-27.7.
pub(super) const TANH: [f64; 5] = [
    -0.33333284,
    0.13331491,
    -0.05374348,
    0.02065054,
    -0.0057169977,
];

/// `((x - tanh(x))/x^3 - 1/3) / x^2` in x^2, on x < 1.
/// Largest error 2^-26.0.
pub(super) const TANHSHRINK: [f64; 7] = [
    -0.13333319,
    0.053964518,
    -0.021835383,
    0.008713243,
    -0.0032281692,
    0.00093841937,
    -0.00014692402,
];

/// `(ln(cosh(x))/x^2 - 1/2) / x^2` in x^2, on x < 1.
/// Largest error 2^-27.0.
pub(super) const LOGCOSH: [f64; 8] = [
    -0.08333333,
    0.022222152,
    -0.006745209,
    0.0021823016,
    -0.00072382623,
    0.00022830251,
    -5.7482608e-5,
    7.924282e-6,
];

/// `(asinh(x) - x) / x^3` in x^2, on x < 5/8.
/// Largest error 2^-28.2.
pub(super) const ASINH: [f64; 6] = [
    -0.16666652,
    0.07499276,
    -0.04451626,
    0.029343646,
    -0.017874835,
    0.0066879387,
];

/// `erf(x)/x - 1` in x^2, on x < 3/4.
/// Largest error 2^-28.9.
pub(super) const ERF: [f64; 6] = [
    0.12837917,
    -0.3761262,
    0.11283393,
    -0.026835436,
    0.005115982,
    -0.00067610963,
];

/// The constant of `ERFC`.
pub(super) const ERFC_FIRST: (f64, f64) = (0.63362247, 2.3998057e-8);

/// `(x + 5/8) exp(x^2) erfc(x)` in `t = (x - 4)/(x + 4)` on 3/4 < x < 10.1, without its constant and over t.
/// Largest error 2^-28.1.
pub(super) const ERFC: [f64; 10] = [
    -0.10219406,
    0.03502981,
    0.013515957,
    -0.036900282,
    0.03898413,
    -0.029235149,
    0.016939968,
    -0.007706038,
    0.002475667,
    -0.000104672035,
];

/// `((exp(x) - 1 - x)/x^2 - 1/2) / x` on |x| < 1/2.
/// Largest error 2^-29.9.
pub(super) const EXP_EXCESS: [f64; 6] = [
    0.16666667,
    0.041666668,
    0.008333183,
    0.0013888627,
    0.00019961852,
    2.4953539e-5,
];
