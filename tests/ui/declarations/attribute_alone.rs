use activation_core::define_activation;

define_activation! {
    #[alias(nothing)];
    pub First(x) = x^2;
    #
}

fn main() {}
