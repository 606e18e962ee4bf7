use activation_core::define_activation;

define_activation! {
    pub Word(x; self = 1, fn = 2, type = 3) = self * fn * type * x;
    pub Variable(match) = match^2;
}

fn main() {}
