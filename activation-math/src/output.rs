//! What can be asked of an activation.

/// Which of its functions an activation is evaluated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// f(x).
    Forward,
    /// f'(x), the derivative by the variable.
    Derivative,
    /// f''(x), the second derivative by the variable.
    SecondDerivative,
    /// The derivative of f by the parameter of this index, counted from 0 in the order of declaration.
    ParameterDerivative(usize),
}

impl Output {
    /// Everything that can be asked of an activation with so many parameters.
    pub fn all(parameters: usize) -> impl Iterator<Item = Output> {
        let by_variable = [Output::Forward, Output::Derivative, Output::SecondDerivative];
        by_variable.into_iter().chain((0..parameters).map(Output::ParameterDerivative))
    }
}
