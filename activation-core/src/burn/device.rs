//! Tensors of any backend where the kernels are: on the CPU.

use ::burn_core as burn;
use burn::backend::DispatchDevice;
use burn::tensor::{Device, Tensor};

/// What `function` makes of the tensor; on the CPU and back, if it is elsewhere. burn's transfers are part of the graph.
pub(super) fn on_cpu<const D: usize>(
    x: Tensor<D>,
    function: impl FnOnce(Tensor<D>) -> Tensor<D>,
) -> Tensor<D> {
    let device = x.device();
    if is_cpu(&device) { function(x) } else { function(to_cpu(x)).to_device(&device) }
}

/// The tensor on the CPU.
pub(super) fn to_cpu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    if is_cpu(&x.device()) { x } else { x.to_device(&Device::flex()) }
}

fn is_cpu(device: &Device) -> bool {
    matches!(device.clone().without_autodiff().as_dispatch(), DispatchDevice::Flex(_))
}
