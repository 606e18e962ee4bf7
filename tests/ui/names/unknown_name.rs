use activation_core::define_activation;

define_activation! {
    pub Leak(x; slope = 0.01) = max(slpe * x, x);
}

fn main() {}
