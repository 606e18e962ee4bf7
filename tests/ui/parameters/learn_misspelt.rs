use activation_core::define_activation;

define_activation! {
    pub Leak(x; learned slope = 0.25) = max(slope * x, x);
    pub Nameless(x; learn) = x^2;
    pub Learn(x; learn = 1) = learn * x;
}

fn main() {}
