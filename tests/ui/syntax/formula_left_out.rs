use activation_core::define_activation;

define_activation! {
    pub Nothing(x) =;
}

fn main() {}
