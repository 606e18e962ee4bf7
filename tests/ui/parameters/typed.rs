use activation_core::define_activation;

define_activation! {
    pub Leak(x: f32; slope: f32 = 0.01) = max(slope * x, x);
}

fn main() {}
