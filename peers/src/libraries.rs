//! What is compared: a row for every function and library, each in the shape in which that library offers it.
//!
//! Ours runs in the same shape: where a library writes over its input, both are given a fresh copy each time; tensors of candle
//! go through its adapter.

use crate::Error;
use crate::paired::{Figure, Function, measure};
use activation_core::candle::Activate;
use activation_core::{Activation, Fast, catalogue, rows};
use candle_core::{Device, Tensor};
use rten_simd::{SimdOp, SimdUnaryOp};
use rten_vecmath::ExtendInit;
use std::hint::black_box;
use tract_linalg::Func;

/// As many elements as lie in a second-level cache, and as many as do not.
pub(crate) const COUNTS: [usize; 2] = [1 << 16, 1 << 20];

/// The rows of softmax.
const ROW: usize = 1024;

/// One line of the comparison, for each of [`COUNTS`].
pub(crate) struct Comparison {
    pub(crate) function: &'static str,
    pub(crate) library: &'static str,
    pub(crate) by_count: [Figures; COUNTS.len()],
}

/// Times beside that of the library; a copy of the same memory for scale.
pub(crate) struct Figures {
    pub(crate) library: Figure,
    pub(crate) accurate: Figure,
    /// There is one tier only for functions of rows.
    pub(crate) fast: Option<Figure>,
    pub(crate) copy: Figure,
}

/// How a library takes and gives its numbers.
#[derive(Clone, Copy)]
enum Shape {
    /// From one slice into another.
    Into,
    /// Over its input, of which a copy is made first.
    InPlace,
}

/// Measures all of it.
pub(crate) fn compare() -> Result<Vec<Comparison>, Error> {
    let mut lines = rten();
    lines.extend(tract()?);
    lines.extend(candle());
    lines.sort_by_key(|line| FUNCTIONS.iter().position(|&name| name == line.function));
    Ok(lines)
}

/// The order of the lines.
const FUNCTIONS: [&str; 10] =
    ["relu", "leaky_relu", "hard_swish", "sigmoid", "tanh", "silu", "gelu", "gelu_tanh", "elu", "softmax"];

fn rten() -> Vec<Comparison> {
    const LIBRARY: &str = "rten-vecmath";
    let mut buffer = Vec::new();
    let softmax = move |input: &[f32], _: &mut [f32]| {
        reset(&mut buffer, input.len());
        for row in input.chunks_exact(ROW) {
            buffer.extend_init(|to| rten_vecmath::Softmax::new(row, &mut to[..ROW]).dispatch());
        }
        black_box(&buffer);
    };
    vec![
        line("sigmoid", LIBRARY, in_rten(rten_vecmath::Sigmoid {}), catalogue::Sigmoid, Shape::Into),
        line("tanh", LIBRARY, in_rten(rten_vecmath::Tanh {}), catalogue::Tanh, Shape::Into),
        line("silu", LIBRARY, in_rten(rten_vecmath::Silu {}), catalogue::Silu, Shape::Into),
        line("gelu", LIBRARY, in_rten(rten_vecmath::Gelu {}), catalogue::Gelu, Shape::Into),
        line("gelu_tanh", LIBRARY, in_rten(rten_vecmath::ApproxGelu {}), catalogue::GeluTanh, Shape::Into),
        line(
            "elu",
            LIBRARY,
            in_rten(rten_vecmath::Elu { alpha: 1.0 }),
            catalogue::Elu::default(),
            Shape::Into,
        ),
        line(
            "leaky_relu",
            LIBRARY,
            in_rten(rten_vecmath::LeakyRelu { alpha: 0.01 }),
            catalogue::LeakyRelu::default(),
            Shape::Into,
        ),
        softmax_line(LIBRARY, Box::new(softmax), Shape::Into),
    ]
}

fn in_rten(op: impl SimdUnaryOp<f32> + 'static) -> Function<'static> {
    let mut buffer = Vec::new();
    Box::new(move |input, _| {
        reset(&mut buffer, input.len());
        buffer.extend_init(|to| op.map(input, &mut to[..input.len()]));
        black_box(&buffer);
    })
}

/// Room for so many results, allocated once.
fn reset(buffer: &mut Vec<f32>, length: usize) {
    buffer.clear();
    buffer.reserve_exact(length);
}

fn tract() -> Result<Vec<Comparison>, Error> {
    const LIBRARY: &str = "tract-linalg";
    let plain = |function: Func| -> Result<Function<'static>, Error> {
        let kernel = function.ew_f32().map_err(|error| error.to_string())?;
        Ok(Box::new(move |input, output| {
            output.copy_from_slice(input);
            kernel.run(output).expect("a kernel of this machine");
            leave_wide_registers();
        }))
    };
    let leaky = Func::LeakyRelu.ew_f32_param().map_err(|error| error.to_string())?;
    let leaky = move |input: &[f32], output: &mut [f32]| {
        output.copy_from_slice(input);
        leaky.run_with_params(output, 0.01).expect("a kernel of this machine");
        leave_wide_registers();
    };
    let mut lines = vec![
        line("sigmoid", LIBRARY, plain(Func::Sigmoid)?, catalogue::Sigmoid, Shape::InPlace),
        line("tanh", LIBRARY, plain(Func::Tanh)?, catalogue::Tanh, Shape::InPlace),
        line("silu", LIBRARY, plain(Func::Silu)?, catalogue::Silu, Shape::InPlace),
        line("gelu_tanh", LIBRARY, plain(Func::Gelu)?, catalogue::GeluTanh, Shape::InPlace),
        line("hard_swish", LIBRARY, plain(Func::Hardswish)?, catalogue::HardSwish, Shape::InPlace),
        line("leaky_relu", LIBRARY, Box::new(leaky), catalogue::LeakyRelu::default(), Shape::InPlace),
    ];
    if let Some(softmax) = tract_linalg::routines::softmax_rows_f32() {
        let softmax = move |input: &[f32], output: &mut [f32]| {
            output.copy_from_slice(input);
            softmax(output, ROW);
            leave_wide_registers();
        };
        lines.push(softmax_line(LIBRARY, Box::new(softmax), Shape::InPlace));
    }
    Ok(lines)
}

/// Kernels written in assembly leave the upper halves of the vector registers in use, which makes all code for narrower ones
/// two or three times slower from then on, that of other libraries too. Any function of wide vectors that a compiler made
/// ends that.
fn leave_wide_registers() {
    rten_vecmath::LeakyRelu { alpha: 0.5 }.map_mut(black_box(&mut [0.0; 16]));
}

/// Ours go through the adapter, so that both take a tensor and make a new one.
fn candle() -> Vec<Comparison> {
    const LIBRARY: &str = "candle";
    fn line(
        function: &'static str,
        peer: fn(&Tensor) -> candle_core::Result<Tensor>,
        ours: impl Activation,
    ) -> Comparison {
        let accurate = in_candle(move |x| x.activate(&ours));
        let fast = in_candle(move |x| x.activate(&Fast(ours)));
        compared(function, LIBRARY, in_candle(peer), accurate, Some(fast))
    }
    vec![
        line("relu", Tensor::relu, catalogue::Relu),
        line("sigmoid", candle_nn::ops::sigmoid, catalogue::Sigmoid),
        line("tanh", Tensor::tanh, catalogue::Tanh),
        line("silu", Tensor::silu, catalogue::Silu),
        line("gelu", Tensor::gelu_erf, catalogue::Gelu),
        line("gelu_tanh", Tensor::gelu, catalogue::GeluTanh),
        line("elu", |x| x.elu(1.0), catalogue::Elu::default()),
        compared(
            "softmax",
            LIBRARY,
            in_candle(candle_nn::ops::softmax_last_dim),
            in_candle(activation_core::candle::softmax),
            None,
        ),
    ]
}

fn in_candle(op: impl Fn(&Tensor) -> candle_core::Result<Tensor> + 'static) -> Function<'static> {
    let mut tensor: Option<Tensor> = None;
    Box::new(move |input, _| {
        let kept = tensor.take().filter(|tensor| tensor.elem_count() == input.len());
        let x = kept.unwrap_or_else(|| {
            Tensor::from_slice(input, (input.len() / ROW, ROW), &Device::Cpu).expect("a matrix")
        });
        black_box(op(&x).expect("a function of any matrix"));
        tensor = Some(x);
    })
}

/// A comparison with an activation.
fn line(
    function: &'static str,
    library: &'static str,
    peer: Function<'_>,
    ours: impl Activation,
    shape: Shape,
) -> Comparison {
    let accurate = shaped(shape, move |x, y| ours.forward_into(x, y), move |y| ours.forward_in_place(y));
    let fast =
        shaped(shape, move |x, y| Fast(ours).forward_into(x, y), move |y| Fast(ours).forward_in_place(y));
    compared(function, library, peer, accurate, Some(fast))
}

fn softmax_line(library: &'static str, peer: Function<'_>, shape: Shape) -> Comparison {
    let ours = shaped(shape, |x, y| rows::softmax_into(x, ROW, y), |y| rows::softmax_in_place(y, ROW));
    let fast =
        shaped(shape, |x, y| rows::fast::softmax_into(x, ROW, y), |y| rows::fast::softmax_in_place(y, ROW));
    compared("softmax", library, peer, ours, Some(fast))
}

fn shaped(
    shape: Shape,
    into: impl Fn(&[f32], &mut [f32]) + 'static,
    in_place: impl Fn(&mut [f32]) + 'static,
) -> Function<'static> {
    match shape {
        Shape::Into => Box::new(into),
        Shape::InPlace => Box::new(move |input, output| {
            output.copy_from_slice(input);
            in_place(output);
        }),
    }
}

fn compared<'a>(
    function: &'static str,
    library: &'static str,
    peer: Function<'a>,
    accurate: Function<'a>,
    fast: Option<Function<'a>>,
) -> Comparison {
    let copy: Function<'a> = Box::new(|input, output| output.copy_from_slice(input));
    let mut functions: Vec<Function<'a>> =
        [Some(peer), Some(copy), Some(accurate), fast].into_iter().flatten().collect();
    let by_count = COUNTS.map(|count| {
        let figures = measure(count, &mut functions);
        Figures { library: figures[0], copy: figures[1], accurate: figures[2], fast: figures.get(3).copied() }
    });
    Comparison { function, library, by_count }
}
