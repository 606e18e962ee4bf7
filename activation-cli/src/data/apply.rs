//! The function, the number types it is applied to, and the count of what it did.

use half::f16;
use std::fmt::Debug;

/// An elementwise function, applied to a block in place, in every number type that data may come in.
pub(crate) trait Apply {
    /// Replaces every value by the function's value there.
    fn apply_f32(&self, values: &mut [f32]);
    /// Replaces every value by the function's value there.
    fn apply_f64(&self, values: &mut [f64]);
    /// Replaces every value by the function's value there.
    fn apply_f16(&self, values: &mut [f16]);
}

/// The number type of data that does not say its own: text and raw numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dtype {
    /// Single precision.
    F32,
    /// Double precision.
    F64,
}

/// How many numbers a block holds: large enough that a block's fixed cost vanishes, small enough for the
/// cache.
pub(crate) const BLOCK: usize = 64 * 1024;

/// A number type as it stands in files of numbers.
pub(crate) trait Element: Copy + Default + Debug {
    /// Bytes a number.
    const SIZE: usize;
    /// The number in `SIZE` bytes, least significant first.
    fn from_le(bytes: &[u8]) -> Self;
    /// Writes the number to `SIZE` bytes, least significant first.
    fn to_le(self, bytes: &mut [u8]);
    /// Whether it is not a number.
    fn is_nan(self) -> bool;
    /// Applies a function in this type.
    fn apply(function: &dyn Apply, values: &mut [Self]);
}

macro_rules! element {
    ($($type:ty: $apply:ident),*) => {$(
        impl Element for $type {
            const SIZE: usize = size_of::<Self>();
            fn from_le(bytes: &[u8]) -> Self {
                let mut number = [0; Self::SIZE];
                number.copy_from_slice(bytes);
                Self::from_le_bytes(number)
            }
            fn to_le(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }
            fn is_nan(self) -> bool {
                self.is_nan()
            }
            fn apply(function: &dyn Apply, values: &mut [Self]) {
                function.$apply(values);
            }
        }
    )*};
}
element!(f16: apply_f16, f32: apply_f32, f64: apply_f64);

/// What a function did to the data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// How many numbers were transformed.
    pub(crate) values: u64,
    /// How many results are NaN although the input was a number (or an infinity).
    pub(crate) new_nans: u64,
    /// The first of them: how many numbers came before it, and the input.
    pub(crate) first_new_nan: Option<(u64, String)>,
}

/// A function that keeps count.
pub(crate) struct Tally<'f, T> {
    function: &'f dyn Apply,
    /// The inputs of the block at hand: results overwrite them.
    inputs: Vec<T>,
    summary: Summary,
}

impl<'f, T: Element> Tally<'f, T> {
    pub(crate) fn new(function: &'f dyn Apply) -> Self {
        Tally { function, inputs: Vec::new(), summary: Summary::default() }
    }

    /// Replaces every value by the function's value there.
    pub(crate) fn apply(&mut self, values: &mut [T]) {
        self.inputs.clear();
        self.inputs.extend_from_slice(values);
        T::apply(self.function, values);
        for (at, (&input, &result)) in (self.summary.values..).zip(self.inputs.iter().zip(&*values)) {
            if result.is_nan() && !input.is_nan() {
                self.summary.new_nans += 1;
                self.summary.first_new_nan.get_or_insert_with(|| (at, format!("{input:?}")));
            }
        }
        self.summary.values += values.len() as u64;
    }

    /// Transforms numbers that stand in bytes, least significant first. `bytes` holds whole numbers only;
    /// `block` is room that is used again from call to call.
    pub(crate) fn apply_to_le(&mut self, bytes: &mut [u8], block: &mut Vec<T>) {
        block.clear();
        block.extend(bytes.chunks_exact(T::SIZE).map(T::from_le));
        self.apply(block);
        for (bytes, &value) in bytes.chunks_exact_mut(T::SIZE).zip(&*block) {
            value.to_le(bytes);
        }
    }

    pub(crate) fn summary(self) -> Summary {
        self.summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::tests::Sqrt;

    #[test]
    fn only_new_nans_count() {
        let mut tally = Tally::<f64>::new(&Sqrt);
        tally.apply(&mut [4.0, f64::NAN]);
        let mut block = [9.0, -0.5, -1.0];
        tally.apply(&mut block);
        assert_eq!(block[0], 3.0);
        let expected = Summary { values: 5, new_nans: 2, first_new_nan: Some((3, "-0.5".into())) };
        assert_eq!(tally.summary(), expected);
    }
}
