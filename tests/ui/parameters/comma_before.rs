use activation_core::define_activation;

define_activation! {
    pub Leak(x, slope = 1) = slope * x;
    pub Two(x, y) = x * y;
}

fn main() {}
