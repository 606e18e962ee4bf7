use activation_core::define_activation;

define_activation! {
    pub Name(x) = self * x + fn;
}

fn main() {}
