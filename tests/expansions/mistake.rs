#[allow(
    missing_docs,
    dead_code,
    non_camel_case_types,
    reason = "the declaration has an error"
)]
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Broken {
    pub slope: f64,
}
#[automatically_derived]
impl activation_core::Activation for Broken {
    const INFO: activation_core::Info = activation_core::Info::EMPTY;
    fn parameter(&self, _: usize) -> f64 {
        0.0
    }
    fn set_parameter(&mut self, _: usize, _: f64) {}
    fn forward_at<R: activation_core::Real>(&self, _value: R) -> R {
        _value
    }
    fn derivative_at<R: activation_core::Real>(&self, _value: R) -> R {
        _value
    }
    fn second_derivative_at<R: activation_core::Real>(&self, _value: R) -> R {
        _value
    }
    fn forward_with_derivative_at<R: activation_core::Real>(&self, _value: R) -> (R, R) {
        (_value, _value)
    }
    fn parameter_derivative_at<R: activation_core::Real>(
        &self,
        _: usize,
        _value: R,
    ) -> R {
        _value
    }
}
activation_core::activation_serde! {
    Broken
}
::core::compile_error! {
    "unknown function `epx`; did you mean `exp`?"
}
