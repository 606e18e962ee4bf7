//! Elementary functions of our own, written once over [`Lane`](crate::lane::Lane): the same bits on every machine and in
//! every vector width, within the [`bounds`] that stand beside them.
//!
//! No function has a table or a fused multiply-add, none has more than one division (`asinh` has two), and none a branch,
//! but sine and cosine for angles of more than 2^20 quarters of a turn. Infinities, NaN, subnormal numbers and signed zeros are as IEEE 754 has them. Polynomials and constants are
//! printed by `scripts/coefficients.py`.

pub mod bounds;
mod circular;
#[rustfmt::skip] // as the script prints it
mod coefficients;
mod error_function;
mod exponential;
mod hyperbolic;
pub(crate) mod logarithm;
pub(crate) mod pair;
pub(crate) mod polynomial;
pub(crate) mod power;
mod root;
mod turn;

pub(crate) use circular::LONGEST;
pub use circular::{atan, cos, sin};
pub(crate) use coefficients::{ERFC, ERFC_FIRST, HALF_PI, HALF_PI_PARTS};
pub use error_function::{erf, erfc};
pub use exponential::{decay, decay_gap, exp, exp_excess, expm1, sigmoid};
pub use hyperbolic::{asinh, cosh, logcosh, sech, sinh, tanh, tanhshrink};
pub use logarithm::{ln, log1p, softplus};
pub use power::pow;
pub use root::cbrt;
