//! Mistakes are errors that say what to do.

use activation_core::candle::{Activate, Learned, maxout, softmax};
use activation_core::catalogue::{Gelu, Prelu, Silu};
use activation_core::gated::Gate;
use candle_core::{DType, Device, Result, Tensor, Var};

const CPU: &Device = &Device::Cpu;

fn assert_says<T>(result: Result<T>, parts: &[&str]) {
    let error = result.map(|_| ()).expect_err(parts[0]).to_string();
    for part in parts {
        assert!(error.contains(part), "{error}\nsays nothing of {part}");
    }
}

#[test]
fn types_without_kernels() -> Result<()> {
    let whole = Tensor::new(&[1_u32, 2], CPU)?;
    assert_says(whole.activate(&Gelu), &["`gelu` of a tensor of u32", "to_dtype"]);
    assert_says(softmax(&whole), &["`softmax` of a tensor of u32"]);
    assert_says(Learned::new(Prelu::default(), DType::I64, CPU), &["i64", "f32, f64, f16 and bf16"]);
    assert_says(Tensor::new(&[1_u8, 2], CPU)?.gated(&Silu, Gate::First), &["`silu` of a tensor of u8"]);
    Ok(())
}

#[test]
fn shapes_that_do_not_fit() -> Result<()> {
    let xs = Tensor::zeros((4, 3), DType::F32, CPU)?;
    assert_says(xs.gated(&Silu, Gate::First), &["gated `silu`", "the last axis of [4, 3] has no two halves"]);
    assert_says(Tensor::new(1.0_f32, CPU)?.gated(&Silu, Gate::First), &["no two halves"]);
    assert_says(xs.times_activated(&xs.t()?, &Silu), &["[4, 3]", "[3, 4]", "alike"]);
    assert_says(xs.times_activated(&xs.to_dtype(DType::F64)?, &Silu), &["F32", "F64"]);
    assert_says(softmax(&Tensor::new(1.0_f32, CPU)?), &["softmax", "shape []"]);
    assert_says(softmax(&Tensor::zeros((4, 0), DType::F32, CPU)?), &["[4, 0]"]);
    assert_says(maxout(&xs, 2), &["[4, 3] is no whole number of groups of 2"]);
    assert_says(maxout(&xs, 0), &["groups of 0"]);
    Ok(())
}

#[test]
fn learned_parameters_that_do_not_fit() -> Result<()> {
    assert_says(Learned::new(Gelu, DType::F32, CPU), &["`gelu` has no learned parameters", "Layer"]);
    assert_says(Learned::per_channel(Prelu::default(), 0, DType::F32, CPU), &["at least one channel"]);
    let slopes = Learned::per_channel(Prelu::default(), 5, DType::F32, CPU)?;
    let xs = Tensor::zeros((4, 3), DType::F32, CPU)?;
    assert_says(
        xs.apply(&slopes),
        &["`prelu` has parameters for 5 channels, which axis 1 of [4, 3] has not"],
    );
    assert_says(Tensor::new(1.0_f32, CPU)?.apply(&slopes), &["axis 1 of []"]);
    let square = Learned::with(Prelu::default(), |_, _| Tensor::zeros((2, 2), DType::F32, CPU));
    assert_says(square, &["parameter `slope` has shape [2, 2]"]);
    let fixed = Learned::with(Prelu::default(), |_, start| Tensor::new(start, CPU))?;
    assert_says(fixed.vars(), &["`slope` is a tensor and no variable"]);
    Ok(())
}

/// Graphics processors are not there to ask; what would be said is.
#[cfg(not(feature = "cuda"))]
#[test]
fn devices() {
    use activation_core::candle::Layer;
    use candle_core::{CudaStorage, CustomOp1, Layout, MetalStorage};
    let layout = Layout::contiguous(3);
    assert_says(
        Layer(Gelu).cuda_fwd(&CudaStorage, &layout),
        &[
            "`gelu` has no kernel for tensors on CUDA in this build",
            "the feature `candle-cuda`",
            "`to_device(",
        ],
    );
    assert_says(
        Layer(Gelu).metal_fwd(&MetalStorage, &layout),
        &["`gelu` has no kernel for tensors on Metal; move them to the CPU"],
    );
}

/// Tensors without elements go through, forward and backward.
#[test]
fn nothing() -> Result<()> {
    let xs = Var::zeros((0, 3), DType::F32, CPU)?;
    assert_eq!(xs.activate(&Gelu)?.dims(), [0, 3]);
    let slopes = Learned::per_channel(Prelu::default(), 3, DType::F32, CPU)?;
    let gradients = xs.apply(&slopes)?.sum_all()?.backward()?;
    assert_eq!(gradients.get(&slopes.vars()?[0]).unwrap().to_vec1::<f32>()?, [0.0; 3]);
    assert_eq!(gradients.get(&xs).unwrap().dims(), [0, 3]);
    Ok(())
}
