use activation_core::define_activation;

define_activation! {
    pub Sawtooth(x) = x % 1;
}

fn main() {}
