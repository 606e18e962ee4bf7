use activation_core::define_activation;

define_activation! {
    pub Leak(x; slope = x / 2) = slope * x;
    pub Next(x; a = 1, b = a) = a * b * x;
}

fn main() {}
