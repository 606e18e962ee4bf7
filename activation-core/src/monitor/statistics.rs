//! What has been seen, in a form that is put together from parts.

/// What monitors have seen. Those of several batches, threads or machines [`merge`](Self::merge) into one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    pub(super) count: u64,
    pub(super) saturated: u64,
    pub(super) killed: u64,
    pub(super) zeros: u64,
    pub(super) nans: u64,
    pub(super) infinities: u64,
    pub(super) moments: Moments,
    pub(super) units: usize,
    /// Ascending.
    pub(super) dead: Vec<usize>,
}

impl Statistics {
    /// How many elements there were.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Inputs at which |f'| was below the threshold.
    pub fn saturated(&self) -> u64 {
        self.saturated
    }

    /// [`saturated`](Self::saturated) of all elements; NaN if there were none.
    pub fn saturated_fraction(&self) -> f64 {
        self.fraction(self.saturated)
    }

    /// Inputs at which f' was 0, so that they got no gradient.
    pub fn killed(&self) -> u64 {
        self.killed
    }

    /// [`killed`](Self::killed) of all elements; NaN if there were none.
    pub fn killed_fraction(&self) -> f64 {
        self.fraction(self.killed)
    }

    /// Outputs that were 0.
    pub fn zeros(&self) -> u64 {
        self.zeros
    }

    /// [`zeros`](Self::zeros) of all elements: the sparsity; NaN if there were none.
    pub fn zero_fraction(&self) -> f64 {
        self.fraction(self.zeros)
    }

    /// Outputs that were NaN.
    pub fn nans(&self) -> u64 {
        self.nans
    }

    /// Outputs that were infinite.
    pub fn infinities(&self) -> u64 {
        self.infinities
    }

    /// The mean of the finite outputs; NaN if there were none.
    pub fn mean(&self) -> f64 {
        if self.moments.count == 0 { f64::NAN } else { self.moments.mean }
    }

    /// The mean square of the finite outputs' distances from their mean; NaN if there were none.
    pub fn variance(&self) -> f64 {
        self.moments.squares / self.moments.count as f64
    }

    /// How many units there are; 0 before the first example.
    pub fn units(&self) -> usize {
        self.units
    }

    /// The units at which f' was 0 in every example, in ascending order.
    pub fn dead_units(&self) -> &[usize] {
        &self.dead
    }

    /// [`dead_units`](Self::dead_units) of all units; NaN if there were none.
    pub fn dead_fraction(&self) -> f64 {
        self.dead.len() as f64 / self.units as f64
    }

    /// Adds what was seen elsewhere, of the same units.
    ///
    /// # Panics
    ///
    /// If both have seen examples, with different numbers of units.
    #[track_caller]
    pub fn merge(&mut self, other: &Statistics) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            self.units = other.units;
            self.dead.clone_from(&other.dead);
        } else {
            assert!(
                self.units == other.units,
                "statistics of {} units cannot be put together with those of {}",
                self.units,
                other.units
            );
            self.dead.retain(|unit| other.dead.binary_search(unit).is_ok());
        }
        self.count += other.count;
        self.saturated += other.saturated;
        self.killed += other.killed;
        self.zeros += other.zeros;
        self.nans += other.nans;
        self.infinities += other.infinities;
        self.moments.merge(other.moments);
    }

    fn fraction(&self, of: u64) -> f64 {
        of as f64 / self.count as f64
    }
}

/// Mean, and the sum of the squares of the distances from it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moments {
    pub(super) count: u64,
    pub(super) mean: f64,
    pub(super) squares: f64,
}

impl Moments {
    /// Of `count` numbers, from the sums of their distances to some number and of the squares of these.
    pub(super) fn about(number: f64, count: usize, [sum, squares]: [f64; 2]) -> Self {
        let distance = sum / count as f64;
        // Rounding may leave less than nothing where all are equal.
        let squares = (squares - sum * distance).max(0.0);
        Moments { count: count as u64, mean: number + distance, squares }
    }

    /// Both together (Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances, 1979).
    pub(super) fn merge(&mut self, other: Moments) {
        if other.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = other;
            return;
        }
        let (count, mine, theirs) = (self.count + other.count, self.count as f64, other.count as f64);
        let distance = other.mean - self.mean;
        self.mean += distance * (theirs / count as f64);
        self.squares += other.squares + distance * distance * (mine * theirs / count as f64);
        self.count = count;
    }
}
