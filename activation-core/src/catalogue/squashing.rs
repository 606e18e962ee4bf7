//! Squashing functions: bounded, or bounded on one side.

use crate::define_activation;

define_activation! {
    #![list(pub SQUASHING)]

    /// The variable itself: no activation at all.
    ///
    /// Source: folklore.
    #[alias(linear)]
    pub Identity(x) = x;

    /// Heaviside's step, 0 at 0. Its derivative is 0 everywhere, so nothing is learned through it.
    ///
    /// Source: McCulloch and Pitts, A logical calculus of the ideas immanent in nervous activity, 1943. At 0,
    /// MLX gives 1 and `torch.heaviside` asks for the value; this is 0.
    #[alias(heaviside)]
    pub Step(x) = if x > 0 { 1 } else { 0 };

    /// Logistic sigmoid, between 0 and 1. Its derivative is at most 1/4 and dies off on both sides.
    ///
    /// Source: Verhulst, 1845; Rumelhart, Hinton and Williams, Learning representations by back-propagating
    /// errors, 1986.
    #[alias(logistic)]
    pub Sigmoid(x) = 1 / (1 + exp(-x));

    /// Hyperbolic tangent, between -1 and 1, zero-centred.
    ///
    /// Source: LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998.
    pub Tanh(x) = (exp(x) - exp(-x)) / (exp(x) + exp(-x));

    /// Tanh scaled so that f(±1) is ±1.
    ///
    /// Source: LeCun, Generalization and network design strategies, 1989.
    #[alias(stanh, lecun_tanh)]
    pub ScaledTanh(x; alpha = 1.7159, beta = 2/3) = alpha * tanh(beta * x);

    /// Sigmoid made of three straight lines, with slope 1/6.
    ///
    /// PyTorch, JAX, Keras 3 and candle call this hard_sigmoid. ONNX, Keras 2 and burn mean
    /// [`HardSigmoidOnnx`].
    ///
    /// Source: Howard and others, Searching for MobileNetV3, 2019.
    #[alias(hardsigmoid)]
    pub HardSigmoid(x) = if x <= -3 { 0 } else if x < 3 { x/6 + 1/2 } else { 1 };

    /// Sigmoid made of three straight lines, with slope 1/5.
    ///
    /// Keras 2, ONNX and burn call this hard_sigmoid. PyTorch, JAX, Keras 3 and candle mean [`HardSigmoid`].
    ///
    /// Source: Courbariaux, Bengio and David, BinaryConnect, 2015; ONNX operator HardSigmoid.
    #[alias(hard_sigmoid_keras2)]
    pub HardSigmoidOnnx(x; alpha = 0.2, beta = 0.5) = clamp(alpha*x + beta, 0, 1);

    /// Identity cut off at both ends.
    ///
    /// The derivative at the ends is 0, as in PyTorch; JAX has 1 there.
    ///
    /// Source: Collobert, Large scale machine learning, 2004.
    #[alias(hardtanh, clip)]
    pub HardTanh(x; lo = -1, hi = 1) = if x <= lo { lo } else if x < hi { x } else { hi };

    /// Tanh's slower relative: approaches ±1 like 1/x.
    ///
    /// Source: Turian, Bergstra and Bengio, Quadratic features and deep architectures for chunking, 2009.
    pub Softsign(x) = x / (1 + abs(x));

    /// Arc tangent, between -π/2 and π/2.
    ///
    /// Source: folklore.
    #[alias(atan)]
    pub Arctan(x) = atan(x);

    /// Inverse square root unit.
    ///
    /// Source: Carlile and others, Improving deep learning by inverse square root linear units, 2017.
    pub Isru(x; alpha = 1 in 0..) = x / sqrt(1 + alpha*x^2);

    /// Sigmoid made of three straight lines, with slope 1/2.
    ///
    /// The derivative at ±1 is 0; JAX, by a tie of its clip, has 1/4.
    ///
    /// Source: Martins and Astudillo, From softmax to sparsemax, 2016; `jax.nn.sparse_sigmoid`.
    pub SparseSigmoid(x) = if x <= -1 { 0 } else if x < 1 { (x+1)/2 } else { 1 };

    /// Bell curve of height 1.
    ///
    /// Source: Broomhead and Lowe, Radial basis functions, multi-variable functional interpolation and adaptive
    /// networks, 1988.
    pub Gaussian(x) = exp(-x^2);

    /// Normal distribution function that stands in for a squared ReLU inside attention.
    ///
    /// Called laplace in its paper, though its shape is that of the normal distribution.
    ///
    /// Source: Ma and others, Mega: moving average equipped gated attention, 2022.
    #[alias(laplace)]
    pub LaplaceCdf(x; mu = 0.707107, sigma = 0.282095)
        = (1 + erf((x - mu) / (sigma*sqrt(2)))) / 2;

    /// Logarithm of the logistic sigmoid.
    ///
    /// Source: folklore; `torch.nn.LogSigmoid`.
    #[alias(logsigmoid)]
    pub LogSigmoid(x) = -ln(1 + exp(-x));

    /// Sine, for implicit neural representations. It has no limit at ±∞: NaN there.
    ///
    /// Source: Sitzmann and others, Implicit neural representations with periodic activation functions, 2020
    /// (with omega = 30 in the first layer).
    #[alias(sine, siren)]
    pub Sin(x; omega = 1) = sin(omega * x);
}
