//! Mistakes in what the user wrote: collected, never thrown away, each on its token.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use std::ops::Range;

/// Ends the name of what was given a word of Rust for a name, so that it can be one in the expansion. Nobody has written it, and
/// no message has it.
pub(crate) const RESERVED: &str = "_reserved_by_rust";

/// One mistake: what is wrong and how to cure it, and where.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// Lower case, no full stop, cure included.
    pub message: String,
    /// First token concerned.
    pub start: Span,
    /// Last token concerned.
    pub end: Span,
}

impl Mistake {
    /// A mistake on a single token.
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Mistake::between(span, span, message)
    }

    /// A mistake on several tokens, given the first and the last.
    pub(crate) fn between(start: Span, end: Span, message: impl Into<String>) -> Self {
        Mistake { message: message.into().replace(RESERVED, ""), start, end }
    }

    /// The bytes of the source text that are concerned. Meaningful only for formulas parsed from text.
    pub fn range(&self) -> Range<usize> {
        let (start, end) = (self.start.byte_range(), self.end.byte_range());
        start.start..end.end.max(start.end)
    }

    /// `::core::compile_error!` on the very tokens.
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        let (start, end, message) = (self.start, self.end, &self.message);
        let path = quote_spanned!(start=> ::core::compile_error!);
        let argument = quote_spanned!(end=> { #message });
        quote_spanned!(end=> #path #argument)
    }
}

/// Gathers mistakes while work goes on, so that all of them are reported together.
///
/// Dropping a non-empty collector that nobody looked at would lose a mistake: that is a bug of ours, and panics in
/// debug builds.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    found: Vec<Mistake>,
}

impl Mistakes {
    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        self.push(Mistake::new(span, message));
    }

    pub(crate) fn push(&mut self, mistake: Mistake) {
        self.found.push(mistake);
    }

    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// The value if nothing was wrong, everything that was wrong otherwise.
    pub(crate) fn check<T>(self, value: T) -> Result<T, Vec<Mistake>> {
        let found = self.into_vec();
        if found.is_empty() { Ok(value) } else { Err(found) }
    }

    /// Everything that was wrong, in the order in which it was written.
    pub(crate) fn into_vec(mut self) -> Vec<Mistake> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|mistake| {
            let start = mistake.start.start();
            (start.line, start.column)
        });
        found
    }
}

impl Drop for Mistakes {
    fn drop(&mut self) {
        debug_assert!(self.found.is_empty() || std::thread::panicking(), "mistakes were dropped unreported");
    }
}
