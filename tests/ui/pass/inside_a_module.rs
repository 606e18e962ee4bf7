mod shapes {
    pub mod bumps {
        activation_core::define_activation! {
            #![list(pub(crate) BUMPS)]
            pub(crate) Gauss(x; learn width = 1 in 0.1..) = exp(-(x / width)^2);
            pub(in crate::shapes) Hidden(x) = x^2;
            pub(super) Square(x) = x^2
        }
    }

    pub fn square(x: f64) -> f64 {
        use activation_core::Activation;
        bumps::Square.forward(x) + bumps::Hidden.forward(x)
    }
}

fn main() {
    use activation_core::Activation;
    assert_eq!(shapes::bumps::Gauss::default().forward(0.0_f64), 1.0);
    assert_eq!(shapes::square(2.0), 8.0);
    assert_eq!(shapes::bumps::BUMPS.len(), 3);
}
