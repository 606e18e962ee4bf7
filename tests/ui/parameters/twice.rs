use activation_core::define_activation;

define_activation! {
    pub Twice(x; a = 1, a = 2) = a * x;
}

fn main() {}
