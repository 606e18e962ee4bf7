use activation_core::define_activation;

define_activation! {
    pub Bump(x; width = 2) = { let x = 3; let exp = 2 * x; let width = x; exp * width };
}

fn main() {}
