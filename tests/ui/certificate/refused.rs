use activation_core::define_activation;

define_activation! {
    /// From exp(x) = 2^53 on, not even the multiple of pi is known.
    pub Wild(x) = sin(exp(x));

    /// The limit of ln(ln(x)) is infinite, slower than anything that the compiler knows.
    pub Slow(x; shift = 1) = ln(shift + ln(1 + x^2));

    /// Only the derivative by the parameter.
    pub Steep(x; learn rate = 3) = tanh(x) + sin(rate * x^9) / 100;
}

fn main() {
    // The types are there all the same: nothing else fails.
    let _ = (Wild, Slow::default(), Steep { rate: 2.0 });
}
