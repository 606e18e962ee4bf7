use activation_core::define_activation;

macro_rules! gated {
    ($name:ident, $gate:expr) => {
        define_activation! {
            /// A gate that somebody else writes.
            pub $name(x; slope = 1) = x * $gate + slope * tnah(x);
        }
    };
}

gated!(First, sigmoid(2.0f32 * x));
gated!(Second, sigmod(x));

fn main() {}
