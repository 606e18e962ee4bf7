//! Functions of whole rows as operations: along the last axis.

use super::Element;
use super::storage::{cpu_only, elements, filled, stored, with_element};
use crate::rows;
use candle_core::{CpuStorage, CustomOp1, CustomOp2, D, Layout, Result, Shape, Tensor, bail};

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $name:ident, $kind:ident: $into:ident, $backward_into:ident;)*) => {
        /// What keeps the shape.
        #[derive(Clone, Copy)]
        enum Kind { $($kind),* }

        impl Kind {
            fn name(self) -> &'static str {
                match self { $(Kind::$kind => stringify!($name)),* }
            }

            fn into<T: Element>(self, input: &[T], row_length: usize, output: &mut [T]) {
                match self { $(Kind::$kind => rows::$into(input, row_length, output)),* }
            }

            fn backward_into<T: Element>(
                self, output: &[T], grad_output: &[T], row_length: usize, grad_input: &mut [T],
            ) {
                match self { $(Kind::$kind => rows::$backward_into(output, grad_output, row_length, grad_input)),* }
            }
        }

        $(
            $(#[doc = $doc])*
            ///
            /// # Errors
            ///
            /// There is no last axis, or it is empty; the elements are no floating-point numbers, or not on the CPU.
            pub fn $name(xs: &Tensor) -> Result<Tensor> {
                row_length(stringify!($name), xs)?;
                xs.apply_op1(SameShape(Kind::$kind))
            }
        )*
    };
}

rows! {
    /// Softmax over the last axis: [`rows::softmax_into`].
    softmax, Softmax: softmax_into, softmax_backward_into;
    /// The logarithm of softmax over the last axis: [`rows::log_softmax_into`].
    log_softmax, LogSoftmax: log_softmax_into, log_softmax_backward_into;
    /// Softmax of the negative over the last axis: [`rows::softmin_into`].
    softmin, Softmin: softmin_into, softmin_backward_into;
    /// Sparsemax over the last axis: [`rows::sparsemax_into`].
    sparsemax, Sparsemax: sparsemax_into, sparsemax_backward_into;
}

/// The logarithm of the sum of exponentials over the last axis, which goes away: [`rows::logsumexp_into`].
///
/// # Errors
///
/// There is no last axis, or it is empty; the elements are no floating-point numbers, or not on the CPU.
pub fn logsumexp(xs: &Tensor) -> Result<Tensor> {
    let row_length = row_length("logsumexp", xs)?;
    xs.apply_op1(OneAGroup { kind: Reduction::Logsumexp, group: row_length })?.squeeze(D::Minus1)
}

/// The largest of every `group` of neighbours on the last axis, `[.., n k]` to `[.., n]`: [`rows::maxout_into`].
///
/// # Errors
///
/// The last axis is no whole number of groups; the elements are no floating-point numbers, or not on the CPU.
pub fn maxout(xs: &Tensor, group: usize) -> Result<Tensor> {
    let row_length = row_length("maxout", xs)?;
    if group == 0 || !row_length.is_multiple_of(group) {
        bail!("maxout: the last axis of {:?} is no whole number of groups of {group}", xs.dims());
    }
    xs.apply_op1(OneAGroup { kind: Reduction::Maxout, group })
}

fn row_length(name: &str, xs: &Tensor) -> Result<usize> {
    match xs.dims().last() {
        Some(&length) if length > 0 => Ok(length),
        _ => bail!("{name}: a tensor of shape {:?} has no rows with elements", xs.dims()),
    }
}

struct SameShape(Kind);

impl CustomOp1 for SameShape {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let n = layout.dim(D::Minus1)?;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            stored(filled([(&x, n)], x.len() / n, n, |[x], to| self.0.into(x, n, to)), layout.shape())
        })
    }

    cpu_only!(_x);

    fn bwd(&self, _: &Tensor, output: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        output.apply_op2(grad_output, SameShapeBackward(self.0)).map(Some)
    }
}

/// From the output and its gradient.
struct SameShapeBackward(Kind);

impl CustomOp2 for SameShapeBackward {
    fn name(&self) -> &'static str {
        "gradient of a function of rows"
    }

    fn cpu_fwd(
        &self,
        output: &CpuStorage,
        layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let n = layout.dim(D::Minus1)?;
        with_element!(output, self.name(), |T| {
            let output = elements::<T>(output, layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let operands = [(&*output, n), (&*grad_output, n)];
            let grad_input = filled(operands, output.len() / n, n, |[output, grad_output], grad_input| {
                self.0.backward_into(output, grad_output, n, grad_input);
            });
            stored(grad_input, layout.shape())
        })
    }

    cpu_only!(_output, _grad_output);
}

/// What makes one number of every group.
#[derive(Clone, Copy)]
enum Reduction {
    Logsumexp,
    Maxout,
}

impl Reduction {
    fn into<T: Element>(self, input: &[T], group: usize, output: &mut [T]) {
        match self {
            Reduction::Logsumexp => rows::logsumexp_into(input, group, output),
            Reduction::Maxout => rows::maxout_into(input, group, output),
        }
    }

    fn backward_into<T: Element>(self, input: &[T], grad_output: &[T], group: usize, grad_input: &mut [T]) {
        match self {
            Reduction::Logsumexp => rows::logsumexp_backward_into(input, grad_output, group, grad_input),
            Reduction::Maxout => rows::maxout_backward_into(input, grad_output, group, grad_input),
        }
    }
}

struct OneAGroup {
    kind: Reduction,
    group: usize,
}

impl CustomOp1 for OneAGroup {
    fn name(&self) -> &'static str {
        match self.kind {
            Reduction::Logsumexp => "logsumexp",
            Reduction::Maxout => "maxout",
        }
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let k = self.group;
        let mut dims = layout.dims().to_vec();
        let last = dims.len() - 1;
        dims[last] /= k;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            stored(filled([(&x, k)], x.len() / k, 1, |[x], to| self.kind.into(x, k, to)), dims)
        })
    }

    cpu_only!(_x);

    fn bwd(&self, x: &Tensor, _: &Tensor, grad_output: &Tensor) -> Result<Option<Tensor>> {
        let OneAGroup { kind, group } = *self;
        x.apply_op2(grad_output, OneAGroupBackward { kind, group }).map(Some)
    }
}

/// From the input and the gradient by the output.
struct OneAGroupBackward {
    kind: Reduction,
    group: usize,
}

impl CustomOp2 for OneAGroupBackward {
    fn name(&self) -> &'static str {
        "gradient of a reduction of rows"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        layout: &Layout,
        grad_output: &CpuStorage,
        grad_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let k = self.group;
        with_element!(x, self.name(), |T| {
            let x = elements::<T>(x, layout)?;
            let grad_output = elements::<T>(grad_output, grad_layout)?;
            let operands = [(&*x, k), (&*grad_output, 1)];
            let grad_input = filled(operands, x.len() / k, k, |[x, grad_output], grad_input| {
                self.kind.backward_into(x, grad_output, k, grad_input);
            });
            stored(grad_input, layout.shape())
        })
    }

    cpu_only!(_x, _grad_output);
}
