//! What may go wrong in a loop of plain arithmetic.

/// What a loop of plain arithmetic has to watch, so that results which are not to be trusted are computed again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Watch {
    /// Inputs and results: an intermediate result may overflow, and then the result is not finite.
    #[default]
    All,
    /// Inputs: results are finite for all but those that are far out, infinities and NaN.
    Inputs,
    /// Nothing: plain arithmetic is right for all of these too.
    Nothing,
}

/// What is to be watched, by the values of the parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Where all have their defaults, or where there are none.
    pub by_default: Watch,
    /// Where all are [ordinary](Watched::is_ordinary).
    pub otherwise: Watch,
}

impl Watched {
    /// Nothing is known.
    pub const UNKNOWN: Self = Watched { by_default: Watch::All, otherwise: Watch::All };

    /// Ordinary values of parameters are this large at most.
    pub const ORDINARY: f64 = 1_048_576.0; // 2^20

    /// What that is, if the parameters are like this.
    #[inline]
    pub fn of(self, is_default: impl FnOnce() -> bool, is_ordinary: impl FnOnce() -> bool) -> Watch {
        if self == Watched::UNKNOWN {
            Watch::All
        } else if is_default() {
            self.by_default
        } else if is_ordinary() {
            self.otherwise
        } else {
            Watch::All
        }
    }

    /// Whether a parameter's value is in its range and as large as people make them: products with it overflow for no input that is not
    /// far out.
    #[inline]
    pub fn is_ordinary(value: f64, (low, high): (f64, f64)) -> bool {
        value.abs() <= Self::ORDINARY && low <= value && value <= high
    }
}
