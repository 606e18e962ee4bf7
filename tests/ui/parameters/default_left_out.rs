use activation_core::define_activation;

define_activation! {
    pub Leak(x; slope) = max(slope * x, x);
    pub Learned(x; learn slope) = max(slope * x, x);
    pub Equals(x; slope =) = slope * x;
}

fn main() {}
