use activation_core::define_activation;

define_activation! {
    pub Leak(x; #[serde(default)] slope = 0.01, pub gain = 2) = slope * gain * x;
}

fn main() {}
