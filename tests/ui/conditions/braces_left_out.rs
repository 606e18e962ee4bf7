use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = if x > 0 x else 0;
    pub Then(x) = if x > 0 then x else 0;
}

fn main() {}
