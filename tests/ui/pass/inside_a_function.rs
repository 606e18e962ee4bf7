use activation_core::{Activation, define_activation};

fn main() {
    define_activation! {
        /// Seen only here.
        Local(x; k = 2) = { let u = k * x; u^2 };
    }
    assert_eq!(Local::default().forward(3.0_f32), 36.0);
    assert_eq!(Local { k: 1.0 }.derivative(3.0_f32), 6.0);
}
