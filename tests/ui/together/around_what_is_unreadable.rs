use activation_core::define_activation;

define_activation! {
    pub Torn(x; slope = 1) = epx(x) + (x ? 1 : 2) * foo(x) + tnah(x @ 2) + bar(slope);
}

fn main() {}
