//! Kernels with their arguments: the one place where a GPU is trusted with memory.

use candle_core::cuda_backend::cudarc::driver::{
    CudaFunction, CudaView, CudaViewMut, LaunchArgs, LaunchConfig, PushKernelArg,
};
use candle_core::cuda_backend::{CudaDevice, WrapErr};
use candle_core::{Error, Result};

/// What a kernel is given: an array to read, or none, an array to write, or a number.
pub(super) trait Argument {
    fn push<'a>(&'a mut self, to: &mut LaunchArgs<'a>);
}

impl<T> Argument for CudaView<'_, T> {
    fn push<'a>(&'a mut self, to: &mut LaunchArgs<'a>) {
        to.arg(&*self);
    }
}

impl<T> Argument for Option<CudaView<'_, T>> {
    fn push<'a>(&'a mut self, to: &mut LaunchArgs<'a>) {
        const NULL: &u64 = &0;
        match self {
            Some(view) => view.push(to),
            None => _ = to.arg(NULL),
        }
    }
}

impl<T> Argument for CudaViewMut<'_, T> {
    fn push<'a>(&'a mut self, to: &mut LaunchArgs<'a>) {
        to.arg(self);
    }
}

/// A `long long`.
pub(super) struct Number(i64);

impl Number {
    /// No array has more elements than that.
    pub(super) fn new(number: usize) -> Self {
        Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Argument for Number {
    fn push<'a>(&'a mut self, to: &mut LaunchArgs<'a>) {
        to.arg(&self.0);
    }
}

const THREADS_OF_A_BLOCK: u32 = 256;

/// Runs a kernel on so many threads, which is its last argument.
#[allow(unsafe_code, reason = "a kernel cannot be launched otherwise")]
pub(super) fn launch(
    device: &CudaDevice,
    function: &CudaFunction,
    threads: usize,
    arguments: &mut [&mut dyn Argument],
) -> Result<()> {
    let blocks = threads.div_ceil(THREADS_OF_A_BLOCK as usize);
    let blocks = u32::try_from(blocks).map_err(|_| Error::msg(format!("{threads} elements are too many")))?;
    let config =
        LaunchConfig { grid_dim: (blocks, 1, 1), block_dim: (THREADS_OF_A_BLOCK, 1, 1), shared_mem_bytes: 0 };
    let stream = device.cuda_stream();
    let mut count = Number::new(threads);
    let mut launch = stream.launch_builder(function);
    for argument in arguments {
        argument.push(&mut launch);
    }
    count.push(&mut launch);
    // Safety: the kernels of `activation_export::Kernels` take what `Call` gives them, in number, order and type: this module is the
    // only one that launches them. Each looks at its index before anything else, reads and writes where the lengths that it is given
    // allow, which `Call` has checked against the arrays, and writes to nothing but the arrays that are borrowed mutably.
    unsafe { launch.launch(config) }.w()?;
    Ok(())
}
