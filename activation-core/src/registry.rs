//! The catalogue by name.

use crate::{Activation, AnyActivation, Info, catalogue};

/// One activation of a list: what it is, and a way to make it.
#[derive(Clone, Copy)]
pub struct Entry {
    info: &'static Info,
    make: fn() -> AnyActivation,
}

impl Entry {
    /// The entry of an activation type.
    pub const fn of<A: Activation>() -> Self {
        Entry { info: const { &A::INFO }, make: || AnyActivation::new(A::default()) }
    }

    /// Names, formulas and parameters.
    pub fn info(&self) -> &'static Info {
        self.info
    }

    /// The activation with its parameters at their defaults.
    pub fn activation(&self) -> AnyActivation {
        (self.make)()
    }

    /// True if `name` is the name or an alias; case, `-`, `_` and spaces do not matter.
    pub fn is_called(&self, name: &str) -> bool {
        let name = normalised_name(name);
        std::iter::once(&self.info.name).chain(self.info.aliases).any(|known| normalised_name(known) == name)
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Entry").field(&self.info.name).finish()
    }
}

/// The whole catalogue, family by family.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    catalogue::FAMILIES.iter().flat_map(|(_, entries)| entries.iter())
}

/// The activation of that name or alias, with its parameters at their defaults; case, `-` and `_` do not matter.
///
/// ```
/// use activation_core::by_name;
///
/// assert_eq!(by_name("swish1").unwrap().info().name, "silu");
/// assert_eq!(by_name("Leaky-ReLU").unwrap().info().name, "leaky_relu");
/// assert!(by_name("no such thing").is_none());
/// ```
pub fn by_name(name: &str) -> Option<AnyActivation> {
    all().find(|entry| entry.is_called(name)).map(Entry::activation)
}

/// A name as it is compared: without case, `-`, `_` and spaces.
pub fn normalised_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
