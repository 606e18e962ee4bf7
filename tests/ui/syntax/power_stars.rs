use activation_core::define_activation;

define_activation! {
    pub Square(x) = x**2;
}

fn main() {}
