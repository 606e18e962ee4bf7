/// `f(x) = { let u = x / width; x * sigmoid(gate * x) + exp(-u^2) }`
#[cfg_attr(
    doc,
    doc = "\n<div style=\"overflow-x:auto\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"520\" height=\"280\" viewBox=\"0 0 520 280\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<desc>f and f' of gated_bump</desc>\n<text x=\"52\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f</text>\n<polyline points=\"20,19 46,19\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<text x=\"105.74\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f'</text>\n<polyline points=\"73.74,19 99.74,19\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n<polyline points=\"71.5,38 71.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"167.5,38 167.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"263.5,38 263.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"359.5,38 359.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"455.5,38 455.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,219.5 504,219.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"23.47,149.5 504,149.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,80.5 504,80.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<text x=\"71.53\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−4</text>\n<text x=\"167.63\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−2</text>\n<text x=\"263.74\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">0</text>\n<text x=\"359.84\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">2</text>\n<text x=\"455.95\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">4</text>\n<text x=\"17.47\" y=\"223.62\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">0</text>\n<text x=\"17.47\" y=\"154.15\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">2</text>\n<text x=\"17.47\" y=\"84.69\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">4</text>\n<text x=\"263.74\" y=\"265\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">x</text>\n<polyline points=\"23.47,220.4 76.44,221.22 91.58,221.27 106.71,221.06 118.06,220.66 129.42,219.97 140.77,218.93 152.12,217.49 163.47,215.61 174.82,213.28 186.17,210.5 197.52,207.33 208.87,203.83 224.01,198.76 261.84,185.25 303.46,170.05 318.6,164.17 329.95,159.47 341.3,154.44 352.65,149 364,143.13 375.35,136.81 386.71,130.04 398.06,122.88 409.41,115.36 420.76,107.56 435.89,96.82 451.03,85.84 504,46.73\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<polyline points=\"23.47,220.06 49.96,220.12 68.88,219.92 87.8,219.31 102.93,218.41 118.06,217.04 133.2,215.18 148.33,212.91 186.17,206.69 201.31,204.66 212.66,203.51 224.01,202.71 235.36,202.23 250.49,201.97 284.55,201.82 295.9,201.52 307.25,200.93 318.6,200.01 333.73,198.26 348.87,196.01 375.35,191.58 390.49,189.23 405.62,187.26 416.98,186.09 424.54,185.47 435.89,184.75 454.81,184.04 477.51,183.75 504,183.81\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n</svg>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><mi>f</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>x</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mtable><mtr><mtd style=\"text-align:left\"><mrow><mrow><mi>x</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mi>gate</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow></mrow><mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><msup><mi>u</mi><mn>2</mn></msup></mrow></msup></mrow></mtd></mtr><mtr><mtd style=\"text-align:left\"><mtext>where&#160;</mtext><mi>u</mi><mo>=</mo><mfrac><mi>x</mi><mi>width</mi></mfrac></mtd></mtr></mtable></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><msup><mi>f</mi><mo>′</mo></msup><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>x</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mrow><mrow><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mi>gate</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow><mo>+</mo><mrow><mrow><mrow><mi>gate</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mi>gate</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mrow><mo>−</mo><mi>gate</mi></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow></mrow></mrow><mo>−</mo><mfrac><mrow><mrow><mn>2</mn><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><msup><mi>e</mi><mrow><mo>−</mo><mfrac><msup><mi>x</mi><mn>2</mn></msup><msup><mi>width</mi><mn>2</mn></msup></mfrac></mrow></msup></mrow><msup><mi>width</mi><mn>2</mn></msup></mfrac></mrow></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mfrac><mrow><mi mathvariant=\"normal\">∂</mi><mi>f</mi></mrow><mrow><mi mathvariant=\"normal\">∂</mi><mi>gate</mi></mrow></mfrac><mo>=</mo><mrow><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mi>gate</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mi>σ</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mrow><mo>−</mo><mi>gate</mi></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo fence=\"true\">)</mo></mrow></mrow></mrow></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mfrac><mrow><mi mathvariant=\"normal\">∂</mi><mi>f</mi></mrow><mrow><mi mathvariant=\"normal\">∂</mi><mi>width</mi></mrow></mfrac><mo>=</mo><mfrac><mrow><mrow><mn>2</mn><mo>\u{2062}</mo><mspace width=\"0.17em\"/><msup><mi>x</mi><mn>2</mn></msup></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><msup><mi>e</mi><mrow><mo>−</mo><mfrac><msup><mi>x</mi><mn>2</mn></msup><msup><mi>width</mi><mn>2</mn></msup></mfrac></mrow></msup></mrow><msup><mi>width</mi><mn>3</mn></msup></mfrac></mrow></math></div>\n</div>\n"
)]
///
/// ```text
/// f(x)   = { let u = x / width; x * sigmoid(gate * x) + exp(-u^2) }
/// f'(x)  = sigmoid(gate * x) + gate * x * sigmoid(gate * x) * sigmoid(-gate * x) - 2 * x * exp(-x^2 / width^2) / width^2
/// df/dgate = x^2 * sigmoid(gate * x) * sigmoid(-gate * x)
/// df/dwidth = 2 * x^2 * exp(-x^2 / width^2) / width^3
/// ```
#[cfg_attr(
    doc,
    doc = "\nWhat is known of it, with the defaults:\n\n- **limits**: at -∞ f → 0, f′ → 0; at ∞ f → ∞, f′ → 1\n- **accuracy in `f32`**: f, f′, f″, ∂f/∂gate, ∂f/∂width within 1 ULP of the true value, certified for every input; f with more care from -2.6349456 to -2.6339731; f′ with more care from -3.6582763 to -3.6570606; f″ with more care from -97.24999 to -63.5, from -4.752441 to -4.4179688, from -0.049968716 to 0.05153656, from 0.06356812 to 0.07192993, from 4.28418 to 4.819336, from 33.531254 to 97.25, from 135.00002 to 288\n- **work**: f takes 2 × `exp` and 10 other operations; f′ 2 × `exp` and 16 other operations\n"
)]
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
    const WATCHED: [[activation_core::Watched; 2]; 2] = [
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
                    (-97.24999237060547, -63.5),
                    (-4.752440929412842, -4.41796875),
                    (-0.04996871575713158, 0.05153656005859375),
                    (0.0635681226849556, 0.071929931640625),
                    (4.284180164337158, 4.8193359375),
                    (33.531253814697266, 97.25),
                    (135.00001525878906, 288.0),
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
activation_core::activation_serde! {
    GatedBump
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
