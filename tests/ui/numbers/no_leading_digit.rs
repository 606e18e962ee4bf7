use activation_core::define_activation;

define_activation! {
    pub Half(x) = .5 * x;
}

fn main() {}
