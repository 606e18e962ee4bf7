use activation_core::define_activation;

define_activation! {
    pub Constant(x) = 3;
    pub Parameter(x; a = 1) = 2 * a;
}

fn main() {}
