use activation_core::define_activation;

define_activation! {
    pub Wide(x; width = 2 in 10) = x / width;
    pub Round(x; width = 2 in (0.1, 10)) = x / width;
}

fn main() {}
