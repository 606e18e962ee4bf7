//! Shrinkage: small values become 0.

use crate::define_activation;

define_activation! {
    #![list(pub SHRINKAGE)]

    /// The variable where it is large, 0 elsewhere; jumps at ±lambda.
    ///
    /// Source: Donoho and Johnstone, Ideal spatial adaptation by wavelet shrinkage, 1994 (hard thresholding).
    #[alias(hardshrink)]
    pub HardShrink(x; lambda = 0.5) = if abs(x) > lambda { x } else { 0 };

    /// The variable moved towards 0 by lambda, and 0 where it is smaller than that.
    ///
    /// Source: Donoho and Johnstone, Ideal spatial adaptation by wavelet shrinkage, 1994 (soft thresholding).
    #[alias(softshrink)]
    pub SoftShrink(x; lambda = 0.5)
        = if x > lambda { x - lambda } else if x < -lambda { x + lambda } else { 0 };

    /// What tanh takes away; flat like x³/3 at 0.
    ///
    /// Source: `torch.nn.Tanhshrink`.
    #[alias(tanhshrink)]
    pub TanhShrink(x) = x - tanh(x);
}
