use activation_core::define_activation;

define_activation! {
    pub Text(x) = x * "2" + 'a' + b"3";
}

fn main() {}
