use activation_core::{Activation, define_activation};

macro_rules! scaled {
    ($(#[$meta:meta])* $visibility:vis $name:ident, $variable:ident, $k:expr, $f:expr, $default:literal) => {
        define_activation! {
            $(#[$meta])*
            $visibility $name($variable; gain = $default) = 2 * $k * $variable + gain * $f($variable);
        }
    };
}

scaled!(
    /// What stands for `$k` is one factor.
    #[derive(PartialOrd)]
    pub(crate) Scaled, z, 1 + 1, tanh, -0.5
);
scaled!(Other, x, -3, sigmoid, 0);

fn main() {
    assert_eq!(Scaled { gain: 0.0 }.forward(5.0_f64), 20.0);
    assert_eq!(Scaled::default().gain, -0.5);
    assert_eq!(Other::default().forward(5.0_f64), -30.0);
    assert_eq!(Scaled::INFO.formula, "2 * (1 + 1) * z + gain * tanh(z)");
}
