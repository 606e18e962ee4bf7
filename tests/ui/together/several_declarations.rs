use activation_core::define_activation;

define_activation! {
    pub First(x) = epx(x);
    pub Good(x) = x^2;
    pub Second(z; slope = 1) = z**2;
    pub Third(x; width = 2) = x^2;
    pub Fourth(x) = if x > 0 { x };
}

fn main() {}
