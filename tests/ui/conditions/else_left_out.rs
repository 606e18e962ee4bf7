use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = if x < 0 { 1 };
    pub Chain(x) = if x < 0 { 1 } else if x < 1 { x };
}

fn main() {}
