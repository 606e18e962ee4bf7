use activation_core::define_activation;

define_activation! {
    pub Wide(x; width = 20 in 0.1..10) = x / width;
}

fn main() {}
