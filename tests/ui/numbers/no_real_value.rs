use activation_core::define_activation;

define_activation! {
    pub Log(x) = ln(-1) * x;
    pub Root(x) = sqrt(-2) + x;
    pub Power(x) = x + (-2)^0.5;
}

fn main() {}
