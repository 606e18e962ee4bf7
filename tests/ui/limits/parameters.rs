use activation_core::define_activation;

define_activation! {
    pub Many(x; p0 = 1, p1 = 1, p2 = 1, p3 = 1, p4 = 1, p5 = 1, p6 = 1, p7 = 1, p8 = 1, p9 = 1, p10 = 1, p11 = 1, p12 = 1, p13 = 1, p14 = 1, p15 = 1, p16 = 1) = x * (p0 + p1 + p2 + p3 + p4 + p5 + p6 + p7 + p8 + p9 + p10 + p11 + p12 + p13 + p14 + p15 + p16);
}

fn main() {}
