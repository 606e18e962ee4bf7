//! How far each operation and function of [`Long`](super::Long) may be from the exact result, relative to it.
//!
//! Arguments are taken as exact. All are held by tests.

/// 2^-power.
const fn bits(power: u32) -> f64 {
    1.0 / ((1u128 << (power - power / 2)) as f64 * (1u128 << (power / 2)) as f64)
}

macro_rules! bounds {
    ($($doc:literal $name:ident $bits:literal;)*) => {
        $(#[doc = $doc] pub const $name: f64 = bits($bits);)*
    };
}

bounds! {
    "Sum and difference." ADD 254;
    "Product." MUL 254;
    "Quotient." DIV 250;
    "Square root." SQRT 250;
    "Cube root." CBRT 248;
    "`Real::decimal`, for a power of ten between 10^-1000 and 10^1000." DECIMAL 236;
    "`Real::exp`." EXP 240;
    "`Real::expm1`." EXPM1 240;
    "`Real::exp_excess`." EXP_EXCESS 240;
    "`Real::sinh`." SINH 240;
    "`Real::cosh`." COSH 240;
    "`Real::sech`." SECH 240;
    "`Real::sigmoid`." SIGMOID 240;
    "`Real::softplus`." SOFTPLUS 236;
    "`Real::decay`." DECAY 240;
    "`Real::decay_gap`." DECAY_GAP 240;
    "`Real::ln`." LN 236;
    "`Real::log1p`." LOG1P 236;
    "`Real::tanh`." TANH 240;
    "`Real::asinh`." ASINH 236;
    "`Real::atan`." ATAN 236;
    "`Real::sin`." SIN 240;
    "`Real::cos`." COS 240;
    "`Real::erf`, whose exponential has the square of x for its argument." ERF 232;
    "`Real::erfc`: up to 4 it is what erf leaves of 1; beyond, the square of x costs digits too, up to 2^20." ERFC 200;
    "`Real::logcosh`." LOGCOSH 236;
    "`Real::tanhshrink`." TANHSHRINK 236;
    "`Real::pow`, where the result is between 2^-2048 and 2^2048; beyond, it grows with the exponent of the result." POW 220;
}
