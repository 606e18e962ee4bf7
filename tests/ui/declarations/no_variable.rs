use activation_core::define_activation;

define_activation! {
    pub Constant() = 1;
    pub Number(2) = 1;
    pub Missing = x^2;
}

fn main() {}
