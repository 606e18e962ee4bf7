//! A laboratory: what tutorials claim about activation functions, tried on real data.
//!
//! Small networks learn to read handwritten digits ([`digits`]), with candle and with the activations of this project, any
//! formula included ([`Contender`]). An [`Experiment`] measures what a claim is about in several runs, which differ in their
//! seeds, and holds the claim against 95 % confidence intervals ([`Estimate`], [`Claim`]): a verdict is computed, never written
//! down. Results do not depend on the number of threads.
//!
//! ```
//! use activation_lab::{Contender, EXPERIMENTS, Laboratory, Setup, Unwatched};
//!
//! let sparsity = EXPERIMENTS.iter().find(|experiment| experiment.name == "sparsity").unwrap();
//! let setup = Setup { runs: 2, epochs: Some(1), ..Setup::quick() };
//! let relu = Contender::named("relu").unwrap();
//! let findings = sparsity.run(&Laboratory::new(setup, &Unwatched), &[relu]).unwrap();
//! assert!(findings.claims.iter().any(|claim| claim.text.contains("half")));
//! ```

mod claim;
mod contender;
pub mod digits;
mod error;
mod estimate;
mod experiments;
mod findings;
mod laboratory;
mod layers;
mod network;
mod operation;
pub mod report;
mod training;

pub use claim::{Bound, Claim, Verdict};
pub use contender::{Contender, Refused};
pub use error::Error;
pub use estimate::Estimate;
pub use experiments::{EXPERIMENTS, Experiment};
pub use findings::{Conditions, Figure, Findings, Measurement, Quantity, Stage};
pub use laboratory::{Laboratory, Setup, Unwatched, Watcher};
pub use layers::{LayerState, states};
pub use network::{Gradients, Initialisation, Network, Shape};
pub use training::{Moment, Outcome, Recipe, train};
