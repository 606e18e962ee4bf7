use activation_core::define_activation;

define_activation! {
    #[stable]
    pub A(x) = x;

    #[stable()]
    pub B(x) = x;

    #[stable(gradient = 1)]
    pub C(x) = x;

    #[stable(forward)]
    pub D(x) = x;

    #[stable(forward = x, forward = x)]
    pub E(x) = x;

    #[stable(forward = y)]
    pub F(x) = x;

    #[unchecked(forward)]
    pub G(x) = x;

    #[stable(forward = tnah(x))]
    pub H(x) = tanh(x);
}

fn main() {}
