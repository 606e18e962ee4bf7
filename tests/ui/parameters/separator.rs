use activation_core::define_activation;

define_activation! {
    pub Two(x; a = 1; b = 2) = a * x + b;
    pub Three(x; a = 1 b = 2) = a * x + b;
}

fn main() {}
