use activation_core::define_activation;

define_activation! {
    pub Hole(x; a = 1,, b = 2) = a * x + b;
}

fn main() {}
