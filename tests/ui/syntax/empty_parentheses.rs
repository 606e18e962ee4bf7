use activation_core::define_activation;

define_activation! {
    pub Hole(x) = x * ();
}

fn main() {}
