//! Activations whose parameters differ from channel to channel, as the slopes of PReLU do.
//!
//! An array of shape `[outer, channels, inner]`, contiguous, is one slice: `inner` is the product of the axes behind the
//! channels (height times width of an image; 1 where channels come last), `outer` that of the axes before them. There is
//! one activation, with its parameters, for every channel:
//!
//! ```
//! use activation_core::{catalogue::Prelu, channels};
//!
//! // One image, two channels, two pixels each.
//! let slopes = [Prelu { slope: 0.5 }, Prelu { slope: 0.25 }];
//! let input = [-4.0_f32, 1.0, -4.0, 2.0];
//! let mut output = [0.0; 4];
//! channels::forward_into(&slopes, 2, &input, &mut output);
//! assert_eq!(output, [-2.0, 1.0, -1.0, 2.0]);
//!
//! let mut gradients = [0.0; 2];
//! channels::parameter_gradients_into(&slopes, 2, &input, &[1.0, 1.0, 10.0, 1.0], &mut gradients);
//! assert_eq!(gradients, [-4.0, -40.0]);
//! ```
//!
//! Results have the bits of [`Activation`]'s methods; sums are added up in an order that depends on the shape only.
//!
//! # Panics
//!
//! Where there is no channel, or `inner` is 0, or the length of `input` is no whole number of `channels · inner`; where
//! slices differ in length, or `gradients` is not one for every parameter of every channel.

use crate::slice::{BLOCK, Block, Evaluator, Lanes, check_gradients, check_length};
use crate::{Activation, Level, Output, Scalar};

/// `output[i] = f(input[i])` with the parameters of its channel.
#[track_caller]
pub fn forward_into<A: Activation, T: Scalar>(
    activations: &[A],
    inner: usize,
    input: &[T],
    output: &mut [T],
) {
    let shape = Shape::of(activations, inner, input);
    check_length("output", output.len(), input.len());
    let level = Level::detect();
    let [mut inputs, mut results]: [Block; 2] = core::array::from_fn(|_| Block::new());
    for tile in shape.tiles() {
        for (channel, activation) in activations.iter().enumerate() {
            for rows in shape.rows(tile, channel) {
                rows.load(level, input, &mut inputs);
                evaluator::<A, T>(activation, level).evaluate(Output::Forward, &inputs, &mut results);
                rows.store(level, &results, output);
            }
        }
    }
}

/// `grad_input[i] = grad_output[i] · f'(input[i])` with the parameters of its channel, rounded once.
#[track_caller]
pub fn backward_into<A: Activation, T: Scalar>(
    activations: &[A],
    inner: usize,
    input: &[T],
    grad_output: &[T],
    grad_input: &mut [T],
) {
    let shape = Shape::of(activations, inner, input);
    check_length("grad_output", grad_output.len(), input.len());
    check_length("grad_input", grad_input.len(), input.len());
    let level = Level::detect();
    let [mut inputs, mut slopes, mut products]: [Block; 3] = core::array::from_fn(|_| Block::new());
    for tile in shape.tiles() {
        for (channel, activation) in activations.iter().enumerate() {
            for rows in shape.rows(tile, channel) {
                rows.load(level, input, &mut inputs);
                evaluator::<A, T>(activation, level).evaluate(Output::Derivative, &inputs, &mut slopes);
                rows.load(level, grad_output, &mut products);
                products.multiply(level, &slopes);
                rows.store(level, &products, grad_input);
            }
        }
    }
}

/// `gradients[channel · parameters + p] = Σ grad_output[i] · ∂f/∂parameter p (input[i])` over the elements of the channel,
/// for every parameter in the order of declaration.
#[track_caller]
pub fn parameter_gradients_into<A: Activation, T: Scalar>(
    activations: &[A],
    inner: usize,
    input: &[T],
    grad_output: &[T],
    gradients: &mut [f64],
) {
    let shape = Shape::of(activations, inner, input);
    check_length("grad_output", grad_output.len(), input.len());
    check_gradients::<A>(gradients.len(), activations.len());
    let level = Level::detect();
    let parameters = A::INFO.parameters.len();
    let [mut inputs, mut slopes, mut factors]: [Block; 3] = core::array::from_fn(|_| Block::new());
    for (at, gradient) in gradients.iter_mut().enumerate() {
        let (channel, output) = (at / parameters, Output::ParameterDerivative(at % parameters));
        let mut lanes = Lanes::default();
        for rows in shape.tiles().flat_map(|tile| shape.rows(tile, channel)) {
            rows.load(level, input, &mut inputs);
            evaluator::<A, T>(&activations[channel], level).evaluate(output, &inputs, &mut slopes);
            rows.load(level, grad_output, &mut factors);
            lanes.add_products(level, &factors, &slopes);
        }
        *gradient = lanes.total().total();
    }
}

fn evaluator<A: Activation, T: Scalar>(activation: &A, level: Level) -> Evaluator<'_, A> {
    Evaluator { activation, level, precision: T::PRECISION }
}

/// `[outer, channels, inner]`.
#[derive(Clone, Copy)]
struct Shape {
    outer: usize,
    channels: usize,
    inner: usize,
}

/// As many consecutive places on the outer axis as make a block, or one.
#[derive(Clone, Copy)]
struct Tile {
    first: usize,
    count: usize,
}

impl Shape {
    #[track_caller]
    fn of<A, T>(activations: &[A], inner: usize, input: &[T]) -> Self {
        let (channels, length) = (activations.len(), input.len());
        assert!(channels > 0 && inner > 0, "{channels} channels of {inner} elements are none");
        assert!(
            length.is_multiple_of(channels) && (length / channels).is_multiple_of(inner),
            "`input` has {length} elements, which is no whole number of {channels} channels of {inner}"
        );
        Shape { outer: length / channels / inner, channels, inner }
    }

    fn tiles(self) -> impl Iterator<Item = Tile> {
        let count = (BLOCK / self.inner).max(1);
        let tile = move |first| Tile { first, count: count.min(self.outer - first) };
        (0..self.outer).step_by(count).map(tile)
    }

    /// What belongs to a channel in a tile, a block at a time.
    fn rows(self, tile: Tile, channel: usize) -> impl Iterator<Item = Rows> {
        let stride = self.channels * self.inner;
        let start = tile.first * stride + channel * self.inner;
        (0..self.inner).step_by(BLOCK).map(move |column| Rows {
            start: start + column,
            count: tile.count,
            stride,
            width: BLOCK.min(self.inner - column),
        })
    }
}

/// At most a block of elements: `count` times `width` of them, `stride` apart.
#[derive(Clone, Copy)]
struct Rows {
    start: usize,
    count: usize,
    stride: usize,
    width: usize,
}

impl Rows {
    /// Where every one of them starts, in the array and in the block.
    fn starts(self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.count).map(move |row| (self.start + row * self.stride, row * self.width))
    }

    fn load<T: Scalar>(self, level: Level, from: &[T], to: &mut Block) {
        let mut gathered = [T::default(); BLOCK];
        for (start, at) in self.starts() {
            gathered[at..at + self.width].copy_from_slice(&from[start..start + self.width]);
        }
        to.load(level, &gathered[..self.count * self.width]);
    }

    fn store<T: Scalar>(self, level: Level, from: &Block, to: &mut [T]) {
        let mut rounded = [T::default(); BLOCK];
        from.store(level, &mut rounded[..self.count * self.width]);
        for (start, at) in self.starts() {
            to[start..start + self.width].copy_from_slice(&rounded[at..at + self.width]);
        }
    }
}
