use activation_core::define_activation;

define_activation! {
    pub Double(x) = 2 x;
    pub Bracket(x) = 2 (x + 1);
    pub Suffix(x; slope = 1) = 2x + 3slope + 2tanh(x);
}

fn main() {}
