//! Activations in configurations: one string, the name and the parameters.
//!
//! [`AnyActivation`], every type of the catalogue and every type that [`define_activation!`](crate::define_activation) makes
//! are serialised as [`notation`] writes them, in formats with and without names alike:
//!
//! ```
//! use activation_core::{AnyActivation, catalogue::{Gelu, LeakyRelu}};
//!
//! let json = serde_json::to_string(&(Gelu, LeakyRelu { slope: 0.2 })).unwrap();
//! assert_eq!(json, r#"["gelu","leaky_relu(slope=0.2)"]"#);
//!
//! let chosen: Vec<AnyActivation> = serde_json::from_str(r#"["Swish-1", "elu(alpha = 0.5)", "elu"]"#).unwrap();
//! assert_eq!(format!("{chosen:?}"), "[silu, elu(alpha=0.5), elu(alpha=1)]");
//!
//! // A type reads its own names only.
//! let mistake = serde_json::from_str::<Gelu>(r#""relu""#).unwrap_err();
//! assert!(mistake.to_string().starts_with("this must be `gelu` and its parameters, and not `relu`"));
//! ```
//!
//! A declaration that derives `Serialize` or `Deserialize` itself keeps the form that it derives. [`AnyActivation`] finds the
//! catalogue's activations; [`deserialize_among`] finds those of other lists too.

use crate::{Activation, AnyActivation, Entry, notation};
use ::serde::de::Visitor;
use ::serde::ser::Error as _;
#[doc(hidden)]
pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};
use core::fmt;

/// Writes an activation: what the macro's implementations of `Serialize` call.
///
/// # Errors
///
/// A parameter is not finite, so that nothing could read it; the format's own.
pub fn serialize<A: Activation, S: Serializer>(activation: &A, serializer: S) -> Result<S::Ok, S::Error> {
    AnyActivation::new(*activation).serialize(serializer)
}

/// Reads an activation of one type: what the macro's implementations of `Deserialize` call.
///
/// # Errors
///
/// The text is no activation's or another one's; see [`notation::parse`].
pub fn deserialize<'de, A: Activation, D: Deserializer<'de>>(deserializer: D) -> Result<A, D::Error> {
    deserializer.deserialize_str(Text(notation::parse))
}

/// Reads one of the activations in `entries`, for `#[serde(deserialize_with = …)]`.
///
/// ```
/// use activation_core::{AnyActivation, all, define_activation};
/// use serde::{Deserialize, Deserializer};
///
/// define_activation! {
///     #![list(pub OURS)]
///     /// A parabola.
///     pub Square(x; scale = 1) = scale * x^2;
/// }
///
/// fn ours_too<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AnyActivation, D::Error> {
///     activation_core::serde::deserialize_among(deserializer, all().chain(OURS))
/// }
///
/// #[derive(Deserialize)]
/// struct Layer {
///     #[serde(deserialize_with = "ours_too")]
///     activation: AnyActivation,
/// }
///
/// let layer: Layer = serde_json::from_str(r#"{"activation": "square(scale=3)"}"#).unwrap();
/// assert_eq!(layer.activation.forward(2.0), 12.0);
/// ```
///
/// # Errors
///
/// The text is none of theirs; see [`AnyActivation::parse`].
pub fn deserialize_among<'de, 'a, D: Deserializer<'de>>(
    deserializer: D,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<AnyActivation, D::Error> {
    deserializer.deserialize_str(Text(|text: &str| AnyActivation::parse(text, entries)))
}

impl Serialize for AnyActivation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        for (parameter, value) in self.info().parameters.iter().zip(self.parameters()) {
            if !value.is_finite() {
                let (name, parameter) = (self.info().name, parameter.name);
                return Err(S::Error::custom(format_args!(
                    "parameter `{parameter}` of `{name}` must be a finite number, not {value}"
                )));
            }
        }
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AnyActivation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(|text: &str| text.parse()))
    }
}

/// Takes a string and makes something of it.
struct Text<F>(F);

impl<T, F: FnOnce(&str) -> Result<T, notation::ParseActivationError>> Visitor<'_> for Text<F> {
    type Value = T;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the name and parameters of an activation, as in \"leaky_relu(slope=0.2)\"")
    }

    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}
