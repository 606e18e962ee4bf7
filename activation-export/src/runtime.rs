//! The runtime that travels with exported code: sections of a text file, each with the names of those that it needs.

/// A runtime of one language.
#[derive(Clone, Copy)]
pub(crate) struct Runtime {
    text: &'static str,
    /// What stands in front of a line that begins a section.
    mark: &'static str,
}

pub(crate) const C: Runtime = Runtime { text: include_str!("../runtime/pair.c"), mark: "//@ " };
/// For CUDA: numbers of every type, and the kernels of [`Kernels`](crate::Kernels).
pub(crate) const KERNELS: Runtime = Runtime { text: include_str!("../runtime/kernels.cu"), mark: "//@ " };
pub(crate) const RUST: Runtime = Runtime { text: include_str!("../runtime/pair.rs"), mark: "//@ " };
pub(crate) const PYTHON: Runtime = Runtime { text: include_str!("../runtime/pair.py"), mark: "#@ " };

/// The bits of 2/pi, 24 at a time.
pub(crate) const TWO_OVER_PI: &str = include_str!("../runtime/two_over_pi.txt");

impl Runtime {
    /// The sections `wanted` and everything that they need, in the order of the file.
    pub(crate) fn sections(self, wanted: &[&str]) -> String {
        let sections: Vec<(&str, &str, &str)> = self.all().collect();
        let mut needed: Vec<&str> = wanted.to_vec();
        // Sections need earlier ones only.
        for (name, needs, _) in sections.iter().rev() {
            if needed.contains(name) {
                needed.extend(needs.split_whitespace());
            }
        }
        let chosen = sections.iter().filter(|(name, ..)| needed.contains(name));
        chosen.map(|(.., body)| *body).collect::<Vec<_>>().join("\n")
    }

    /// A section alone; nothing where there is none.
    pub(crate) fn section(self, wanted: &str) -> &'static str {
        self.all().find(|(name, ..)| *name == wanted).map_or("", |(.., body)| body)
    }

    /// Names, what they need, and texts.
    fn all(self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        self.text.split(self.mark).filter_map(|section| {
            let (head, body) = section.split_once('\n')?;
            let (name, needs) = head.split_once(':')?;
            Some((name, needs, body))
        })
    }

    /// Whether there is a section of this name.
    #[cfg(test)]
    fn has(self, name: &str) -> bool {
        self.text.contains(&format!("{}{name}:", self.mark))
    }
}

#[cfg(test)]
mod tests {
    use super::{C, PYTHON, RUST, TWO_OVER_PI};

    #[test]
    fn every_runtime_has_every_section() {
        for name in [
            "whole",
            "sqrt",
            "sign",
            "min",
            "max",
            "if_less",
            "if_less_equal",
            "exp",
            "expm1",
            "ln",
            "log1p",
            "cbrt",
            "sinh",
            "cosh",
            "tanh",
            "asinh",
            "atan",
            "sin",
            "cos",
            "erf",
            "erfc",
            "sigmoid",
            "softplus",
            "sech",
            "logcosh",
            "tanhshrink",
            "exp_excess",
            "decay",
            "decay_gap",
            "pow",
        ] {
            assert!(C.has(name) && RUST.has(name) && PYTHON.has(name), "{name}");
        }
        assert_eq!(TWO_OVER_PI.split(", ").count(), 60);
    }

    #[test]
    fn only_what_is_needed() {
        let text = C.sections(&["tanh"]);
        assert!(text.contains("P_expm1") && text.contains("P_add") && !text.contains("P_erf"));
        assert!(!text.contains("//@"));
    }
}
