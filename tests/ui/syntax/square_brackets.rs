use activation_core::define_activation;

define_activation! {
    pub Wave(x) = sin[x] + [x + 1] / 2;
}

fn main() {}
