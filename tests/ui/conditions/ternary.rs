use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = x > 0 ? x : 0;
    pub Bracket(x) = (x > 0) ? x : 0;
}

fn main() {}
