//! Slices in parts, on all cores where there is the feature `rayon`.

use crate::Scalar;

/// A slice, and how many of its elements belong together.
pub(crate) type Operand<S> = (S, usize);

/// Calls `by` with parts of all slices that belong together, as long as a thread is worth waking for.
///
/// All have the same number of units; a part is some of them.
pub(crate) fn in_parts<T: Scalar, const N: usize, const M: usize>(
    from: [Operand<&[T]>; N],
    to: [Operand<&mut [T]>; M],
    by: &(impl Fn([&[T]; N], [&mut [T]; M]) + Sync),
) {
    #[cfg(feature = "rayon")]
    if let Some(middle) = middle(&from, &to) {
        let (first, second) = halves(from.map(|(from, width)| {
            let (first, second) = from.split_at(middle * width);
            ((first, width), (second, width))
        }));
        let (to_first, to_second) = halves(to.map(|(to, width)| {
            let (first, second) = to.split_at_mut(middle * width);
            ((first, width), (second, width))
        }));
        rayon::join(|| in_parts(first, to_first, by), || in_parts(second, to_second, by));
        return;
    }
    by(from.map(|(from, _)| from), to.map(|(to, _)| to));
}

/// Before which unit to divide, if there are enough.
#[cfg(feature = "rayon")]
fn middle<A, B: core::ops::Deref<Target = [T]>, T>(from: &[Operand<A>], to: &[Operand<B>]) -> Option<usize> {
    let (first, width) = to.first()?;
    let units = first.len().checked_div(*width)?;
    let widths = from.iter().map(|(_, width)| *width).chain(to.iter().map(|(_, width)| *width));
    let at_once = (crate::slice::PART / widths.max()?.max(1)).max(1);
    (units > at_once).then(|| (units / at_once).div_ceil(2) * at_once)
}

/// The first ones of pairs, and the second ones.
#[cfg(feature = "rayon")]
pub(crate) fn halves<A, B, const N: usize>(pairs: [(A, B); N]) -> ([A; N], [B; N]) {
    let mut seconds = [const { None }; N];
    let mut places = seconds.iter_mut();
    let firsts = pairs.map(|(first, second)| {
        if let Some(place) = places.next() {
            *place = Some(second);
        }
        first
    });
    (firsts, seconds.map(|second| second.expect("every pair has two")))
}
