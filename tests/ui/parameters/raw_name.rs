use activation_core::define_activation;

define_activation! {
    pub Raw(x; r#type = 1) = r#type * x;
}

fn main() {}
