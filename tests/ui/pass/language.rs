//! Everything that the grammar allows, with nothing that a lint complains about.
#![deny(warnings)]
#![deny(missing_docs)]

use activation_core::{Activation, define_activation};

define_activation! {
    /// Several branches, and `let`s inside them.
    pub Branches(x; low = -1, high = 1) = if x < low { { let u = x - low; low + tanh(u) } }
        else if x <= high { x } else if x >= 10 * high { 10 * high } else { high + ln(1 + x - high) };
    /// Powers bind to the right, and tighter than a minus.
    #[alias(powers, "tower of powers")]
    pub Powers(x) = -x^2 + 2^-x^2 + (-x)^2;
    /// A range with one end, a default that is computed.
    pub Ranges(x; a = 1/3 in 0.., b = -2 in ..0, c = pi / 4 in -pi..=pi,) = a * x + b + sin(c * x);
    /// Numbers in every form.
    pub Numbers(x) = 1_000 * x + 1.5e-3 + 2E2 + 1. + 1e5;
    /// The last `;` may be left out.
    pub Last(x) = x
}

fn main() {
    assert_eq!(Powers.forward(0.0_f64), 1.0);
    assert_eq!(Branches::default().forward(0.5_f32), 0.5);
    assert_eq!(Ranges::default().parameter(0), 1.0 / 3.0);
    assert_eq!(Numbers.forward(0.0_f64), 100_201.0015);
    assert_eq!(Powers::INFO.aliases, ["powers", "tower of powers"]);
    assert_eq!(Last.forward(2.0_f64), 2.0);
}
