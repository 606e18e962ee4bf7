//! Rectifiers: one side passes, the other is held back.

use crate::define_activation;

define_activation! {
    #![list(pub RECTIFIERS)]

    /// Rectified linear unit. A unit whose inputs are all negative gets no gradient and dies.
    ///
    /// relu'(0) = 0 as in PyTorch, JAX and burn; candle has 1.
    ///
    /// Source: Fukushima, 1969; Nair and Hinton, Rectified linear units improve restricted Boltzmann machines,
    /// 2010.
    pub Relu(x) = max(0, x);

    /// ReLU that stops at 6.
    ///
    /// The derivative at 0 and 6 is 0, as in PyTorch and JAX; burn has 1, candle 1/2.
    ///
    /// Source: Krizhevsky, Convolutional deep belief networks on CIFAR-10, 2010.
    pub Relu6(x) = if x <= 0 { 0 } else if x < 6 { x } else { 6 };

    /// Square of ReLU; its derivative has no jump.
    ///
    /// Source: So and others, Primer: searching for efficient transformers for language modeling, 2021.
    #[alias(relu2, squared_relu)]
    pub ReluSquared(x) = max(0, x)^2;

    /// ReLU that leaks on the negative side, so that no unit dies.
    ///
    /// The slope is 0.01 in PyTorch, JAX and ONNX, 0.2 in TensorFlow, 0.3 in Keras' layer, 0.05 in dfdx.
    ///
    /// Source: Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models, 2013.
    #[alias(lrelu)]
    pub LeakyRelu(x; slope = 0.01) = if x > 0 { x } else { slope * x };

    /// ReLU whose leak is learned.
    ///
    /// The slope starts at 0.25 in PyTorch, candle and burn, at 0 in Keras.
    ///
    /// Source: He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.
    #[alias(parametric_relu)]
    pub Prelu(x; learn slope = 0.25) = if x > 0 { x } else { slope * x };

    /// Randomised leaky ReLU as it is used for evaluation: with the mean of the slopes.
    ///
    /// Source: Xu, Wang, Chen and Li, Empirical evaluation of rectified activations in convolutional network,
    /// 2015.
    #[alias(randomized_relu)]
    pub Rrelu(x; lower = 1/8, upper = 1/3) = if x > 0 { x } else { (lower+upper)/2 * x };

    /// The variable above a threshold, a constant elsewhere.
    ///
    /// Source: `torch.nn.Threshold`.
    pub Threshold(x; theta = 0, value = 0) = if x > theta { x } else { value };

    /// ReLU that opens at a threshold, with a jump.
    ///
    /// Source: Konda, Memisevic and Krueger, Zero-bias autoencoders and the benefits of co-adapting features,
    /// 2014.
    #[alias(trelu)]
    pub ThresholdedRelu(x; theta = 1) = if x > theta { x } else { 0 };

    /// Exponential linear unit: saturates at -alpha.
    ///
    /// Source: Clevert, Unterthiner and Hochreiter, Fast and accurate deep network learning by exponential
    /// linear units, 2015.
    pub Elu(x; alpha = 1) = if x > 0 { x } else { alpha * (exp(x) - 1) };

    /// ELU with a continuous derivative for every alpha but 0.
    ///
    /// Source: Barron, Continuously differentiable exponential linear units, 2017.
    pub Celu(x; alpha = 1) = if x > 0 { x } else { alpha * (exp(x/alpha) - 1) };

    /// Scaled ELU whose constants make mean 0 and variance 1 a fixed point.
    ///
    /// MLX and tract use six digits of the constants, the ONNX schema their f32 rounding.
    ///
    /// Source: Klambauer, Unterthiner, Mayr and Hochreiter, Self-normalizing neural networks, 2017.
    pub Selu(x; scale = 1.0507009873554804934193349852946, alpha = 1.6732632423543772848170429916717)
        = if x > 0 { scale*x } else { scale*alpha*(exp(x) - 1) };

    /// Smooth ReLU; its derivative is the sigmoid. Beta must not be 0.
    ///
    /// PyTorch and burn switch to x beyond beta·x = 20; this does not.
    ///
    /// Source: Dugas, Bengio, Bélisle, Nadeau and Garcia, Incorporating second-order functional knowledge for
    /// better option pricing, 2000.
    pub Softplus(x; beta = 1) = ln(1 + exp(beta*x)) / beta;

    /// Smooth ReLU without exponentials.
    ///
    /// Source: Barron, Squareplus: a softplus-like algebraic rectifier, 2021.
    pub Squareplus(x; b = 4 in 0..) = (x + sqrt(x^2 + b)) / 2;

    /// Smooth ReLU that is exactly 0 below -1 and exactly x above 1.
    ///
    /// Source: Blondel and Roulet, The elements of differentiable programming, 2024; `jax.nn.sparse_plus`.
    pub SparsePlus(x) = if x <= -1 { 0 } else if x < 1 { (x+1)^2/4 } else { x };

    /// Smooth absolute value; its derivative is tanh.
    ///
    /// Source: folklore; NNlib `logcosh`.
    pub Logcosh(x) = ln(cosh(x));

    /// Identity with a bend at 0: slope 1/2 on the left, 3/2 on the right.
    ///
    /// Source: folklore.
    pub BentIdentity(x) = (sqrt(x^2 + 1) - 1)/2 + x;

    /// Inverse square root linear unit: ELU without exponentials.
    ///
    /// Source: Carlile and others, Improving deep learning by inverse square root linear units, 2017.
    pub Isrlu(x; alpha = 1 in 0..) = if x > 0 { x } else { x / sqrt(1 + alpha*x^2) };

    /// Square root of softplus.
    ///
    /// Source: `sqrtsoftplus`, router function of DeepSeek's mixture of experts in Hugging Face transformers.
    pub SqrtSoftplus(x) = sqrt(ln(1 + exp(x)));

    /// Integral of an ELU with a learned curvature on each side.
    ///
    /// Source: Huang and Schlag, Deriving activation functions using integration, 2024.
    pub Xielu(x; learn alpha_p = 0.8, learn alpha_n = 0.8, beta = 0.5)
        = if x > 0 { alpha_p*x^2 + beta*x } else { alpha_n*(exp(x) - 1 - x) + beta*x };
}
