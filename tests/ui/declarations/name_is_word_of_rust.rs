use activation_core::define_activation;

define_activation! {
    pub fn(x) = x^2;
    pub Self(x) = x^2;
}

fn main() {}
