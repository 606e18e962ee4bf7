//! What the candle adapter does for a crate that depends on it and on candle.

#[cfg(test)]
mod bad_input;
#[cfg(all(test, feature = "cuda"))]
mod cuda;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod gradients;
#[cfg(test)]
mod learned;
#[cfg(test)]
mod monitored;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod second_order;
#[cfg(test)]
mod tensors;
#[cfg(test)]
mod training;

/// The Rust of the book's chapter, compiled and run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!(concat!("../../../docs/src/", "candle.md"))]
pub struct Chapter;

/// The examples in the adapter's own documentation.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/adapter.md"))]
pub struct Adapter;
