use activation_core::define_activation;

define_activation! {
    pub Growth(x) = foo(x);
}

fn main() {}
