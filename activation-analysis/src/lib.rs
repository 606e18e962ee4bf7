//! What an activation function is like, from its formula: range, limits, kinks, zeros, slopes, saturation, and moments
//! under a normal distribution.
//!
//! Nothing is read off a picture. Intervals of inputs are divided until interval arithmetic decides about all of their
//! numbers, zeros are then found to the last bit, and what happens at infinity and beside an edge comes from expansions.
//! What rests on an expansion or on a sample instead of a proof is [listed](Analysis::unproven), and what is not known is
//! `None`, unknown, or said to hold within an interval.
//!
//! ```
//! use activation_analysis::{Analysis, Function, Monotone, Parity};
//!
//! let tanh = activation_formula::compile("tanh(x)").unwrap();
//! let analysis = Analysis::of(Function::new(&tanh, &[]));
//! assert_eq!((analysis.range.low.value, analysis.range.high.value), (-1.0, 1.0));
//! assert!(!analysis.range.high.attained);
//! assert_eq!(analysis.lipschitz.value, 1.0);
//! assert_eq!((analysis.parity, analysis.monotone), (Parity::Odd, Monotone::Increasing));
//! ```

mod analysis;
mod difference;
mod edges;
mod extremes;
mod function;
mod kinks;
mod maps;
mod moments;
mod normal;
mod number;
mod parity;
mod place;
mod quadrature;
mod shape;
mod signs;
mod span;
mod story;
mod symbol;
mod target;

pub use analysis::{
    Analysis, Asymptote, Bend, Bound, Ends, Extremum, FixedPoint, Inflection, Interval, Kink, KinkKind,
    Monotone, Parity, Piece, Points, Property, Range, Saturation, Smoothness, Trend,
};
pub use difference::{Difference, Equality, Steps};
pub use function::Function;
pub use maps::{FixedVariance, FixedVariances, Maps};
pub use moments::{Moment, Moments};
pub use normal::{Normal, NormalError};
pub use number::{domain, interval, percent, short};
pub use story::{Sentence, Topic, story};
