use activation_core::define_activation;

define_activation! {
    pub Leak(x; slope = 0.01) = slope(x) + x(x + 1) + pi(x);
}

fn main() {}
