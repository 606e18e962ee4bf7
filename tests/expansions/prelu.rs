/// ReLU whose leak is learned.
#[cfg_attr(
    doc,
    doc = "\n<div style=\"overflow-x:auto\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"520\" height=\"280\" viewBox=\"0 0 520 280\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<desc>f and f' of prelu</desc>\n<text x=\"52\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f</text>\n<polyline points=\"20,19 46,19\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<text x=\"105.74\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f'</text>\n<polyline points=\"73.74,19 99.74,19\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n<text x=\"162.04\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">value at a jump</text>\n<circle cx=\"143.04\" cy=\"19\" r=\"3.2\" fill=\"currentColor\" fill-opacity=\"0.8\" stroke=\"currentColor\" stroke-opacity=\"0.8\" stroke-width=\"1.5\"/>\n<polyline points=\"71.5,38 71.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"167.5,38 167.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"263.5,38 263.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"359.5,38 359.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"455.5,38 455.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,186.5 504,186.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"23.47,130.5 504,130.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,74.5 504,74.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<text x=\"71.53\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−4</text>\n<text x=\"167.63\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−2</text>\n<text x=\"263.74\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">0</text>\n<text x=\"359.84\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">2</text>\n<text x=\"455.95\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">4</text>\n<text x=\"17.47\" y=\"190.68\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">0</text>\n<text x=\"17.47\" y=\"134.83\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">2</text>\n<text x=\"17.47\" y=\"78.97\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">4</text>\n<text x=\"263.74\" y=\"265\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">z</text>\n<polyline points=\"23.47,221.27 263.74,186.36 504,46.73\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<polyline points=\"23.47,179.38 263.74,179.38\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n<polyline points=\"263.74,158.44 504,158.44\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n<circle cx=\"263.74\" cy=\"158.44\" r=\"3.2\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"1.5\"/>\n<circle cx=\"263.74\" cy=\"179.38\" r=\"3.2\" fill=\"#d55e00\" stroke=\"#d55e00\" stroke-width=\"1.5\"/>\n</svg>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><mi>f</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>z</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mrow><mo fence=\"true\" stretchy=\"true\">{</mo><mtable><mtr><mtd style=\"text-align:left\"><mi>z</mi></mtd><mtd style=\"text-align:left\"><mtext>if&#160;</mtext><mrow><mi>z</mi><mo>&gt;</mo><mn>0</mn></mrow></mtd></mtr><mtr><mtd style=\"text-align:left\"><mrow><mi>slope</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>z</mi></mrow></mtd><mtd style=\"text-align:left\"><mtext>otherwise</mtext></mtd></mtr></mtable></mrow></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><msup><mi>f</mi><mo>′</mo></msup><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>z</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mrow><mo fence=\"true\" stretchy=\"true\">{</mo><mtable><mtr><mtd style=\"text-align:left\"><mn>1</mn></mtd><mtd style=\"text-align:left\"><mtext>if&#160;</mtext><mrow><mi>z</mi><mo>&gt;</mo><mn>0</mn></mrow></mtd></mtr><mtr><mtd style=\"text-align:left\"><mi>slope</mi></mtd><mtd style=\"text-align:left\"><mtext>otherwise</mtext></mtd></mtr></mtable></mrow></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mfrac><mrow><mi mathvariant=\"normal\">∂</mi><mi>f</mi></mrow><mrow><mi mathvariant=\"normal\">∂</mi><mi>slope</mi></mrow></mfrac><mo>=</mo><mrow><mo fence=\"true\" stretchy=\"true\">{</mo><mtable><mtr><mtd style=\"text-align:left\"><mn>0</mn></mtd><mtd style=\"text-align:left\"><mtext>if&#160;</mtext><mrow><mi>z</mi><mo>&gt;</mo><mn>0</mn></mrow></mtd></mtr><mtr><mtd style=\"text-align:left\"><mi>z</mi></mtd><mtd style=\"text-align:left\"><mtext>otherwise</mtext></mtd></mtr></mtable></mrow></mrow></math></div>\n</div>\n"
)]
///
/// ```text
/// f(z)   = if z > 0 { z } else { slope * z }
/// f'(z)  = if z > 0 { 1 } else { slope }
/// df/dslope = if z > 0 { 0 } else { z }
/// ```
#[cfg_attr(
    doc,
    doc = "\nWhat is known of it, with the defaults:\n\n- **limits**: at -∞ f → -∞, f′ → 0.25; at ∞ f → ∞, f′ → 1\n- **kinks**: at 0 f′ is 0.25 on the left, 1 on the right, and 0.25 there\n- **accuracy in `f32`**: f, f′, f″, ∂f/∂slope within 1 ULP of the true value, certified for every input\n- **work**: f takes 2 operations; f′ one operation\n"
)]
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
    const WATCHED: [[activation_core::Watched; 2]; 2] = [
        [
            activation_core::Watched {
                by_default: activation_core::Watch::Nothing,
                otherwise: activation_core::Watch::Inputs,
            },
            activation_core::Watched {
                by_default: activation_core::Watch::Nothing,
                otherwise: activation_core::Watch::Inputs,
            },
        ],
        [
            activation_core::Watched {
                by_default: activation_core::Watch::Inputs,
                otherwise: activation_core::Watch::Inputs,
            },
            activation_core::Watched {
                by_default: activation_core::Watch::Inputs,
                otherwise: activation_core::Watch::Inputs,
            },
        ],
    ];
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
    #[inline]
    fn is_plain_double(&self, output: activation_core::Output) -> bool {
        matches!(
            output, activation_core::Output::Forward |
            activation_core::Output::Derivative |
            activation_core::Output::SecondDerivative |
            activation_core::Output::ParameterDerivative(0)
        )
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
activation_core::activation_serde! {
    Prelu
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
