use activation_core::define_activation;

define_activation! {
    pub Taken(x; x = 1) = x;
    pub Function(x; exp = 1) = exp(x);
    pub Constant(x; pi = 3) = pi * x;
    pub Variable(tanh) = tanh^2;
}

fn main() {}
