use activation_core::define_activation;

define_activation! {
    pub Spike(x) = if x == 0 { 1 } else { 0 };
    pub Hole(x) = if x != 0 { x } else { 1 };
    pub Assign(x) = if x = 0 { x } else { 1 };
}

fn main() {}
