use super::Typeset;
use activation_math::Output;

fn latex(text: &str) -> String {
    Typeset::of(text).expect(text).latex()
}

#[test]
fn formulas_in_latex() {
    for (text, expected) in [
        ("x * tanh(ln(1 + exp(x)))", r"x \, \tanh\left(\ln\left(1 + e^{x}\right)\right)"),
        ("1 / cosh(x)^2", r"\frac{1}{\cosh^{2}(x)}"),
        ("-x^2 / 2", r"-\frac{x^{2}}{2}"),
        ("(x + 1)^2", r"(x + 1)^{2}"),
        ("(x / 2)^2", r"\left(\frac{x}{2}\right)^{2}"),
        ("exp(x)^2", r"\left(e^{x}\right)^{2}"),
        ("2 * 3 * x", r"2 \cdot 3 \, x"),
        ("2 * (1 / 3)", r"2 \cdot \frac{1}{3}"),
        ("a - (b - c)", r"a - (b - c)"),
        ("a - (-b)", r"a - (-b)"),
        ("a - b * c", r"a - b \, c"),
        ("-(a + b)", r"-(a + b)"),
        ("a * (-b)", r"a \, (-b)"),
        ("sqrt(2 / pi) * alpha_p", r"\sqrt{\frac{2}{\pi}} \, \alpha_{p}"),
        ("cbrt(x) + abs(x)", r"\sqrt[3]{x} + |x|"),
        ("2.5e-3 * slope", r"2.5 \cdot 10^{-3} \, \mathrm{slope}"),
        ("1e10 + t0", r"10^{10} + t_{0}"),
        ("x ^ y ^ 2", r"x^{y^{2}}"),
        ("(x ^ y) ^ 2", r"\left(x^{y}\right)^{2}"),
        ("exp(exp(x / 2))", r"\exp\left(e^{\frac{x}{2}}\right)"),
        (
            "if x > 0 { x } else if x >= -1 { 0 } else { max(x, 1) }",
            r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{if } x \ge -1 \\ \max(x,\, 1) & \text{otherwise} \end{cases}",
        ),
        (
            "2 * (if x < 0 { 1 } else { x }) + 1",
            r"2 \, \left(\begin{cases} 1 & \text{if } x < 0 \\ x & \text{otherwise} \end{cases}\right) + 1",
        ),
        (
            "{ let u = x + 1; let v_max = u^2; u * v_max }",
            r"\begin{aligned} & u \, v_{\mathrm{max}} \\ & \text{where } u = x + 1 \\ & \phantom{\text{where }} v_{\mathrm{max}} = u^{2} \end{aligned}",
        ),
        ("erf(x) * log_sigmoid(x)", r"\operatorname{erf}(x) \, \operatorname{log\_sigmoid}(x)"),
    ] {
        assert_eq!(latex(text), expected, "{text}");
    }
}

#[test]
fn equations_have_a_left_side() {
    let equation = |output| Typeset::of("x").unwrap().as_value_of(output, "x", &["beta"]).latex();
    assert_eq!(equation(Output::Forward), "f(x) = x");
    assert_eq!(equation(Output::SecondDerivative), "f''(x) = x");
    assert_eq!(equation(Output::ParameterDerivative(0)), r"\frac{\partial f}{\partial \beta} = x");
}

/// Every formula that the compiler prints can be typeset, and the MathML of it is well-formed.
#[test]
fn what_is_printed_can_be_typeset() {
    for text in [
        "x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))",
        "x * tanh(x * (1 + erf(x / sqrt(2))) / 2)",
        "F(z; learn slope = 0.25, t = 2) = if z < t { z } else { slope * z * exp(-abs(z)) }",
        "x^(1 / 3) * min(x, 1) - clamp(x, -1, 1)",
    ] {
        let compiled = crate::compile(text).expect(text);
        let parameters = compiled.parameters.iter().map(|parameter| &parameter.derivative);
        for text in [&compiled.formula, &compiled.derivative, &compiled.second_derivative]
            .into_iter()
            .chain(parameters)
        {
            let typeset = Typeset::of(text).expect(text);
            assert_eq!(typeset.latex().matches('{').count(), typeset.latex().matches('}').count(), "{text}");
            is_well_formed(&typeset.mathml());
        }
    }
}

/// Elements are closed in the order in which they were opened, and have the number of children that they need.
fn is_well_formed(mathml: &str) {
    let mut open: Vec<(&str, usize)> = Vec::new();
    for piece in mathml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert!(!text.contains('>'), "{mathml}");
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, children) = open.pop().expect("it was opened");
            assert_eq!(opened, name, "{mathml}");
            let needed = matches!(opened, "mfrac" | "msup" | "msub" | "mroot");
            assert!(!needed || children == 2, "{opened} of {children} in {mathml}");
        } else {
            if let Some((_, children)) = open.last_mut() {
                *children += 1;
            }
            if !tag.ends_with('/') {
                open.push((tag.split(' ').next().unwrap_or(tag), 0));
            }
        }
    }
    assert!(open.is_empty(), "{mathml}");
}

#[test]
fn mistakes_of_syntax_are_told() {
    let mistakes = Typeset::of("x * (1 +").expect_err("no formula");
    assert!(!mistakes.is_empty());
    assert!(Typeset::of("").is_err());
    assert!(Typeset::of("x ** 2").is_err());
    assert!(Typeset::of("x 2").is_err());
}

#[test]
fn no_name_escapes() {
    assert_eq!(latex("größe * θ_max"), r"\mathrm{\text{größe}} \, \theta_{\mathrm{max}}");
    assert_eq!(latex("a_b_c"), r"a_{\mathrm{b\_c}}");
    is_well_formed(&Typeset::of("if a < b { θ_1 } else { größe }").unwrap().mathml());
}
