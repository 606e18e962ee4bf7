use activation_core::define_activation;

define_activation! {
    pub Short(x) = x +;
    pub Last(x) = x * 
}

fn main() {}
