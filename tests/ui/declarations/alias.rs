use activation_core::define_activation;

define_activation! {
    #[alias]
    pub First(x) = x^2;
    #[alias(2)]
    pub Second(x) = x^2;
    #[alias(one two)]
    pub Third(x) = x^2;
}

fn main() {}
