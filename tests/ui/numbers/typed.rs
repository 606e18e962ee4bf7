use activation_core::define_activation;

define_activation! {
    pub Half(x) = 0.5f32 * x + 2f64;
    pub Third(x) = 3usize * x;
}

fn main() {}
