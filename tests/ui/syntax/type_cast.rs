use activation_core::define_activation;

define_activation! {
    pub Half(x) = x as f64 / 2;
}

fn main() {}
