//! Elements of a tensor as slices, whatever its layout; results as storage; work in parts, on all cores.

use super::Element;
use crate::parts::{Operand, in_parts};
use crate::slice::PART;
use candle_core::{CpuStorage, DType, Error, Layout, Result, Shape};
use std::borrow::Cow;

/// `$body` with `$element` the type of the elements of `$storage`, or an error if there are no kernels for it.
macro_rules! with_element {
    ($storage:expr, $name:expr, |$element:ident| $body:expr) => {
        match candle_core::backend::BackendStorage::dtype($storage) {
            candle_core::DType::F32 => {
                type $element = f32;
                $body
            }
            candle_core::DType::F64 => {
                type $element = f64;
                $body
            }
            candle_core::DType::F16 => {
                type $element = half::f16;
                $body
            }
            candle_core::DType::BF16 => {
                type $element = half::bf16;
                $body
            }
            other => Err(crate::candle::storage::no_numbers($name, other)),
        }
    };
}
pub(super) use with_element;

/// The methods of a custom operation for other devices than the CPU: what CUDA does with the feature `candle-cuda`, errors otherwise.
/// Storages with their layouts are named.
macro_rules! cuda_or_cpu {
    ($self:ident, $(($storage:ident, $layout:ident)),*; $body:expr) => {
        #[cfg(feature = "candle-cuda")]
        fn cuda_fwd(
            &$self,
            $($storage: &candle_core::CudaStorage, $layout: &candle_core::Layout),*
        ) -> candle_core::Result<(candle_core::CudaStorage, candle_core::Shape)> {
            $body
        }

        #[cfg(not(feature = "candle-cuda"))]
        crate::candle::storage::without!(cuda_fwd, CudaStorage, $($storage),*;
            "CUDA in this build; switch on the feature `candle-cuda` of activation-core, or");
        crate::candle::storage::without!(metal_fwd, MetalStorage, $($storage),*; "Metal;");
    };
}
pub(super) use cuda_or_cpu;

/// As [`cuda_or_cpu`], where there are kernels for neither.
macro_rules! cpu_only {
    ($($storage:ident),*) => {
        crate::candle::storage::without!(cuda_fwd, CudaStorage, $($storage),*; "CUDA;");
        crate::candle::storage::without!(metal_fwd, MetalStorage, $($storage),*; "Metal;");
    };
}
pub(super) use cpu_only;

/// A method for a device that there are no kernels for; any name for every operand.
macro_rules! without {
    ($method:ident, $type:ident, $($storage:ident),*; $device:literal) => {
        #[allow(unused_variables, reason = "they have names where there are kernels")]
        fn $method(
            &self,
            $($storage: &candle_core::$type, _: &candle_core::Layout),*
        ) -> candle_core::Result<(candle_core::$type, candle_core::Shape)> {
            Err(crate::candle::storage::no_kernel(self.name(), $device))
        }
    };
}
pub(super) use without;

#[cold]
pub(super) fn no_numbers(name: &str, dtype: DType) -> Error {
    let advice = "it takes f32, f64, f16 and bf16; convert it with `to_dtype`";
    Error::msg(format!("`{name}` of a tensor of {}: {advice}", dtype.as_str())).bt()
}

#[cold]
pub(super) fn no_kernel(name: &str, device: &str) -> Error {
    let advice = "move them to the CPU, `to_device(&Device::Cpu)`";
    Error::msg(format!("`{name}` has no kernel for tensors on {device} {advice}")).bt()
}

/// The elements in the order of the shape: where they are if they lie in a row, copied otherwise.
pub(super) fn elements<'a, T: Element>(storage: &'a CpuStorage, layout: &Layout) -> Result<Cow<'a, [T]>> {
    let all = storage.as_slice::<T>()?;
    Ok(match layout.contiguous_offsets() {
        Some((start, end)) => Cow::Borrowed(&all[start..end]),
        None => Cow::Owned(gathered(all, layout)),
    })
}

fn gathered<T: Copy>(all: &[T], layout: &Layout) -> Vec<T> {
    let count = layout.shape().elem_count();
    let (Some((&width, dims)), Some((&step, strides))) =
        (layout.dims().split_last(), layout.stride().split_last())
    else {
        return all[layout.start_offset()..][..count].to_vec();
    };
    let mut elements = Vec::with_capacity(count);
    let mut place = vec![0; dims.len()];
    let mut start = layout.start_offset();
    while elements.len() < count {
        match step {
            1 => elements.extend_from_slice(&all[start..start + width]),
            _ => elements.extend((0..width).map(|column| all[start + column * step])),
        }
        for ((place, &dim), &stride) in place.iter_mut().zip(dims).zip(strides).rev() {
            *place += 1;
            start += stride;
            if *place < dim {
                break;
            }
            start -= *place * stride;
            *place = 0;
        }
    }
    elements
}

/// So many elements of any type are half of the first cache or less.
const IN_FIRST_CACHE: usize = 2048;

/// With more threads than this, all of a large result is asked for at once, as memory of zeros: to write these would take one thread
/// longer than the others need to fill it.
const FEW_THREADS: usize = 8;

/// A new slice of `units` times `width` elements: `by` fills parts of it from the same parts of the `operands`.
pub(super) fn filled<T: Element, const N: usize>(
    operands: [Operand<&[T]>; N],
    units: usize,
    width: usize,
    by: impl Fn([&[T]; N], &mut [T]) + Sync,
) -> Vec<T> {
    let (count, threads) = (units * width, threads());
    if threads > FEW_THREADS && count > PART {
        let mut output = vec![T::default(); count];
        in_parts(operands, [(&mut output, width)], &|from, [to]| by(from, to));
        return output;
    }
    let mut output = Vec::with_capacity(count);
    if count == 0 {
        return output;
    }
    let is_for_all = threads > 1 && count > PART;
    let at_once = if is_for_all { threads * PART } else { IN_FIRST_CACHE };
    // Room is made for what is filled at once while it is in a cache, not for all before any.
    let at_once = (at_once / width).max(1);
    for start in (0..units).step_by(at_once) {
        let end = units.min(start + at_once);
        output.resize(end * width, T::default());
        let operands = operands.map(|(from, width)| (&from[start * width..end * width], width));
        let to = &mut output[start * width..];
        if is_for_all {
            in_parts(operands, [(to, width)], &|from, [to]| by(from, to));
        } else {
            by(operands.map(|(from, _)| from), to);
        }
    }
    output
}

fn threads() -> usize {
    #[cfg(feature = "rayon")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "rayon"))]
    1
}

/// What a custom operation returns.
pub(super) fn stored<T: Element>(elements: Vec<T>, shape: impl Into<Shape>) -> Result<(CpuStorage, Shape)> {
    Ok((T::to_cpu_storage_owned(elements), shape.into()))
}
