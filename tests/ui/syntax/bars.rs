use activation_core::define_activation;

define_activation! {
    pub Softsign(x) = x / (1 + |x|);
}

fn main() {}
