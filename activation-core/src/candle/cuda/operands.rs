//! Elements of a tensor on a GPU in the order of its shape, whatever its layout; values with their gates.

use super::OnDevice;
use crate::gated::Gate;
use candle_core::backend::{BackendDevice, BackendStorage};
use candle_core::cuda_backend::cudarc::driver::CudaView;
use candle_core::{CudaStorage, Layout, Result, bail};
use std::marker::PhantomData;

/// Where they are, if they lie in a row; copied otherwise, by candle.
pub(super) enum Operand<'a, T> {
    There(&'a CudaStorage, std::ops::Range<usize>, PhantomData<T>),
    Copied(CudaStorage),
}

impl<'a, T: OnDevice> Operand<'a, T> {
    pub(super) fn new(storage: &'a CudaStorage, layout: &Layout) -> Result<Self> {
        Ok(match layout.contiguous_offsets() {
            Some((start, end)) => Operand::There(storage, start..end, PhantomData),
            None => {
                let mut copy = storage.device().zeros_impl(layout.shape(), T::DTYPE)?;
                storage.copy_strided_src(&mut copy, 0, layout)?;
                Operand::Copied(copy)
            }
        })
    }

    pub(super) fn view(&self) -> Result<CudaView<'_, T>> {
        Ok(match self {
            Operand::There(storage, range, _) => storage.as_cuda_slice::<T>()?.slice(range.clone()),
            Operand::Copied(storage) => storage.as_cuda_slice::<T>()?.as_view(),
        })
    }
}

/// Values and gates: rows of `width` numbers whose beginnings are `row` numbers apart, `count` in all.
pub(super) struct Rows<'a, T> {
    pub(super) value: CudaView<'a, T>,
    pub(super) gate: CudaView<'a, T>,
    pub(super) width: usize,
    pub(super) row: usize,
    pub(super) count: usize,
    /// Where in the array of both the gradients by values begin, and those by gates.
    pub(super) to: [usize; 2],
}

impl<'a, T: OnDevice> Rows<'a, T> {
    /// The halves of rows of `2 n` numbers.
    pub(super) fn halves(x: &'a Operand<'_, T>, gate: Gate, n: usize, rows: usize) -> Result<Self> {
        let x = x.view()?;
        let second = x.slice(n.min(x.len())..);
        let (value, gate, to) = match gate {
            Gate::First => (second, x, [n, 0]),
            Gate::Second => (x, second, [0, n]),
        };
        Ok(Rows { value, gate, width: n, row: 2 * n, count: n * rows, to })
    }

    /// Two tensors; one row of each.
    pub(super) fn two(value: &'a Operand<'_, T>, gate: &'a Operand<'_, T>) -> Result<Self> {
        let (value, gate) = (value.view()?, gate.view()?);
        let count = value.len();
        if gate.len() != count {
            bail!("{count} values and {} gates", gate.len());
        }
        let width = count.max(1);
        Ok(Rows { value, gate, width, row: width, count, to: [0, count] })
    }
}
