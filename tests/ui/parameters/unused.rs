use activation_core::define_activation;

define_activation! {
    pub Gauss(x; width = 2, height = 1) = exp(-x^2 / width);
}

fn main() {}
