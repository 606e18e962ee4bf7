//! Gated products as operations: two halves of the last axis, or two tensors.

use super::Activate;
#[cfg(feature = "candle-cuda")]
use super::cuda;
use super::storage::{cuda_or_cpu, elements, filled, stored, with_element};
use crate::Activation;
use crate::catalogue::{Gelu, Relu, Sigmoid, Silu};
use crate::gated::{Gate, gated_backward_into, gated_into, split_backward_into, split_into};
use candle_core::{CpuStorage, CustomOp1, CustomOp2, CustomOp3, D, Layout, Result, Shape, Tensor, bail};

macro_rules! named {
    ($($(#[doc = $doc:literal])* $name:ident: $activation:expr;)*) => {
        $(
            $(#[doc = $doc])*
            ///
            /// # Errors
            ///
            /// As [`Activate::gated`].
            pub fn $name(xs: &Tensor, gate: Gate) -> Result<Tensor> {
                xs.gated(&$activation, gate)
            }
        )*
    };
}

named! {
    /// One half of the last axis times the sigmoid of the other.
    glu: Sigmoid;
    /// One half of the last axis times ReLU of the other.
    reglu: Relu;
    /// One half of the last axis times GELU of the other.
    geglu: Gelu;
    /// One half of the last axis times SiLU of the other. `Gate::First` is what candle calls `swiglu`.
    swiglu: Silu;
}

pub(super) fn gated<A: Activation>(xs: &Tensor, activation: A, gate: Gate) -> Result<Tensor> {
    let name = A::INFO.name;
    match xs.dims().last() {
        Some(&width) if width > 0 && width % 2 == 0 => xs.apply_op1(Split { activation, gate }),
        _ => bail!("gated `{name}`: the last axis of {:?} has no two halves", xs.dims()),
    }
}

pub(super) fn product<A: Activation>(value: &Tensor, gate: &Tensor, activation: A) -> Result<Tensor> {
    let name = A::INFO.name;
    if value.dims() != gate.dims() || value.dtype() != gate.dtype() {
        let [value, gate] =
            [value, gate].map(|tensor| format!("{:?} of {:?}", tensor.dims(), tensor.dtype()));
        bail!("gated `{name}`: the value is {value}, the gate {gate}; they must be alike");
    }
    value.apply_op2(gate, Product { activation })
}

/// `[.., 2 n]` to `[.., n]`.
struct Split<A> {
    activation: A,
    gate: Gate,
}

impl<A: Activation> CustomOp1 for Split<A> {
    fn name(&self) -> &'static str {
        A::INFO.name
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (n, rows) = halves(layout)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let output = filled([(&x, 2 * n)], rows, n, |[x], output| {
                split_into(&self.activation, self.gate, n, x, output);
            });
            let mut dims = layout.dims().to_vec();
            dims[layout.dims().len() - 1] = n;
            stored(output, dims)
        })
    }

    cuda_or_cpu!(self, (x, layout); cuda::split(&self.activation, self.gate, halves(layout)?, (x, layout)));

    fn bwd(&self, x: &Tensor, _: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        let Split { activation, gate } = *self;
        x.apply_op2(grad_output, SplitBackward { activation, gate }).map(Some)
    }
}

struct SplitBackward<A> {
    activation: A,
    gate: Gate,
}

impl<A: Activation> CustomOp2 for SplitBackward<A> {
    fn name(&self) -> &'static str {
        "gradient of a gated activation"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (n, rows) = halves(layout)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let operands = [(&*x, 2 * n), (&*grad_output, n)];
            let grad_input = filled(operands, rows, 2 * n, |[x, grad_output], grad_input| {
                split_backward_into(&self.activation, self.gate, n, x, grad_output, grad_input);
            });
            stored(grad_input, layout.shape())
        })
    }

    cuda_or_cpu!(self, (x, layout), (grad, grad_layout);
        cuda::split_backward(&self.activation, self.gate, halves(layout)?, (x, layout), (grad, grad_layout)));
}

/// Half the width of the last axis, and how many rows there are.
fn halves(layout: &Layout) -> Result<(usize, usize)> {
    let width = layout.dim(D::Minus1)?;
    Ok((width / 2, layout.shape().elem_count() / width))
}

/// `value · f(gate)` of two tensors.
struct Product<A> {
    activation: A,
}

impl<A: Activation> CustomOp2 for Product<A> {
    fn name(&self) -> &'static str {
        A::INFO.name
    }

    fn cpu_fwd(
        &self,
        value: &CpuStorage,
        value_layout: &Layout,
        gate: &CpuStorage,
        gate_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        with_element!(value, self.name(), |T| {
            let value = elements::<T>(value, value_layout)?;
            let gate = elements::<T>(gate, gate_layout)?;
            let output = filled([(&value, 1), (&gate, 1)], value.len(), 1, |[value, gate], output| {
                gated_into(&self.activation, value, gate, output);
            });
            stored(output, value_layout.shape())
        })
    }

    cuda_or_cpu!(self, (value, value_layout), (gate, gate_layout);
        cuda::product(&self.activation, (value, value_layout), (gate, gate_layout)));

    fn bwd(
        &self,
        value: &Tensor,
        gate: &Tensor,
        _: &Tensor,
        grad_output: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let backward = ProductBackward { activation: self.activation };
        let both = value.apply_op3(gate, grad_output, backward)?;
        let half = |index| both.narrow(0, index, 1)?.squeeze(0).map(Some);
        Ok((half(0)?, half(1)?))
    }
}

/// Both gradients in one pass: those by the values, then those by the gates, `[2, ..]`.
struct ProductBackward<A> {
    activation: A,
}

impl<A: Activation> CustomOp3 for ProductBackward<A> {
    fn name(&self) -> &'static str {
        "gradient of a gated activation"
    }

    fn cpu_fwd(
        &self,
        value: &CpuStorage,
        value_layout: &Layout,
        gate: &CpuStorage,
        gate_layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        with_element!(value, self.name(), |T| {
            let value = elements::<T>(value, value_layout)?;
            let gate = elements::<T>(gate, gate_layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let mut both = vec![T::default(); 2 * value.len()];
            let halves = both.split_at_mut(value.len());
            gated_backward_into(&self.activation, (&value, &gate), &grad_output, halves);
            stored(both, [&[2], value_layout.dims()].concat())
        })
    }

    cuda_or_cpu!(self, (value, value_layout), (gate, gate_layout), (grad, grad_layout);
        cuda::product_backward(&self.activation, (value, value_layout), (gate, gate_layout), (grad, grad_layout)));
}
