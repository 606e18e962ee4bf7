use activation_core::define_activation;

define_activation! {
    pub Growth(x) = f64::exp(x) - std::f64::exp(-x);
}

fn main() {}
