use activation_core::define_activation;

define_activation! {
    pub Growth(x) = x.exp() - 1;
    pub Floor(x) = x.max(0);
    pub Square(x) = x.powi(2);
}

fn main() {}
