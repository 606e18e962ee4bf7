//! maxout: the largest of every group of numbers (Goodfellow, Warde-Farley, Mirza, Courville and Bengio, Maxout networks,
//! 2013), and the way back.

use super::check_one_a_row;
use crate::Scalar;
use crate::slice::check_length;

/// `output[g] = max(input[g k], .., input[g k + k - 1])` for groups of k. Shapes: `[.., n k]` and `[.., n]`.
#[track_caller]
pub fn maxout_into<T: Scalar>(input: &[T], group: usize, output: &mut [T]) {
    check_one_a_row("output", output.len(), input.len(), group);
    for (pieces, to) in input.chunks_exact(group).zip(output) {
        *to = pieces[1..].iter().fold(pieces[0], |largest, &x| if wins(x, largest) { x } else { largest });
    }
}

/// The gradient by the input of maxout: `grad_output[g]` at the largest of group g, the first one of several, and 0 beside
/// it; NaN in a group with a NaN. Shapes: `grad_output` is `[.., n]`, the others are `[.., n k]`.
#[track_caller]
pub fn maxout_backward_into<T: Scalar>(input: &[T], grad_output: &[T], group: usize, grad_input: &mut [T]) {
    check_one_a_row("grad_output", grad_output.len(), input.len(), group);
    check_length("grad_input", grad_input.len(), input.len());
    let groups = input.chunks_exact(group).zip(grad_output);
    for ((pieces, &gradient), to) in groups.zip(grad_input.chunks_exact_mut(group)) {
        let mut first = 0;
        for (place, &x) in pieces.iter().enumerate() {
            if wins(x, pieces[first]) {
                first = place;
            }
        }
        let is_number = !pieces[first].to_f64().is_nan();
        to.fill(T::from_f64(if is_number { 0.0 } else { f64::NAN }));
        if is_number {
            to[first] = gradient;
        }
    }
}

/// Whether x takes the place of what is the largest so far: a NaN does, and keeps it.
#[inline(always)]
fn wins<T: Scalar>(x: T, largest: T) -> bool {
    let (x, largest) = (x.to_f64(), largest.to_f64());
    (x > largest) | x.is_nan()
}
