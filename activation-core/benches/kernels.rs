//! Slices of 64 Ki numbers through the kernels of both tiers, beside a copy, and through the functions of rows.
//!
//! `cargo bench -p activation-core`; `cargo bench -p activation-core -- gelu` for those of one name. For figures that can be
//! compared between machines there is `activation bench`, which measures a copy in turn with each of them.

use activation_core::{Activation, Fast, catalogue, rows};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

const COUNT: usize = 1 << 16;

fn main() {
    divan::main();
}

fn numbers() -> Vec<f32> {
    (0..COUNT).map(|index| ((index * 7919) % 1000) as f32 / 100.0 - 5.0).collect()
}

/// Times `kernel`, which writes one slice or two.
fn time(bencher: Bencher<'_, '_>, mut kernel: impl FnMut(&[f32], &mut [f32], &mut [f32])) {
    let (input, mut first, mut second) = (numbers(), vec![0.0; COUNT], vec![0.0; COUNT]);
    bencher.counter(ItemsCount::new(COUNT)).bench_local(|| {
        kernel(black_box(&input), &mut first, &mut second);
        black_box((&first, &second));
    });
}

#[divan::bench]
fn copy(bencher: Bencher<'_, '_>) {
    time(bencher, |x, y, _| y.copy_from_slice(x));
}

/// The kernels of one activation, in both tiers.
macro_rules! kernels {
    ($($name:ident = $activation:expr;)*) => {
        $(
            mod $name {
                use super::*;

                #[divan::bench]
                fn forward(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| $activation.forward_into(x, y));
                }

                #[divan::bench]
                fn derivative(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| $activation.derivative_into(x, y));
                }

                #[divan::bench]
                fn forward_with_derivative(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, slope| $activation.forward_with_derivative_into(x, y, slope));
                }

                #[divan::bench]
                fn backward(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| $activation.backward_into(x, x, y));
                }

                #[divan::bench]
                fn fast_forward(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| Fast($activation).forward_into(x, y));
                }

                #[divan::bench]
                fn fast_derivative(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| Fast($activation).derivative_into(x, y));
                }

                #[divan::bench]
                fn fast_forward_with_derivative(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, slope| Fast($activation).forward_with_derivative_into(x, y, slope));
                }

                #[divan::bench]
                fn fast_backward(bencher: Bencher<'_, '_>) {
                    time(bencher, |x, y, _| Fast($activation).backward_into(x, x, y));
                }
            }
        )*
    };
}

kernels! {
    relu = catalogue::Relu;
    leaky_relu = catalogue::LeakyRelu::default();
    sigmoid = catalogue::Sigmoid;
    tanh = catalogue::Tanh;
    silu = catalogue::Silu;
    gelu = catalogue::Gelu;
    softplus = catalogue::Softplus::default();
    mish = catalogue::Mish;
}

/// Functions of rows, by the length of a row.
mod row {
    use super::*;

    const LENGTHS: [usize; 3] = [16, 256, 4096];

    #[divan::bench(args = LENGTHS)]
    fn softmax(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::softmax_into(x, length, y));
    }

    #[divan::bench(args = LENGTHS)]
    fn softmax_fast(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::fast::softmax_into(x, length, y));
    }

    #[divan::bench(args = LENGTHS)]
    fn softmax_backward(bencher: Bencher<'_, '_>, length: usize) {
        let p = vec![1.0 / length as f32; COUNT];
        time(bencher, |x, y, _| rows::softmax_backward_into(&p, x, length, y));
    }

    #[divan::bench(args = LENGTHS)]
    fn log_softmax(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::log_softmax_into(x, length, y));
    }

    #[divan::bench(args = LENGTHS)]
    fn log_softmax_fast(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::fast::log_softmax_into(x, length, y));
    }

    #[divan::bench(args = LENGTHS)]
    fn logsumexp(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::logsumexp_into(x, length, &mut y[..COUNT / length]));
    }

    #[divan::bench(args = LENGTHS)]
    fn sparsemax(bencher: Bencher<'_, '_>, length: usize) {
        time(bencher, |x, y, _| rows::sparsemax_into(x, length, y));
    }

    #[divan::bench(args = [2, 4])]
    fn maxout(bencher: Bencher<'_, '_>, group: usize) {
        time(bencher, |x, y, _| rows::maxout_into(x, group, &mut y[..COUNT / group]));
    }
}
