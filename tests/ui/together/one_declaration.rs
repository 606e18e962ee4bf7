use activation_core::define_activation;

define_activation! {
    pub Everything(x; slope = 0.01, width, x = 3) =
        epx(slpe * x**2) + |width| / (2x + if x == 0 { y } else { 1.0f32 })
        + max(x) + ln(-1);
}

fn main() {}
