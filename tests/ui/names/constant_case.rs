use activation_core::define_activation;

define_activation! {
    pub Circle(x) = Pi * x^2;
}

fn main() {}
