use activation_core::define_activation;

define_activation! {
    pub Wave(x) = sin x + 1;
}

fn main() {}
