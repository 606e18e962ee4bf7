use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = if x { 1 } else { 0 };
}

fn main() {}
