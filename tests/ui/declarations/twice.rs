use activation_core::define_activation;

define_activation! {
    pub Relu(x) = max(x, 0);
    pub Relu(x) = max(0, x);
}

fn main() {}
