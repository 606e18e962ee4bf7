//! A user's crate: the dependency renamed, re-exported, and used inside a `macro_rules!` of its own.
#![allow(
    unnameable_test_items,
    reason = "one activation is defined inside a function, to see that it can be"
)]

/// A facade that hands the library on.
pub mod facade {
    pub use renamed as activations;
}

renamed::define_activation! {
    /// Through the renamed dependency.
    pub Direct(x; learn k = 2) = x * sigmoid(k * x);
}

/// Through a re-export.
pub mod reexported {
    use crate::facade::activations::define_activation;

    define_activation! {
        pub(crate) Quiet(t) = t * exp(-t^2);
        /// A private one beside it.
        Hidden(t) = tanh(t / 2);
    }

    /// Both, so that both are used.
    pub fn sum(x: f64) -> f64 {
        use crate::facade::activations::Activation;
        Quiet.forward(x) + Hidden.forward(x)
    }
}

/// Through a macro of the user's own, which puts expressions and names in.
#[macro_export]
macro_rules! scaled {
    ($(#[$attribute:meta])* $name:ident, $scale:expr, $inner:ident) => {
        $crate::facade::activations::define_activation! {
            $(#[$attribute])*
            pub $name(x) = 2 * $scale * $inner(x);
        }
    };
}

scaled!(
    /// `1 + 1` goes in as one expression: 2 * (1 + 1) * tanh(x).
    Steep,
    1 + 1,
    tanh
);

/// A constant that a parameter below shares its name with.
pub const SCALE: f64 = 2.0;

renamed::define_activation! {
    /// Never compiled: no part of it may be there.
    #[cfg(any())]
    pub Absent(x) = x * 2;
    /// Old, and still generated without a warning.
    #[deprecated(note = "use Direct")]
    pub Old(x) = x^2;
    /// Names that mean something else in Rust.
    #[allow(non_snake_case, reason = "to see that they can be had")]
    pub Names(None; SCALE = 3, index = 1, values = 0.5, R = 2, t0 = 1) = SCALE * None^2 * index + values * R * t0 * None;
}

#[cfg(test)]
mod tests {
    use renamed::Activation;

    #[test]
    fn an_expression_that_a_macro_hands_on_stays_together() {
        assert_eq!(crate::Steep.forward(1.0_f64), 4.0 * renamed::catalogue::Tanh.forward(1.0_f64));
    }

    #[test]
    fn names_of_constants_and_types_are_free() {
        assert_eq!(crate::Names::default().forward(2.0_f64), 14.0);
        assert_eq!(crate::Names { SCALE: 1.0, ..crate::Names::default() }.derivative(2.0_f64), 5.0);
    }

    #[test]
    fn an_activation_can_be_defined_inside_a_function() {
        renamed::define_activation! { Local(x) = x^2 / (1 + abs(x)); }
        assert_eq!(Local.forward(1.0_f32), 0.5);
        assert_eq!(crate::reexported::sum(0.0), 0.0);
        assert_eq!(crate::Direct { k: 0.0 }.derivative(3.0_f64), 0.5);
    }
}
