use activation_core::define_activation;

define_activation! {
    pub Wide(x; width = 2 in 10..0.1) = x / width;
}

fn main() {}
