use activation_core::define_activation;

define_activation! {
    pub Step(x) = x * (x > 0);
}

fn main() {}
