use activation_core::define_activation;

define_activation! {
    pub Flip(x) = !x;
}

fn main() {}
