use activation_core::define_activation;

define_activation! {
    #![list(ALL of them)]
    pub First(x) = x^2;
}

fn main() {}
