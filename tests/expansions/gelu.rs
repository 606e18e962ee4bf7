/// Gaussian error linear unit.
#[cfg_attr(
    doc,
    doc = "\n<div style=\"overflow-x:auto\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"520\" height=\"280\" viewBox=\"0 0 520 280\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<desc>f and f' of gelu</desc>\n<text x=\"52\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f</text>\n<polyline points=\"20,19 46,19\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<text x=\"105.74\" y=\"23.32\" font-size=\"12\" fill=\"currentColor\">f'</text>\n<polyline points=\"73.74,19 99.74,19\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n<polyline points=\"71.5,38 71.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"167.5,38 167.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"263.5,38 263.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"359.5,38 359.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"455.5,38 455.5,230\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,215.5 504,215.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.55\"/>\n<polyline points=\"23.47,148.5 504,148.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<polyline points=\"23.47,80.5 504,80.5\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.13\"/>\n<text x=\"71.53\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−4</text>\n<text x=\"167.63\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">−2</text>\n<text x=\"263.74\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">0</text>\n<text x=\"359.84\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">2</text>\n<text x=\"455.95\" y=\"247\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">4</text>\n<text x=\"17.47\" y=\"219.85\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">0</text>\n<text x=\"17.47\" y=\"152.33\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">2</text>\n<text x=\"17.47\" y=\"84.81\" font-size=\"12\" text-anchor=\"end\" fill=\"currentColor\">4</text>\n<text x=\"263.74\" y=\"265\" font-size=\"12\" text-anchor=\"middle\" fill=\"currentColor\">x</text>\n<polyline points=\"23.47,215.53 110.5,215.61 129.42,215.78 144.55,216.08 159.69,216.64 171.04,217.28 182.39,218.12 212.66,220.7 220.22,221.12 227.79,221.27 235.36,221.07 239.14,220.79 246.71,219.86 254.28,218.34 258.06,217.34 265.63,214.85 273.2,211.69 280.76,207.9 288.33,203.51 292.11,201.13 299.68,196.02 307.25,190.55 314.82,184.81 356.44,152.15 367.79,143.54 382.92,132.34 416.98,107.95 504,46.73\" fill=\"none\" stroke=\"#0072b2\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n<polyline points=\"23.47,215.53 91.58,215.61 121.85,215.99 133.2,216.34 144.55,216.85 182.39,219.45 193.74,219.87 201.31,219.79 205.09,219.59 212.66,218.81 220.22,217.46 224.01,216.55 231.58,214.24 239.14,211.3 242.93,209.62 250.49,205.89 276.98,191.41 284.55,187.69 292.11,184.46 299.68,181.83 307.25,179.84 314.82,178.49 322.38,177.72 329.95,177.43 341.3,177.66 348.87,178.1 379.14,180.24 390.49,180.82 405.62,181.32 435.89,181.7 504,181.77\" fill=\"none\" stroke=\"#d55e00\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke-dasharray=\"7 4\"/>\n</svg>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><mi>f</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>x</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mfrac><mrow><mi>x</mi><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mrow><mo fence=\"true\">(</mo><mrow><mn>1</mn><mo>+</mo><mrow><mi>erf</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mfrac><mi>x</mi><msqrt><mn>2</mn></msqrt></mfrac><mo fence=\"true\">)</mo></mrow></mrow></mrow><mo fence=\"true\">)</mo></mrow></mrow><mn>2</mn></mfrac></mrow></math></div>\n<div style=\"width:max-content;margin:0.7em 0\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mrow><msup><mi>f</mi><mo>′</mo></msup><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mi>x</mi><mo fence=\"true\">)</mo></mrow></mrow><mo>=</mo><mfrac><mrow><mrow><mi>erfc</mi><mo>\u{2061}</mo><mrow><mo fence=\"true\">(</mo><mrow><mo>−</mo><mfrac><mi>x</mi><msqrt><mn>2</mn></msqrt></mfrac></mrow><mo fence=\"true\">)</mo></mrow></mrow><mo>+</mo><mrow><mrow><msqrt><mfrac><mn>2</mn><mi>π</mi></mfrac></msqrt><mo>\u{2062}</mo><mspace width=\"0.17em\"/><mi>x</mi></mrow><mo>\u{2062}</mo><mspace width=\"0.17em\"/><msup><mi>e</mi><mrow><mo>−</mo><mfrac><msup><mi>x</mi><mn>2</mn></msup><mn>2</mn></mfrac></mrow></msup></mrow></mrow><mn>2</mn></mfrac></mrow></math></div>\n</div>\n"
)]
///
/// ```text
/// f(x)   = x * (1 + erf(x / sqrt(2))) / 2
/// f'(x)  = (erfc(-x / sqrt(2)) + sqrt(2 / pi) * x * exp(-x^2 / 2)) / 2
/// ```
#[cfg_attr(
    doc,
    doc = "\nWhat is known of it:\n\n- **limits**: at -∞ f → 0, f′ → 0; at ∞ f → ∞, f′ → 1\n- **accuracy in `f32`**: f, f′, f″ within 1 ULP of the true value, certified for every input; f′ with more care from -0.75189227 to -0.75164914\n- **work**: f takes `erfc` and one other operation; f′ `erfc`, `exp` and 3 other operations\n"
)]
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
        x * x.normal_cdf()
    }
    #[inline(always)]
    fn derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        x.normal_cdf()
            + x * x.gauss()
                * x
                    .constant([
                        0.3989422804014327,
                        -2.49232720227773e-17,
                        -3.424925447729621e-34,
                    ])
    }
    #[inline(always)]
    fn second_derivative_at<R: activation_core::Real>(&self, x: R) -> R {
        let t0 = x.powi(2);
        (-(t0 * x.literal(0.5))).exp() * (x.literal(2.0) - t0)
            * x
                .constant([
                    0.3989422804014327,
                    -2.49232720227773e-17,
                    -3.424925447729621e-34,
                ])
    }
    #[inline(always)]
    fn forward_with_derivative_at<R: activation_core::Real>(&self, x: R) -> (R, R) {
        let t0 = x.normal_cdf();
        (
            x * t0,
            t0
                + x * x.gauss()
                    * x
                        .constant([
                            0.3989422804014327,
                            -2.49232720227773e-17,
                            -3.424925447729621e-34,
                        ]),
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
activation_core::activation_serde! {
    Gelu
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
