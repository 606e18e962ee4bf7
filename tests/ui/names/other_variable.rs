use activation_core::define_activation;

define_activation! {
    pub Square(z) = x^2;
}

fn main() {}
