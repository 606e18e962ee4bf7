use activation_core::define_activation;

define_activation! {
    pub First(x) = x^2
    pub Second(x) = x^3;
    Third(x) = x^4
    Fourth(x) = x^5
}

fn main() {}
