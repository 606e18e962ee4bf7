use activation_core::define_activation;

define_activation! {
    /// Another function.
    #[stable(forward = x + 1e-3)]
    pub Shifted(x) = x;

    /// The right one, but not the derivative.
    #[stable(forward = x * sigmoid(x), derivative = sigmoid(x))]
    pub Gate(x) = x / (1 + exp(-x));

    /// Right at the default, wrong beside it.
    #[stable(slope = if x > 0 { 0 } else { 4 * slope * x })]
    pub Leak(x; learn slope = 0.25) = if x > 0 { x } else { slope * x };

    /// A form that cancels is refused like a formula.
    #[stable(forward = x - 1 + sin(exp(x))^2 + cos(exp(x))^2)]
    pub Cancels(x) = x;
}

fn main() {}
