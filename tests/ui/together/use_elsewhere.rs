use activation_core::{Activation, define_activation};

define_activation! {
    #![list(pub ALL)]

    pub Leak(x; slope = 0.01, learn gain = 1) = gain * max(slpe * x, x);
    pub Plain(x) = epx(x);
    pub Unreadable = x^2;
    pub(crate) Twice(x; a = 1, a = 2) = a * x;
    pub Words(x; self = 1) = self * x;
    Private(x) = x +;
}

mod inside {
    activation_core::define_activation! {
        pub(super) Inner(x) = x.foo();
    }
}

pub struct Layer {
    pub leak: Leak,
    pub plain: Plain,
}

fn main() {
    let layer = Layer { leak: Leak { slope: 0.1, ..Leak::default() }, plain: Plain };
    let mut values = [1.0_f32, -1.0];
    layer.leak.forward_in_place(&mut values);
    println!("{} {:?}", layer.plain.derivative(1.0), values);
    println!("{:?} {:?} {}", Unreadable, Twice { a: 1.0 }, Private == Private);
    println!("{:?} {}", Words::default(), inside::Inner.forward(2.0_f64));
    println!("{} {}", Leak::INFO.formula, ALL.len());
}
