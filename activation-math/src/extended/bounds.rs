//! How far each operation and function of [`Extended`](super::Extended) may be from the exact result, relative to it.
//!
//! Arguments are taken as exact, results as numbers that do not keep an argument beyond 2^58. The bounds of arithmetic
//! are proved of the algorithms (see `pair.rs`). Those of functions are held by tests, and are at least five times the
//! worst that samples show: 2^-101.2 for functions, 2^-94.3 for powers.

/// 2^-power.
const fn bits(power: u32) -> f64 {
    1.0 / (1u128 << power) as f64
}

macro_rules! bounds {
    ($($doc:literal $name:ident $bits:literal;)*) => {
        $(#[doc = $doc] pub const $name: f64 = bits($bits);)*
    };
}

bounds! {
    "Sum and difference." ADD 104;
    "Product." MUL 103;
    "Quotient." DIV 103;
    "Square root." SQRT 103;
    "Cube root." CBRT 102;
    "`Real::decimal`, for a power of ten between 10^-1000 and 10^1000." DECIMAL 98;
    "`Real::exp`." EXP 97;
    "`Real::expm1`." EXPM1 97;
    "`Real::exp_excess`." EXP_EXCESS 97;
    "`Real::sinh`." SINH 97;
    "`Real::cosh`." COSH 97;
    "`Real::sech`." SECH 97;
    "`Real::sigmoid`." SIGMOID 97;
    "`Real::softplus`." SOFTPLUS 97;
    "`Real::erfc`." ERFC 97;
    "`Real::decay`." DECAY 97;
    "`Real::decay_gap`." DECAY_GAP 97;
    "`Real::ln`." LN 98;
    "`Real::log1p`." LOG1P 98;
    "`Real::tanh`." TANH 98;
    "`Real::asinh`." ASINH 98;
    "`Real::atan`." ATAN 98;
    "`Real::sin`." SIN 98;
    "`Real::cos`." COS 98;
    "`Real::erf`." ERF 98;
    "`Real::logcosh`." LOGCOSH 98;
    "`Real::tanhshrink`." TANHSHRINK 98;
    "`Real::pow`, where the result is between 2^-2048 and 2^2048; beyond, it grows with the exponent of the result." POW 92;
}
