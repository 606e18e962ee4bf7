//! checks
pub use activation_math::Textbook;
/// x
pub struct Tape;
