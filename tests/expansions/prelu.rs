/// ReLU whose leak is learned.
///
/// ```text
/// f(z)   = if z > 0 { z } else { slope * z }
/// f'(z)  = if z > 0 { 1 } else { slope }
/// df/dslope = if z > 0 { 0 } else { z }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prelu {
    /// Learned, 0.25 by default.
    pub slope: f64,
}
#[automatically_derived]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    unused_variables,
    non_snake_case,
    reason = "generated; names and numbers are the author's"
)]
impl ::core::default::Default for Prelu {
    fn default() -> Self {
        Prelu { slope: 0.25 }
    }
}
#[automatically_derived]
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    unused_variables,
    non_snake_case,
    reason = "generated; names and numbers are the author's"
)]
impl activation_core::Activation for Prelu {
    const INFO: activation_core::Info = activation_core::Info {
        name: "prelu",
        aliases: &[],
        docs: "ReLU whose leak is learned.",
        variable: "z",
        formula: "if z > 0 { z } else { slope * z }",
        derivative: "if z > 0 { 1 } else { slope }",
        second_derivative: "0",
        parameters: &[
            activation_core::ParameterInfo {
                name: "slope",
                docs: "",
                learned: true,
                default: 0.25,
                default_text: "0.25",
                range: (-f64::INFINITY, f64::INFINITY),
                derivative: "if z > 0 { 0 } else { z }",
            },
        ],
    };
    fn parameter(&self, index: usize) -> f64 {
        match index {
            0 => self.slope,
            _ => activation_core::no_such_parameter(&Self::INFO, index),
        }
    }
    fn set_parameter(&mut self, index: usize, value: f64) {
        match index {
            0 => self.slope = value,
            _ => {
                activation_core::no_such_parameter(&Self::INFO, index);
            }
        }
    }
    #[inline]
    fn single_arithmetic(
        &self,
        output: activation_core::Output,
    ) -> activation_core::SingleArithmetic {
        match output {
            activation_core::Output::Forward if activation_core::is_single(
                self.slope,
            ) => activation_core::SingleArithmetic::RoundedOnce,
            activation_core::Output::Derivative if activation_core::is_single(
                self.slope,
            ) => activation_core::SingleArithmetic::Exact,
            activation_core::Output::SecondDerivative => {
                activation_core::SingleArithmetic::Exact
            }
            activation_core::Output::ParameterDerivative(0) => {
                activation_core::SingleArithmetic::Exact
            }
            _ => activation_core::SingleArithmetic::Rough,
        }
    }
    #[inline(always)]
    fn forward_at<R: activation_core::Real>(&self, z: R) -> R {
        let slope = z.literal(self.slope);
        R::select(z.literal(0.0).less(z), z, z * slope)
    }
    #[inline(always)]
    fn derivative_at<R: activation_core::Real>(&self, z: R) -> R {
        let slope = z.literal(self.slope);
        R::select(z.literal(0.0).less(z), z.literal(1.0), slope)
    }
    #[inline(always)]
    fn second_derivative_at<R: activation_core::Real>(&self, z: R) -> R {
        z.literal(0.0)
    }
    #[inline(always)]
    fn forward_with_derivative_at<R: activation_core::Real>(&self, z: R) -> (R, R) {
        let slope = z.literal(self.slope);
        (
            R::select(z.literal(0.0).less(z), z, z * slope),
            R::select(z.literal(0.0).less(z), z.literal(1.0), slope),
        )
    }
    #[inline(always)]
    fn parameter_derivative_at<R: activation_core::Real>(
        &self,
        index: usize,
        z: R,
    ) -> R {
        match index {
            0 => R::select(z.literal(0.0).less(z), z.literal(0.0), z),
            _ => z.literal(activation_core::no_such_parameter(&Self::INFO, index)),
        }
    }
}
#[cfg(test)]
activation_core::activation_tests! {
    Prelu, PreluAsWritten, [prelu_forward_is_the_formula, prelu_derivative_is_its_slope,
    prelu_second_derivative_is_the_slopes_slope,
    prelu_parameter_derivatives_are_its_slopes, prelu_special_values_and_limits,
    prelu_slices_equal_scalars], fn at < R : activation_core::Real > (& self, z : R,
    values : & [R]) -> R { let slope = values[0]; R::if_less(z.decimal("0"), z, z, (slope
    * z)) }
}
