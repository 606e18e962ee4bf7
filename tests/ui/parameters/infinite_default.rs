use activation_core::define_activation;

define_activation! {
    pub Wide(x; width = 1 / 0) = x / width;
    pub Log(x; base = ln(-1)) = x * base;
}

fn main() {}
