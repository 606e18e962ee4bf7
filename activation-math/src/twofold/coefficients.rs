//! The series of the elementary functions in two parts. Printed by `scripts/twofold.py`, not by hand.
#![expect(
    clippy::approx_constant,
    reason = "parts of a constant that has more bits than one f64: the first one may look like the constant"
)]

/// ln 2 in parts: times a whole number of 11 bits the first two are exact.
pub(super) const LN_2_PARTS: [f64; 3] = [0.6931471805598903, 5.49792301870721e-14, 1.1612227229362532e-26];

/// ln 2.
pub(super) const LN_2: (f64, f64) = (0.6931471805599453, 2.3190468138462996e-17);

/// `(exp(r) - 1) / r` in r, on |r| < ln(2)/2. Its first coefficients.
pub(super) const EXP_FIRST: [(f64, f64); 3] = [
    (1.0, 0.0),
    (0.5, 0.0),
    (0.16666666666666666, 9.25185853854297e-18),
];

/// What follows `EXP_FIRST`. Largest error 2^-67.7.
pub(super) const EXP: [f64; 10] = [
    0.04166666666666668,
    0.008333333333333325,
    0.0013888888888877531,
    0.0001984126984131434,
    2.4801587340465104e-5,
    2.755731914562465e-6,
    2.7557259315624476e-7,
    2.50521561349317e-8,
    2.0919473312215695e-9,
    1.6061076693026512e-10,
];

/// `ln((1 + s)/(1 - s)) / s` in s^2, on s < 3 - 2 sqrt(2). Its first coefficients.
pub(super) const LOG_FIRST: [(f64, f64); 2] = [
    (2.0, 0.0),
    (0.6666666666666666, 3.700743415417188e-17),
];

/// What follows `LOG_FIRST`. Largest error 2^-66.3.
pub(super) const LOG: [f64; 7] = [
    0.4000000000000227,
    0.2857142857009216,
    0.22222222521309706,
    0.18181784240640764,
    0.15386763378211124,
    0.132566721337003,
    0.13197721997230535,
];

/// `sin(r) / r` in r^2, on r < pi/4. Its first coefficients.
pub(super) const SIN_FIRST: [(f64, f64); 2] = [
    (1.0, 0.0),
    (-0.16666666666666666, -9.25185853854297e-18),
];

/// What follows `SIN_FIRST`. Largest error 2^-68.2.
pub(super) const SIN: [f64; 6] = [
    0.00833333333333333,
    -0.00019841269841260924,
    2.7557319216723356e-6,
    -2.5052105479523035e-8,
    1.6058430336650428e-10,
    -7.581526183929339e-13,
];

/// `cos(r)` in r^2, on r < pi/4. Its first coefficients.
pub(super) const COS_FIRST: [(f64, f64); 3] = [
    (1.0, 0.0),
    (-0.5, 0.0),
    (0.041666666666666664, 2.3129646346357427e-18),
];

/// What follows `COS_FIRST`. Largest error 2^-63.0.
pub(super) const COS: [f64; 5] = [
    -0.0013888888888883917,
    2.4801587294792464e-5,
    -2.7557315713616736e-7,
    2.087589014089359e-9,
    -1.1367536562121202e-11,
];

/// `erf(x) / x` in x^2, on x < 1. Its first coefficients.
pub(super) const ERF_FIRST: [(f64, f64); 4] = [
    (1.1283791670955126, 1.533545961316588e-17),
    (-0.37612638903183754, 1.3391897206030649e-17),
    (0.11283791670955126, -4.017569161809194e-18),
    (-0.026866170645131252, 4.6092880729453e-19),
];

/// What follows `ERF_FIRST`. Largest error 2^-67.0.
pub(super) const ERF: [f64; 10] = [
    0.005223977625441151,
    -0.0008548327023229471,
    0.00012055332961724476,
    -1.492564933195399e-5,
    1.6462081295828753e-6,
    -1.6365138957860587e-7,
    1.4797026726989392e-8,
    -1.2192251477164958e-9,
    8.80536525221558e-11,
    -4.3789160598920145e-12,
];
