/// ```text
/// f(x)   = { let u = x / width; x * sigmoid(gate * x) + exp(-u^2) }
/// f'(x)  = sigmoid(gate * x) + gate * x * sigmoid(gate * x) * sigmoid(-gate * x) - 2 * x * exp(-x^2 / width^2) / width^2
/// df/dgate = x^2 * sigmoid(gate * x) * sigmoid(-gate * x)
/// df/dwidth = 2 * x^2 * exp(-x^2 / width^2) / width^3
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct GatedBump {
    /// Learned, 1 by default.
    pub gate: f64,
    /// Fixed, 2 by default; from 0.1 to 10.
    pub width: f64,
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
impl ::core::default::Default for GatedBump {
    fn default() -> Self {
        GatedBump { gate: 1.0, width: 2.0 }
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
impl activation_core::Activation for GatedBump {
    const INFO: activation_core::Info = activation_core::Info {
        name: "gated_bump",
        aliases: &[],
        docs: "",
        variable: "x",
        formula: "{ let u = x / width; x * sigmoid(gate * x) + exp(-u^2) }",
        derivative: "sigmoid(gate * x) + gate * x * sigmoid(gate * x) * sigmoid(-gate * x) - 2 * x * exp(-x^2 / width^2) / width^2",
        second_derivative: "2 * gate * sigmoid(gate * x) * sigmoid(-gate * x) - 2 * exp(-x^2 / width^2) * (1 - 2 * x^2 / width^2) / width^2 - gate^2 * x * sigmoid(gate * x) * sigmoid(-gate * x) * tanh(gate * x / 2)",
        parameters: &[
            activation_core::ParameterInfo {
                name: "gate",
                docs: "",
                learned: true,
                default: 1.0,
                default_text: "1",
                range: (-f64::INFINITY, f64::INFINITY),
                derivative: "x^2 * sigmoid(gate * x) * sigmoid(-gate * x)",
            },
            activation_core::ParameterInfo {
                name: "width",
                docs: "",
                learned: false,
                default: 2.0,
                default_text: "2",
                range: (0.1, 10.0),
                derivative: "2 * x^2 * exp(-x^2 / width^2) / width^3",
            },
        ],
    };
    fn parameter(&self, index: usize) -> f64 {
        match index {
            0 => self.gate,
            1 => self.width,
            _ => activation_core::no_such_parameter(&Self::INFO, index),
        }
    }
    fn set_parameter(&mut self, index: usize, value: f64) {
        match index {
            0 => self.gate = value,
            1 => self.width = value,
            _ => {
                activation_core::no_such_parameter(&Self::INFO, index);
            }
        }
    }
    #[inline]
    fn careful(output: activation_core::Output) -> &'static [activation_core::Interval] {
        match output {
            activation_core::Output::Forward => {
                &[(-2.6349456310272217, -2.6339731216430664)]
            }
            activation_core::Output::Derivative => {
                &[(-3.658276319503784, -3.6570606231689453)]
            }
            activation_core::Output::SecondDerivative => {
                &[
                    (-4.819335460662842, -4.2841796875),
                    (-0.0719299241900444, -0.063568115234375),
                    (-0.05153655633330345, 0.1011962890625),
                    (0.1275634914636612, 0.144287109375),
                    (4.150391101837158, 5.220703125),
                    (63.500003814697266, 84.40625),
                ]
            }
            _ => &[],
        }
    }
    #[inline]
    fn is_certified(&self, output: activation_core::Output) -> bool {
        *self == Self::default()
            || !matches!(
                output, activation_core::Output::Forward |
                activation_core::Output::Derivative |
                activation_core::Output::SecondDerivative
            )
    }
    #[inline(always)]
    fn forward_at<R: activation_core::Real>(&self, x: R) -> R {
        let gate = x.literal(self.gate);
        let width = x.literal(self.width);
        let t0 = x * gate;
        let t1 = t0.decay();
        (-(x.powi(2) / width.powi(2))).exp()
            + x * R::select(t0.less(x.literal(0.0)), t1, x.literal(1.0))
                / (t1 + x.literal(1.0))
    }
    #[inline(always)]
    fn derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        let gate = x.literal(self.gate);
        let width = x.literal(self.width);
        let t0 = width.powi(2);
        let t1 = x * gate;
        let t2 = t1.decay();
        let t3 = t2 + x.literal(1.0);
        (R::select(t1.less(x.literal(0.0)), t2, x.literal(1.0)) * t3 + t1 * t2)
            / t3.powi(2) - x * (-(x.powi(2) / t0)).exp() * x.literal(2.0) / t0
    }
    #[inline(always)]
    fn second_derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        let gate = x.literal(self.gate);
        let width = x.literal(self.width);
        let t0 = x * gate;
        let t1 = t0.sigmoid();
        let t2 = x.powi(2);
        let t3 = width.powi(2);
        let t4 = (-t0).sigmoid();
        gate * t1 * t4 * x.literal(2.0)
            - (-(t2 / t3)).exp() * (x.literal(1.0) - t2 * x.literal(2.0) / t3)
                * x.literal(2.0) / t3
            - x * gate.powi(2) * t1 * t4 * (t0 * x.literal(0.5)).tanh()
    }
    #[inline(always)]
    fn forward_with_derivative_at<R: activation_core::Real>(&self, x: R) -> (R, R) {
        let gate = x.literal(self.gate);
        let width = x.literal(self.width);
        let t0 = width.powi(2);
        let t1 = (-(x.powi(2) / t0)).exp();
        let t2 = x * gate;
        let t3 = t2.decay();
        let t4 = R::select(t2.less(x.literal(0.0)), t3, x.literal(1.0));
        let t5 = t3 + x.literal(1.0);
        (
            t1 + x * t4 / t5,
            (t4 * t5 + t2 * t3) / t5.powi(2) - x * t1 * x.literal(2.0) / t0,
        )
    }
    #[inline(always)]
    fn parameter_derivative_at<R: activation_core::Real>(
        &self,
        index: usize,
        x: R,
    ) -> R {
        match index {
            0 => {
                let gate = x.literal(self.gate);
                let t0 = (x * gate).decay();
                x.powi(2) * t0 / (t0 + x.literal(1.0)).powi(2)
            }
            1 => {
                let width = x.literal(self.width);
                let t0 = x.powi(2);
                t0 * (-(t0 / width.powi(2))).exp() * x.literal(2.0) / width.powi(3)
            }
            _ => x.literal(activation_core::no_such_parameter(&Self::INFO, index)),
        }
    }
}
#[cfg(test)]
activation_core::activation_tests! {
    GatedBump, GatedBumpAsWritten, [gated_bump_forward_is_the_formula,
    gated_bump_derivative_is_its_slope, gated_bump_second_derivative_is_the_slopes_slope,
    gated_bump_parameter_derivatives_are_its_slopes,
    gated_bump_special_values_and_limits, gated_bump_slices_equal_scalars], fn at < R :
    activation_core::Real > (& self, x : R, values : & [R]) -> R { let gate = values[0];
    let width = values[1]; { let u = (x / width); ((x * ((gate * x)).sigmoid()) + ((- (u)
    .powi(2))).exp()) } }
}
