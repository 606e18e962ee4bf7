use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = x else { 0 };
}

fn main() {}
