use activation_core::define_activation;

define_activation! {
    pub Band(x) = if x > 0 && x < 1 { x } else { 0 };
    pub Words(x) = if x < 0 or x > 1 { x } else { 0 };
}

fn main() {}
