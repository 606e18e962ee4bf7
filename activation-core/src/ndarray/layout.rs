//! Functions of slices over arrays of any layout: as they lie where that is without gaps, in the order of the indices elsewhere.

use crate::Scalar;
#[cfg(feature = "rayon")]
use crate::parts::halves;
use crate::parts::in_parts;
#[cfg(feature = "rayon")]
use crate::slice::PART;
use ::ndarray::{Array, ArrayRef, ArrayView, ArrayViewMut, Axis, Dimension};
use core::cmp::Reverse;

/// How many elements are gathered at a time.
const GATHERED: usize = 1024;

/// From how many elements on a row is worth a call of its own.
const LONG: usize = 64;

/// Arrays that belong together have one shape.
#[track_caller]
pub(super) fn check_shape<T, U, D: Dimension>(what: &str, found: &ArrayRef<T, D>, expected: &ArrayRef<U, D>) {
    assert!(
        found.shape() == expected.shape(),
        "the arrays must have one shape: `{what}` has {:?}, the input has {:?}",
        found.shape(),
        expected.shape()
    );
}

/// The elements of an array in standard layout.
pub(super) fn slice<T, D: Dimension>(array: &ArrayRef<T, D>) -> &[T] {
    array.as_slice().expect("an array in standard layout is a slice")
}

/// New arrays: what `by` makes of the elements of `inputs`, which have one shape.
pub(super) fn map<T: Scalar, D: Dimension, const N: usize, const M: usize>(
    inputs: [ArrayView<'_, T, D>; N],
    by: &(impl Fn([&[T]; N], [&mut [T]; M]) + Sync),
) -> [Array<T, D>; M] {
    let mut outputs = [(); M].map(|()| vec![T::default(); inputs[0].len()]);
    let as_they_lie = inputs.each_ref().map(|input| input.as_slice_memory_order());
    let is_gapless =
        as_they_lie.iter().all(Option::is_some) && inputs.iter().all(|input| lie_alike(&inputs[0], input));
    let to = outputs.each_mut().map(|output| &mut output[..]);
    if is_gapless {
        in_parts(as_they_lie.map(|slice| (slice.unwrap_or_default(), 1)), to.map(|to| (to, 1)), by);
        return outputs.map(|output| laid_out_as(&inputs[0], output));
    }
    in_order(inputs.each_ref().map(|input| input.view()), to, by);
    outputs
        .map(|output| Array::from_shape_vec(inputs[0].raw_dim(), output).expect("one output for every input"))
}

/// Replaces the elements of an array by what `by` makes of them.
pub(super) fn map_inplace<T: Scalar, D: Dimension>(
    mut array: ArrayViewMut<'_, T, D>,
    by: &(impl Fn(&mut [T]) + Sync),
) {
    if let Some(values) = array.as_slice_memory_order_mut() {
        return in_parts([], [(values, 1)], &|[], [values]| by(values));
    }
    #[cfg(feature = "rayon")]
    if array.len() > PART {
        let (axis, middle) = middle(&array);
        let (first, second) = array.split_at(axis, middle);
        rayon::join(|| map_inplace(first, by), || map_inplace(second, by));
        return;
    }
    if has_long_rows(&array) {
        for mut row in array.rows_mut() {
            by(row.as_slice_mut().expect("its elements are neighbours"));
        }
        return;
    }
    let mut elements = array.iter_mut();
    let (mut places, mut values) = (Vec::with_capacity(GATHERED), Vec::with_capacity(GATHERED));
    loop {
        places.extend(elements.by_ref().take(GATHERED));
        if places.is_empty() {
            return;
        }
        values.extend(places.iter().map(|place: &&mut T| **place));
        by(&mut values);
        places.drain(..).zip(values.drain(..)).for_each(|(place, value)| *place = value);
    }
}

/// From arrays to slices in the order of the indices.
fn in_order<T: Scalar, D: Dimension, const N: usize, const M: usize>(
    from: [ArrayView<'_, T, D>; N],
    mut to: [&mut [T]; M],
    by: &(impl Fn([&[T]; N], [&mut [T]; M]) + Sync),
) {
    #[cfg(feature = "rayon")]
    if to[0].len() > PART {
        let (axis, middle) = middle(&from[0]);
        // All axes before this one have one place.
        let before = to[0].len() / from[0].len_of(axis) * middle;
        let (first, second) = halves(from.map(|from| from.split_at(axis, middle)));
        let (to_first, to_second) = halves(to.map(|to| to.split_at_mut(before)));
        rayon::join(|| in_order(first, to_first, by), || in_order(second, to_second, by));
        return;
    }
    if from.iter().all(|from| has_long_rows(from)) {
        let mut rows = from.each_ref().map(|from| from.rows().into_iter());
        let width = from[0].shape().last().copied().unwrap_or(1);
        for start in (0..to[0].len()).step_by(width) {
            let rows = rows.each_mut().map(|rows| rows.next().expect("a row for every row"));
            let slices = rows.each_ref().map(|row| row.to_slice().expect("its elements are neighbours"));
            by(slices, to.each_mut().map(|to| &mut to[start..start + width]));
        }
        return;
    }
    let mut elements = from.each_ref().map(|from| from.iter());
    let mut gathered = [(); N].map(|()| [T::default(); GATHERED]);
    for start in (0..to[0].len()).step_by(GATHERED) {
        let to = to.each_mut().map(|to| {
            let end = to.len().min(start + GATHERED);
            &mut to[start..end]
        });
        let count = to[0].len();
        for (gathered, elements) in gathered.iter_mut().zip(&mut elements) {
            gathered[..count].iter_mut().zip(elements).for_each(|(place, &value)| *place = value);
        }
        by(gathered.each_ref().map(|gathered| &gathered[..count]), to);
    }
}

/// Whether elements along the last axis are neighbours, and many.
fn has_long_rows<T, D: Dimension>(array: &ArrayRef<T, D>) -> bool {
    array.strides().last() == Some(&1) && array.shape().last() >= Some(&LONG)
}

/// The first axis that can be divided, and where.
#[cfg(feature = "rayon")]
fn middle<T, D: Dimension>(array: &ArrayRef<T, D>) -> (Axis, usize) {
    let axis = array.shape().iter().position(|&length| length > 1).unwrap_or(0);
    (Axis(axis), array.len_of(Axis(axis)) / 2)
}

/// Whether two arrays of one shape have their elements in memory in one order.
fn lie_alike<T, D: Dimension>(a: &ArrayRef<T, D>, b: &ArrayRef<T, D>) -> bool {
    let axes = a.shape().iter().zip(a.strides()).zip(b.strides());
    // An axis of one place may have any stride.
    axes.into_iter().all(|((&length, a), b)| length < 2 || a == b)
}

/// An array of the shape and layout of `like`, which has no gaps, of elements in the order of memory.
fn laid_out_as<T, D: Dimension>(like: &ArrayRef<T, D>, values: Vec<T>) -> Array<T, D> {
    let (shape, strides) = (like.shape(), like.strides());
    let mut axes: Vec<usize> = (0..like.ndim()).collect();
    axes.sort_by_key(|&axis| Reverse(strides[axis].unsigned_abs()));
    let (mut in_memory, mut places) = (D::zeros(like.ndim()), D::zeros(like.ndim()));
    for (place, &axis) in axes.iter().enumerate() {
        in_memory[place] = shape[axis];
        places[axis] = place;
    }
    let array = Array::from_shape_vec(in_memory, values).expect("one output for every input");
    let mut array = array.permuted_axes(places);
    for (axis, _) in strides.iter().enumerate().filter(|&(_, &stride)| stride < 0) {
        array.invert_axis(Axis(axis));
    }
    array
}
