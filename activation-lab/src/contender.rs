//! An activation that takes part: a name of the catalogue, or a formula compiled at run time.

use activation_analysis::{Analysis, Function, Moments, Normal};
use activation_core::{AnyActivation, Output, Pointwise, Scalar, by_name};
use activation_formula::{Compiled, compile};
use std::fmt;
use std::sync::Arc;

/// An activation with its name, its parameters, and what its analysis says.
#[derive(Clone)]
pub struct Contender(Arc<Inner>);

struct Inner {
    name: String,
    source: String,
    formula: String,
    kernel: Kernel,
    parameters: Vec<f64>,
    learned: Vec<Learned>,
    expected: Expected,
}

/// What computes.
enum Kernel {
    Catalogue(AnyActivation),
    Formula(Box<Compiled>),
}

/// A parameter that is trained.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Its place among all parameters.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// What training must not leave; infinite without a declared range.
    pub range: (f64, f64),
}

/// What is expected of normally distributed inputs, by quadrature and not from this data.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// 1 / √E f².
    pub gain: f64,
    /// √(E f'² / E f²): by what a layer multiplies gradients if its weights keep signals at their size.
    pub gradient_factor: f64,
    /// P(f = 0).
    pub zeros: f64,
    /// Whether there is an interval on which f' is 0.
    pub can_die: bool,
    /// Whether |f'| is below 0.01 from somewhere on, to the left or to the right.
    pub can_starve: bool,
}

/// Why an activation cannot take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Contender {
    /// One of the catalogue.
    ///
    /// # Errors
    ///
    /// There is none of that name; and see [`catalogue`](Self::catalogue).
    pub fn named(name: &str) -> Result<Self, Refused> {
        let found = by_name(name).ok_or_else(|| Refused(format!("there is no activation `{name}`")));
        Self::catalogue(found?)
    }

    /// One of the catalogue, with its parameters.
    ///
    /// # Errors
    ///
    /// Under N(0, 1) it has no finite mean square: no initialisation fits.
    pub fn catalogue(activation: AnyActivation) -> Result<Self, Refused> {
        let info = activation.info();
        let compiled = compile(&info.declaration())
            .map_err(|_| Refused(format!("`{}` does not compile at run time", info.name)))?;
        let parameters = activation.parameters();
        // With its parameters where they are not the usual ones.
        let is_usual = info.parameters.iter().zip(&parameters).all(|(known, value)| known.default == *value);
        let name = if is_usual { info.name.to_owned() } else { format!("{activation:?}") };
        Self::new((name.clone(), name), &compiled, parameters, Kernel::Catalogue(activation))
    }

    /// A formula under a name, with the text that it was compiled from; its parameters have their defaults.
    ///
    /// # Errors
    ///
    /// As [`catalogue`](Self::catalogue).
    pub fn formula(
        name: impl Into<String>,
        source: impl Into<String>,
        compiled: Compiled,
    ) -> Result<Self, Refused> {
        let kernel = Kernel::Formula(Box::new(compiled.clone()));
        let parameters = compiled.parameters.iter().map(|parameter| parameter.default).collect();
        Self::new((name.into(), source.into()), &compiled, parameters, kernel)
    }

    fn new(
        (name, source): (String, String),
        compiled: &Compiled,
        parameters: Vec<f64>,
        kernel: Kernel,
    ) -> Result<Self, Refused> {
        let function = Function::new(compiled, &parameters);
        let analysis = Analysis::of(function);
        let Ok(normal) = Normal::new(0.0, 1.0) else {
            return Err(Refused("N(0, 1) is no distribution".to_owned()));
        };
        let moments = Moments::of(function, &analysis, normal);
        let (Some(gain), Some(slopes)) = (moments.gain_forward, moments.derivative_second_moment.value())
        else {
            return Err(Refused(format!(
                "`{name}` cannot be trained: under N(0, 1) its mean square, or that of its slope, is 0, infinite or undefined, \
                 so that no weights keep signals at their size; `activation explain` says more"
            )));
        };
        let expected = Expected {
            gain,
            gradient_factor: gain * slopes.sqrt(),
            zeros: moments.sparsity.unwrap_or(0.0),
            can_die: !analysis.dead.is_empty(),
            can_starve: (analysis.saturation.intervals.iter())
                .any(|flat| flat.low == f64::NEG_INFINITY || flat.high == f64::INFINITY),
        };
        let learned = compiled.parameters.iter().enumerate().filter(|(_, parameter)| parameter.learned);
        let learned = learned
            .map(|(index, parameter)| Learned { index, name: parameter.name.clone(), range: parameter.range })
            .collect();
        let formula = compiled.formula.clone();
        Ok(Contender(Arc::new(Inner { name, source, formula, kernel, parameters, learned, expected })))
    }

    /// The name, or the formula.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What to compile it from: a name of the catalogue, a formula, a declaration.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// f, as its author wrote it.
    pub fn text(&self) -> &str {
        &self.0.formula
    }

    /// The values of all parameters before training.
    pub fn parameters(&self) -> &[f64] {
        &self.0.parameters
    }

    /// The parameters that are trained: one value a layer.
    pub fn learned(&self) -> &[Learned] {
        &self.0.learned
    }

    /// The values of all parameters where those that are trained have become `theta`, which is put back into their ranges.
    pub(crate) fn with_learned(&self, theta: &[f32]) -> Vec<f64> {
        let mut all = self.0.parameters.clone();
        for (learned, &value) in self.0.learned.iter().zip(theta) {
            let (low, high) = learned.range;
            // Not `max` and `min`, which would make a number of what is none.
            let value = f64::from(value);
            all[learned.index] = if value < low {
                low
            } else if value > high {
                high
            } else {
                value
            };
        }
        all
    }

    /// What its analysis expects.
    pub fn expected(&self) -> Expected {
        self.0.expected
    }

    /// `results[i]` = one of the functions at `inputs[i]`, for these values of the parameters; slices of one length.
    pub fn evaluate_into<T: Scalar>(
        &self,
        output: Output,
        inputs: &[T],
        results: &mut [T],
        parameters: &[f64],
    ) {
        match &self.0.kernel {
            Kernel::Catalogue(activation) if parameters == self.0.parameters => {
                activation.evaluate_into(output, inputs, results);
            }
            Kernel::Catalogue(activation) => {
                let mut moved = activation.clone();
                for (parameter, &value) in activation.info().parameters.iter().zip(parameters) {
                    // A value that is refused (not a number, once training has diverged) gives no numbers either.
                    let Ok(with) = moved.with_parameter(parameter.name, value) else {
                        return results.fill(T::from_f64(f64::NAN));
                    };
                    moved = with;
                }
                moved.evaluate_into(output, inputs, results);
            }
            Kernel::Formula(compiled) => {
                let inputs: Vec<f64> = inputs.iter().map(|x| x.to_f64()).collect();
                let mut wide = vec![0.0; inputs.len()];
                compiled.evaluate_into(output, &inputs, &mut wide, parameters, T::PRECISION);
                results.iter_mut().zip(wide).for_each(|(result, value)| *result = T::from_f64(value));
            }
        }
    }
}

/// With the parameters as they are before training.
impl Pointwise for Contender {
    fn name(&self) -> &'static str {
        match &self.0.kernel {
            Kernel::Catalogue(activation) => activation.info().name,
            Kernel::Formula(_) => "formula",
        }
    }

    fn evaluate_into<T: Scalar>(&self, function: Output, input: &[T], output: &mut [T]) {
        self.evaluate_into(function, input, output, self.parameters());
    }

    fn backward_into<T: Scalar>(&self, input: &[T], grad_output: &[T], grad_input: &mut [T]) {
        match &self.0.kernel {
            Kernel::Catalogue(activation) => activation.backward_into(input, grad_output, grad_input),
            Kernel::Formula(_) => {
                self.evaluate_into(Output::Derivative, input, grad_input, self.parameters());
                for (slope, gradient) in grad_input.iter_mut().zip(grad_output) {
                    // An f32 times an f32 is exact in f64, and rounded once.
                    *slope = T::from_f64(slope.to_f64() * gradient.to_f64());
                }
            }
        }
    }
}

impl fmt::Debug for Contender {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Contender").field(&self.0.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_the_catalogue_agree() {
        let compiled = compile("x * sigmoid(x)").expect("a formula");
        let formula = Contender::formula("mine", "x * sigmoid(x)", compiled).expect("a fine one");
        let silu = Contender::named("silu").expect("it exists");
        let inputs: Vec<f32> = (-40..40).map(|x| x as f32 / 4.0).collect();
        for output in [Output::Forward, Output::Derivative] {
            let (mut ours, mut theirs) = (vec![0.0; inputs.len()], vec![0.0; inputs.len()]);
            formula.evaluate_into(output, &inputs, &mut ours, &[]);
            silu.evaluate_into(output, &inputs, &mut theirs, &[]);
            for (a, b) in ours.iter().zip(&theirs) {
                assert!((a - b).abs() <= 2.0 * f32::EPSILON * b.abs(), "{a} {b}");
            }
        }
        assert!((formula.expected().gain - silu.expected().gain).abs() < 1e-9);
    }

    #[test]
    fn learned_parameters_move() {
        let prelu = Contender::named("prelu").expect("it exists");
        assert_eq!(prelu.learned()[0].name, "slope");
        let mut result = [0.0_f32];
        prelu.evaluate_into(Output::Forward, &[-2.0], &mut result, &[0.5]);
        assert_eq!(result, [-1.0]);
        prelu.evaluate_into(Output::Forward, &[-2.0], &mut result, &[f64::NAN]);
        assert!(result[0].is_nan());
    }

    #[test]
    fn what_no_weights_fit_is_refused() {
        for text in ["0 * x", "exp(x^2)", "ln(x)", "1 / x"] {
            let compiled = compile(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"));
            let refused = Contender::formula(text, text, compiled).expect_err(text);
            assert!(refused.0.contains("cannot be trained"), "{refused}");
        }
    }
}
