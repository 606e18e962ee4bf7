use activation_core::define_activation;

define_activation! {
    pub Half(x) = 0,5 * x;
}

fn main() {}
