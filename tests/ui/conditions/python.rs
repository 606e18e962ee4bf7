use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = x if x > 0 else 0;
}

fn main() {}
