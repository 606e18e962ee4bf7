//! Gates: the variable times something that opens with it.

use crate::define_activation;

define_activation! {
    #![list(pub GATES)]

    /// Gaussian error linear unit: x times the probability that a normal variable is below it.
    ///
    /// The default of PyTorch, ONNX, MLX and burn; JAX and candle's `Tensor::gelu` default to [`GeluTanh`].
    ///
    /// Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.
    #[alias(gelu_exact, gelu_erf)]
    pub Gelu(x) = x * (1 + erf(x / sqrt(2))) / 2;

    /// GELU with the error function approximated by a tanh.
    ///
    /// JAX and candle's `Tensor::gelu` call this gelu.
    ///
    /// Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.
    #[alias(gelu_new, gelu_pytorch_tanh, gelu_approx)]
    pub GeluTanh(x) = x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715*x^3)));

    /// GELU approximated by a sigmoid, as in CLIP.
    ///
    /// Source: Hendrycks and Gimpel, Gaussian error linear units, 2016.
    pub QuickGelu(x) = x / (1 + exp(-1.702*x));

    /// Sigmoid linear unit.
    ///
    /// Source: Elfwing, Uchibe and Doya, Sigmoid-weighted linear units for neural network function
    /// approximation in reinforcement learning, 2017.
    #[alias(swish1)]
    pub Silu(x) = x / (1 + exp(-x));

    /// SiLU with a learned steepness: linear at beta = 0, ReLU as beta grows.
    ///
    /// Source: Ramachandran, Zoph and Le, Searching for activation functions, 2017.
    pub Swish(x; learn beta = 1) = x / (1 + exp(-beta*x));

    /// SiLU with the piecewise linear sigmoid of slope 1/6.
    ///
    /// hard_swish'(-3) = 0 and hard_swish'(3) = 1, as in PyTorch and JAX; burn has -1/2 and 3/2.
    ///
    /// Source: Howard and others, Searching for MobileNetV3, 2019.
    #[alias(hardswish, hard_silu)]
    pub HardSwish(x) = if x <= -3 { 0 } else if x < 3 { x*(x+3)/6 } else { x };

    /// Self-regularised gate: tanh of softplus.
    ///
    /// Source: Misra, Mish: a self regularized non-monotonic activation function, 2019.
    pub Mish(x) = x * tanh(ln(1 + exp(x)));

    /// Mish made of a parabola and two straight lines.
    ///
    /// Source: timm, `HardMish`, 2019.
    pub HardMish(x) = x/2 * clamp(x + 2, 0, 2);

    /// Mish with the error function in place of tanh.
    ///
    /// Source: Nag and Bhattacharyya, SERF: towards better training of deep neural networks using log-softplus
    /// error activation function, 2021.
    pub Serf(x) = x * erf(ln(1 + exp(x)));

    /// Gate that opens with tanh of the exponential.
    ///
    /// Source: Liu and Di, TanhExp: a smooth activation function with high convergence speed, 2020; Fernandez
    /// and Mali, Hyperbolic tangent exponential linear unit (TeLU), 2024.
    #[alias(telu)]
    pub TanhExp(x) = x * tanh(exp(x));

    /// Gate that opens with the logarithm of one plus the sigmoid.
    ///
    /// Source: Zhu and others, Logish: a new nonlinear nonmonotonic activation function, 2021.
    pub Logish(x) = x * ln(1 + 1/(1 + exp(-x)));

    /// Logish through tanh.
    ///
    /// Source: Wang, Ren and Wang, Smish: a novel activation function for deep learning methods, 2022.
    pub Smish(x) = x * tanh(ln(1 + 1/(1 + exp(-x))));

    /// Gate that opens with tanh of GELU.
    ///
    /// Source: Naveen, Phish: a novel hyper-optimizable activation function, 2022.
    pub Phish(x) = x * tanh(x * (1 + erf(x / sqrt(2))) / 2);

    /// Mish's shape from one tanh.
    ///
    /// Source: Kumar, APTx: better activation function than Mish, Swish, and ReLU's variants used in deep
    /// learning, 2022.
    pub Aptx(x; alpha = 1, beta = 1, gamma = 1/2) = (alpha + tanh(beta*x)) * gamma * x;

    /// SiLU on the right, ELU times sigmoid on the left.
    ///
    /// Source: Basirat and Roth, The quest for the golden activation function, 2018.
    pub Elish(x) = if x > 0 { x / (1 + exp(-x)) } else { (exp(x) - 1) / (1 + exp(-x)) };

    /// Linearly scaled tanh: even and never negative.
    ///
    /// Source: Roy, Manna, Dubey and Chaudhuri, LiSHT: non-parametric linearly scaled hyperbolic tangent
    /// activation function, 2019.
    pub Lisht(x) = x * tanh(x);

    /// Growing cosine unit. It has no limit at ±∞: NaN there.
    ///
    /// Source: Noel, Trivedi and Dutta, Growing cosine unit: a novel oscillatory activation function, 2021.
    pub Gcu(x) = x * cos(x);

    /// Identity with a ripple, for periodic data; the frequency must not be 0.
    ///
    /// Source: Ziyin, Hartwig and Ueda, Neural networks fail to learn periodic functions and how to fix it,
    /// 2020.
    pub Snake(x; learn frequency = 1) = x + sin(frequency*x)^2 / frequency;
}
