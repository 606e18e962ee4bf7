use activation_core::define_activation;

define_activation! {
    pub Ramp(x) = if x => 0 { x } else { 0 };
    pub Left(x) = if x =< 0 { 0 } else { x };
}

fn main() {}
