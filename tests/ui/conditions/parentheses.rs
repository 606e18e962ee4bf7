use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = if (x > 0) { x } else { 0 };
    pub Both(x) = if (x > 0) && (x < 1) { x } else { 0 };
}

fn main() {}
