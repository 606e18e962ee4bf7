use activation_core::define_activation;

define_activation! {
    pub Scaled(x; slope = 0.01) = q * x + slope;
}

fn main() {}
