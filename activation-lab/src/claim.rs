//! What is claimed, and what the intervals say about it.

use crate::estimate::Estimate;
use crate::findings::Quantity;
use serde::Serialize;

/// Where the true mean lies if a claim is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Above.
    Above(f64),
    /// Below.
    Below(f64),
    /// Between the two.
    Within(f64, f64),
}

/// What the experiment says about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The whole confidence interval lies where the claim wants it.
    Holds,
    /// No part of it does.
    DoesNotHold,
    /// The interval is too wide to tell.
    NotDecided,
}

impl Verdict {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::DoesNotHold => "does not hold",
            Verdict::NotDecided => "not decided",
        }
    }
}

/// On which side the truth may lie beyond what was measured: runs that did not come to their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    /// The truth may be smaller.
    pub below: bool,
    /// The truth may be larger.
    pub above: bool,
}

impl Bound {
    /// Holds an interval against the bound.
    pub fn verdict(self, estimate: Estimate, beyond: Beyond) -> Verdict {
        let low = if beyond.below { f64::NEG_INFINITY } else { estimate.low() };
        let high = if beyond.above { f64::INFINITY } else { estimate.high() };
        let (is_inside, is_outside) = match self {
            Bound::Above(bound) => (low > bound, high <= bound),
            Bound::Below(bound) => (high < bound, low >= bound),
            Bound::Within(from, to) => (from <= low && high <= to, high < from || to < low),
        };
        match (is_inside, is_outside) {
            (true, _) => Verdict::Holds,
            (_, true) => Verdict::DoesNotHold,
            _ => Verdict::NotDecided,
        }
    }
}

/// A claim with what was measured and the verdict that follows from it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// A sentence.
    pub text: String,
    /// What was measured to judge it.
    pub measured: String,
    /// In which unit.
    pub quantity: Quantity,
    /// The measured values, on the scale of the quantity.
    pub estimate: Estimate,
    /// What the sentence means in figures, on the same scale.
    pub bound: Bound,
    /// Whether runs that did not come to their end make the estimate one-sided.
    pub beyond: Beyond,
}

impl Claim {
    /// What the experiment says.
    pub fn verdict(&self) -> Verdict {
        self.bound.verdict(self.estimate, self.beyond)
    }

    /// The bound in words: `above 50 %`.
    pub fn bound_in_words(&self) -> String {
        let shown = |value: f64| self.quantity.shown(value);
        match self.bound {
            Bound::Above(bound) => format!("above {}", shown(bound)),
            Bound::Below(bound) => format!("below {}", shown(bound)),
            Bound::Within(from, to) => format!("between {} and {}", shown(from), shown(to)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(bound: Bound, mean: f64, margin: f64) -> Verdict {
        bound.verdict(Estimate { mean, margin, runs: 5 }, Beyond::default())
    }

    #[test]
    fn the_whole_interval_decides() {
        use Verdict::{DoesNotHold, Holds, NotDecided};
        assert_eq!(verdict(Bound::Above(1.0), 2.0, 0.5), Holds);
        assert_eq!(verdict(Bound::Above(1.0), 0.0, 0.5), DoesNotHold);
        assert_eq!(verdict(Bound::Above(1.0), 1.2, 0.5), NotDecided);
        assert_eq!(verdict(Bound::Above(0.0), 0.0, 0.0), DoesNotHold);
        assert_eq!(verdict(Bound::Below(1.0), 0.0, 0.5), Holds);
        assert_eq!(verdict(Bound::Below(1.0), 2.0, 0.5), DoesNotHold);
        assert_eq!(verdict(Bound::Within(0.45, 0.55), 0.5, 0.02), Holds);
        assert_eq!(verdict(Bound::Within(0.45, 0.55), 0.5, 0.06), NotDecided);
        assert_eq!(verdict(Bound::Within(0.45, 0.55), 0.6, 0.02), DoesNotHold);
        assert_eq!(verdict(Bound::Within(0.45, 0.55), 0.56, 0.02), NotDecided);
    }

    #[test]
    fn nothing_follows_from_one_run_or_from_none() {
        for values in [&[][..], &[5.0][..], &[f64::NAN, 1.0][..]] {
            for bound in [Bound::Above(1.0), Bound::Below(1.0), Bound::Within(0.0, 10.0)] {
                assert_eq!(bound.verdict(Estimate::of(values), Beyond::default()), Verdict::NotDecided);
            }
        }
    }

    #[test]
    fn what_did_not_end_is_open_on_one_side() {
        let at_least = Beyond { above: true, below: false };
        let estimate = Estimate { mean: 3.0, margin: 0.5, runs: 5 };
        assert_eq!(Bound::Above(2.0).verdict(estimate, at_least), Verdict::Holds);
        assert_eq!(Bound::Above(6.0).verdict(estimate, at_least), Verdict::NotDecided);
        assert_eq!(Bound::Below(2.0).verdict(estimate, at_least), Verdict::DoesNotHold);
    }
}
