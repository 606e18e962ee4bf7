use activation_core::define_activation;

define_activation! {
    pub Signs(x) = ------------------------------------------------------------------------------------------------------------------------x;
}

fn main() {}
