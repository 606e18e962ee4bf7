use activation_core::define_activation;

define_activation! {
    pub Many(x) = 0xFF * x;
}

fn main() {}
