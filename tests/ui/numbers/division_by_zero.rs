use activation_core::define_activation;

define_activation! {
    pub Over(x) = x / 0;
    pub Hidden(x) = x / (2 - 2);
    pub Power(x) = 0^-1 * x;
}

fn main() {}
