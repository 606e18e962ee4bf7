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

/// `(exp(r) - 1 - r) / r^2` on |r| < ln(2)/2, for the exponential less 1.
/// Largest error 2^-25.8.
pub(super) const EXP: [f64; 5] = [
    0.49999997,
    0.16666543,
    0.0416672,
    0.008366581,
    0.0013882499,
];

/// `(2^f - 1) / f` on |f| < 1/2.
/// Largest error 2^-25.9.
pub(super) const EXP2: [f64; 6] = [
    0.6931472,
    0.24022648,
    0.055503324,
    0.009618438,
    0.0013398875,
    0.00015353349,
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
/// Largest error 2^-27.6.
pub(super) const ARTANH: [f64; 4] = [
    0.6666641,
    0.40021697,
    0.27999154,
    0.28024435,
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

/// `tanh(x) / x - 5/32` in x^2, on x < 9.02.
/// Largest error 2^-25.3.
pub(super) const TANH_OVER: [f64; 5] = [
    1.331543,
    0.09600227,
    -0.00086319173,
    -4.852305e-5,
    -1.7097182e-7,
];

/// What `TANH_OVER` is divided by.
pub(super) const TANH_UNDER: [f64; 5] = [
    1.578125,
    0.73723704,
    0.04084877,
    0.0005189696,
    1.2294014e-6,
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

/// `erf(x) / x - 5/16` in x^2, on x < 3.95.
/// Largest error 2^-25.1.
pub(super) const ERF_OVER: [f64; 6] = [
    1.4405366,
    0.060622633,
    0.03014905,
    -0.001582971,
    -0.00014330618,
    -1.7297014e-5,
];

/// What `ERF_OVER` is divided by.
pub(super) const ERF_UNDER: [f64; 6] = [
    1.765625,
    0.8882682,
    0.20226951,
    0.026581682,
    0.002067068,
    6.6796834e-5,
];

/// `exp(x^2) erfc(x)` on x < 10.1.
/// Largest error 2^-24.5.
pub(super) const ERFC_OVER: [f64; 5] = [
    1.3945312,
    1.7242796,
    1.0172497,
    0.3181661,
    0.04539887,
];

/// What `ERFC_OVER` is divided by.
pub(super) const ERFC_UNDER: [f64; 6] = [
    1.3945312,
    3.2978404,
    3.3439221,
    1.8426505,
    0.5639723,
    0.0804664,
];

/// `exp(x^2/2)` times the normal distribution at -x, on x < 14.43.
/// Largest error 2^-25.0.
pub(super) const NORMAL_OVER: [f64; 5] = [
    0.7207031,
    0.630548,
    0.2631797,
    0.058242228,
    0.0058814823,
];

/// What `NORMAL_OVER` is divided by.
pub(super) const NORMAL_UNDER: [f64; 6] = [
    1.4414062,
    2.4111722,
    1.7294877,
    0.67421544,
    0.14600118,
    0.014742511,
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
