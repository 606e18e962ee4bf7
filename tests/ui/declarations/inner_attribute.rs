use activation_core::define_activation;

define_activation! {
    #![lsit(pub ALL)]
    pub First(x) = x^2;
}

fn main() {}
