//! What a monitor costs beside the forward kernel that it watches.

use crate::libraries::COUNTS;
use crate::paired::{Figure, Function, measure};
use activation_core::monitor::Monitor;
use activation_core::{Activation, Fast, Output, Pointwise, catalogue};

/// Units of a row.
pub(crate) const UNITS: usize = 256;

/// One activation in one tier, for each of [`COUNTS`].
pub(crate) struct Watched {
    pub(crate) activation: &'static str,
    pub(crate) tier: &'static str,
    /// The kernel alone, and with a monitor.
    pub(crate) by_count: [[Figure; 2]; COUNTS.len()],
}

/// Measures cheap kernels and dear ones.
pub(crate) fn compare() -> Vec<Watched> {
    fn both(activation: impl Activation) -> [Watched; 2] {
        let name = Pointwise::name(&activation);
        [watched(name, "accurate", activation), watched(name, "fast", Fast(activation))]
    }
    let of = [
        both(catalogue::Relu),
        both(catalogue::LeakyRelu::default()),
        both(catalogue::Sigmoid),
        both(catalogue::Tanh),
        both(catalogue::Silu),
        both(catalogue::Gelu),
    ];
    of.into_iter().flatten().collect()
}

fn watched(activation: &'static str, tier: &'static str, function: impl Pointwise) -> Watched {
    let mut monitor = Monitor::new(function.clone());
    let mut functions: [Function<'_>; 2] = [
        Box::new(|x, y| function.evaluate_into(Output::Forward, x, y)),
        Box::new(move |x, y| monitor.forward_into(UNITS, x, y)),
    ];
    let by_count = COUNTS.map(|count| {
        let figures = measure(count, &mut functions);
        [figures[0], figures[1]]
    });
    Watched { activation, tier, by_count }
}
