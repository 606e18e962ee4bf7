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

/// At most three names and aliases of `entries` that `text` may have meant, the nearest first.
#[doc(hidden)]
pub fn similar_names<'a>(text: &str, entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'static str> {
    let wanted: String = normalised_name(text).chars().take(64).collect();
    // Short names must be nearer than long ones; transposed letters count as one edit.
    let reach = match wanted.chars().count() {
        0..=1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let names: Vec<(String, &'static str)> = entries
        .into_iter()
        .flat_map(|entry| std::iter::once(entry.info.name).chain(entry.info.aliases.iter().copied()))
        .map(|name| (normalised_name(name), name))
        .collect();
    let mut near: Vec<(usize, &str, &'static str)> = names
        .iter()
        .map(|(known, name)| (strsim::osa_distance(&wanted, known), known.as_str(), *name))
        .filter(|&(distance, known, _)| distance <= reach && distance < known.chars().count())
        .collect();
    near.sort();
    let mut found: Vec<&'static str> = near.into_iter().map(|(_, _, name)| name).collect();
    if found.is_empty() && wanted.len() >= 3 {
        let holds = |(known, _): &&(String, &str)| known.contains(&wanted) || wanted.contains(known.as_str());
        found.extend(names.iter().filter(holds).map(|&(_, name)| name));
    }
    found.truncate(3);
    found
}

/// A name as it is compared: without case, `-`, `_` and spaces.
pub fn normalised_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
