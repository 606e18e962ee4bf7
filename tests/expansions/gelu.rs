/// Gaussian error linear unit.
///
/// ```text
/// f(x)   = x * (1 + erf(x / sqrt(2))) / 2
/// f'(x)  = (erfc(-x / sqrt(2)) + sqrt(2 / pi) * x * exp(-x^2 / 2)) / 2
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gelu;
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
impl activation_core::Activation for Gelu {
    const INFO: activation_core::Info = activation_core::Info {
        name: "gelu",
        aliases: &["gelu_exact"],
        docs: "Gaussian error linear unit.",
        variable: "x",
        formula: "x * (1 + erf(x / sqrt(2))) / 2",
        derivative: "(erfc(-x / sqrt(2)) + sqrt(2 / pi) * x * exp(-x^2 / 2)) / 2",
        second_derivative: "exp(-x^2 / 2) * (2 - x^2) / sqrt(2 * pi)",
        parameters: &[],
    };
    fn parameter(&self, index: usize) -> f64 {
        match index {
            _ => activation_core::no_such_parameter(&Self::INFO, index),
        }
    }
    fn set_parameter(&mut self, index: usize, value: f64) {
        match index {
            _ => {
                activation_core::no_such_parameter(&Self::INFO, index);
            }
        }
    }
    #[inline]
    fn careful(output: activation_core::Output) -> &'static [activation_core::Interval] {
        match output {
            activation_core::Output::Derivative => {
                &[(-0.7518922686576843, -0.7516491413116455)]
            }
            _ => &[],
        }
    }
    #[inline(always)]
    fn forward_at<R: activation_core::Real>(&self, x: R) -> R {
        x
            * (-(x
                * x.constant(0.7071067811865476, -0.00000000000000004833646656726457)))
                .erfc() * x.literal(0.5)
    }
    #[inline(always)]
    fn derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        ((-(x * x.constant(0.7071067811865476, -0.00000000000000004833646656726457)))
            .erfc()
            + x * (-(x.powi(2) * x.literal(0.5))).exp()
                * x.constant(0.7978845608028654, -0.0000000000000000498465440455546))
            * x.literal(0.5)
    }
    #[inline(always)]
    fn second_derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        let t0 = x.powi(2);
        (-(t0 * x.literal(0.5))).exp() * (x.literal(2.0) - t0)
            * x.constant(0.3989422804014327, -0.0000000000000000249232720227773)
    }
    #[inline(always)]
    fn forward_with_derivative_at<R: activation_core::Real>(&self, x: R) -> (R, R) {
        let t0 = (-(x
            * x.constant(0.7071067811865476, -0.00000000000000004833646656726457)))
            .erfc();
        (
            x * t0 * x.literal(0.5),
            (t0
                + x * (-(x.powi(2) * x.literal(0.5))).exp()
                    * x.constant(0.7978845608028654, -0.0000000000000000498465440455546))
                * x.literal(0.5),
        )
    }
    #[inline(always)]
    fn parameter_derivative_at<R: activation_core::Real>(
        &self,
        index: usize,
        x: R,
    ) -> R {
        match index {
            _ => x.literal(activation_core::no_such_parameter(&Self::INFO, index)),
        }
    }
}
#[cfg(test)]
activation_core::activation_tests! {
    Gelu, GeluAsWritten, [gelu_forward_is_the_formula, gelu_derivative_is_its_slope,
    gelu_second_derivative_is_the_slopes_slope,
    gelu_parameter_derivatives_are_its_slopes, gelu_special_values_and_limits,
    gelu_slices_equal_scalars], fn at < R : activation_core::Real > (& self, x : R,
    values : & [R]) -> R { ((x * (x.decimal("1") + ((x / (x.decimal("2")).sqrt()))
    .erf())) / x.decimal("2")) }
}
