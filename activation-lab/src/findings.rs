//! What an experiment has found: figures in all their conditions, pictures, tables, verdicts.

use crate::claim::Claim;
use crate::contender::Contender;
use crate::estimate::Estimate;
use crate::experiments::Experiment;
use crate::laboratory::Setup;
use crate::network::Initialisation;
use activation_chart::{Chart, Curve, DASHES, PALETTE, Ribbon, Scale, Series, number};
use serde::Serialize;

/// What numbers mean, and on which scale their mean is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Quantity {
    /// A part of all, from 0 to 1, shown in percent.
    Part,
    /// A number without a unit.
    Number,
    /// Epochs of training.
    Epochs,
    /// A size that spans orders of magnitude: values are common logarithms, means are geometric.
    Size,
    /// How many times as large, likewise.
    Ratio,
}

impl Quantity {
    /// Whether values are logarithms.
    fn is_logarithmic(self) -> bool {
        matches!(self, Quantity::Size | Quantity::Ratio)
    }

    /// A value as it is, and no logarithm of it.
    pub fn plain(self, value: f64) -> f64 {
        if self.is_logarithmic() { 10f64.powf(value) } else { value }
    }

    /// A value with its unit.
    pub fn shown(self, value: f64) -> String {
        match self {
            Quantity::Part => format!("{} %", rounded(100.0 * value, 1)),
            Quantity::Number => rounded(value, 3),
            Quantity::Epochs => rounded(value, 2),
            Quantity::Size => significant(self.plain(value)),
            Quantity::Ratio => format!("{} times", significant(self.plain(value))),
        }
    }

    /// A mean with its interval.
    pub fn estimated(self, estimate: &Estimate) -> String {
        if !estimate.mean.is_finite() {
            return "none".to_owned();
        }
        let (low, high) = (estimate.low(), estimate.high());
        match self {
            _ if !estimate.margin.is_finite() => self.shown(estimate.mean),
            Quantity::Part => {
                format!("{} ± {} %", rounded(100.0 * estimate.mean, 1), rounded(100.0 * estimate.margin, 1))
            }
            Quantity::Number => format!("{} ± {}", rounded(estimate.mean, 3), rounded(estimate.margin, 3)),
            Quantity::Epochs => format!("{} ± {}", rounded(estimate.mean, 2), rounded(estimate.margin, 2)),
            Quantity::Size | Quantity::Ratio => {
                let [mean, low, high] =
                    [estimate.mean, low, high].map(|value| significant(self.plain(value)));
                format!("{mean} ({low} to {high})")
            }
        }
    }
}

fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // No minus before a zero.
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

/// Two digits.
fn significant(value: f64) -> String {
    let magnitude = value.abs().log10().floor();
    if value == 0.0 || !value.is_finite() {
        return number(value);
    }
    let step = 10f64.powf(magnitude - 1.0);
    number((value / step).round() * step)
}

/// Whether something was measured before training or behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// With the weights of the initialisation.
    Before,
    /// At the end.
    After,
}

impl Stage {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Before => "before",
            Stage::After => "after",
        }
    }
}

/// Under which conditions something was measured; what the experiment does not vary is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Conditions {
    /// Hidden layers.
    pub depth: Option<usize>,
    /// How weights began.
    pub initialisation: Option<Initialisation>,
    /// Which hidden layer, from 1.
    pub layer: Option<usize>,
    /// The learning rate.
    pub rate: Option<f64>,
    /// Before or after training.
    pub stage: Option<Stage>,
    /// How far training had come.
    pub epoch: Option<f64>,
}

/// What was measured of an activation under some conditions, in every run.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// Of which activation.
    pub activation: String,
    /// What, in words.
    pub what: String,
    /// Its unit and scale.
    pub quantity: Quantity,
    /// When and where.
    pub conditions: Conditions,
    /// On the quantity's scale, run by run. A run that gave none is not there.
    pub values: Vec<f64>,
}

impl Measurement {
    /// The mean of the runs.
    pub fn estimate(&self) -> Estimate {
        Estimate::of(&self.values)
    }
}

/// Cells of text under a header.
#[derive(Clone, Debug)]
pub struct Table {
    /// Above it.
    pub title: String,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// As many cells each as there are columns; the first one names the row.
    pub rows: Vec<Vec<String>>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The name of its files, without their ends.
    pub name: String,
    /// The picture itself.
    pub chart: Chart,
}

/// All that came out.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Of which experiment.
    pub experiment: &'static Experiment,
    /// How much was done.
    pub setup: Setup,
    /// Who took part.
    pub contenders: Vec<Contender>,
    /// How it was done, sentence by sentence.
    pub method: Vec<String>,
    /// The claims with their verdicts.
    pub claims: Vec<Claim>,
    /// Pictures, the most telling one first.
    pub figures: Vec<Figure>,
    /// Tables of estimates.
    pub tables: Vec<Table>,
    /// What else has to be known.
    pub notes: Vec<String>,
    /// Everything that was measured.
    pub measurements: Vec<Measurement>,
}

impl Findings {
    /// Nothing yet.
    pub(crate) fn new(experiment: &'static Experiment, setup: Setup, contenders: &[Contender]) -> Self {
        Findings {
            experiment,
            setup,
            contenders: contenders.to_vec(),
            method: Vec::new(),
            claims: Vec::new(),
            figures: Vec::new(),
            tables: Vec::new(),
            notes: Vec::new(),
            measurements: Vec::new(),
        }
    }

    /// Notes what was measured, and gives its estimate.
    pub(crate) fn note(
        &mut self,
        contender: &Contender,
        (what, quantity): (&str, Quantity),
        conditions: Conditions,
        values: Vec<f64>,
    ) -> Estimate {
        let estimate = Estimate::of(&values);
        let (activation, what) = (contender.name().to_owned(), what.to_owned());
        self.measurements.push(Measurement { activation, what, quantity, conditions, values });
        estimate
    }
}

/// Curves of estimates, each in the colour of its place among the contenders.
pub(crate) struct Lines {
    chart: Chart,
    quantity: Quantity,
}

impl Lines {
    /// No curves yet, over layers or epochs.
    pub(crate) fn new(title: &str, x_label: &str, (y_label, quantity): (&str, Quantity)) -> Self {
        let mut chart = Chart::new(title, (0.0, 1.0), (0.0, 1.0));
        (chart.x_label, chart.y_label) = (x_label.to_owned(), y_label.to_owned());
        chart.x_scale = Scale::Whole;
        if quantity.is_logarithmic() {
            chart.y_scale = Scale::PowersOfTen;
        }
        Lines { chart, quantity }
    }

    /// With common logarithms for x.
    pub(crate) fn over_powers(mut self) -> Self {
        self.chart.x_scale = Scale::PowersOfTen;
        self
    }

    /// Adds a curve with its confidence band.
    pub(crate) fn add(&mut self, place: usize, dash: usize, label: &str, points: &[(f64, Estimate)]) {
        let colour = PALETTE[place % PALETTE.len()];
        // Percent are read more easily than parts.
        let scale = if self.quantity == Quantity::Part { 100.0 } else { 1.0 };
        let known = || points.iter().filter(|(_, estimate)| estimate.mean.is_finite());
        let piece: Vec<(f64, f64)> = known().map(|(x, estimate)| (*x, scale * estimate.mean)).collect();
        let band = known().filter(|(_, estimate)| estimate.margin.is_finite());
        let band = band.map(|(x, estimate)| (*x, scale * estimate.low(), scale * estimate.high())).collect();
        self.chart.series.push(Series {
            label: label.to_owned(),
            curve: Curve { pieces: vec![piece], ..Curve::default() },
            colour,
            dash: dash % DASHES.len(),
            width: 2.0,
        });
        self.chart.ribbons.push(Ribbon { points: band, colour });
    }

    /// The picture, under a name for its files; nothing if there is no line in it, as where all runs but those at one rate have
    /// diverged.
    pub(crate) fn figure(mut self, name: &str) -> Option<Figure> {
        if !self.chart.series.iter().any(|series| series.curve.points().count() > 1) {
            return None;
        }
        let bounds = |values: &mut dyn Iterator<Item = f64>| {
            values
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        };
        let chart = &mut self.chart;
        let points = || chart.series.iter().flat_map(|series| series.curve.points());
        let bands = || chart.ribbons.iter().flat_map(|ribbon| &ribbon.points);
        let x = bounds(&mut points().map(|point| point.0));
        let mut y =
            bounds(&mut points().map(|point| point.1).chain(bands().flat_map(|&(_, low, high)| [low, high])));
        if self.quantity == Quantity::Part {
            y = (y.0.clamp(0.0, 100.0), y.1.clamp(0.0, 100.0));
        }
        let widened = |(low, high): (f64, f64), part: f64| match high - low {
            width if width > 0.0 => (low - part * width, high + part * width),
            0.0 => (low - 0.5, high + 0.5),
            _ => (0.0, 1.0),
        };
        (chart.x, chart.y) = (widened(x, 0.02), widened(y, 0.05));
        let names: Vec<&str> = chart.series.iter().map(|series| series.label.as_str()).collect();
        let (y_label, x_label) = (&chart.y_label, &chart.x_label);
        let description =
            format!("{y_label} by {x_label}: {}; with 95 % confidence bands.", names.join(", "));
        chart.description = description;
        Some(Figure { name: name.to_owned(), chart: self.chart })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_are_shown_with_their_units() {
        let estimate = |mean, margin| Estimate { mean, margin, runs: 5 };
        assert_eq!(Quantity::Part.estimated(&estimate(0.4821, 0.0111)), "48.2 ± 1.1 %");
        assert_eq!(Quantity::Size.estimated(&estimate(-7.0, 2f64.log10())), "1e-7 (5e-8 to 2e-7)");
        assert_eq!(Quantity::Ratio.shown(6f64.log10()), "6 times");
        assert_eq!(Quantity::Number.estimated(&estimate(-0.0001, 0.02)), "0.000 ± 0.020");
        assert_eq!(Quantity::Epochs.estimated(&estimate(3.0, f64::INFINITY)), "3.00");
        assert_eq!(Quantity::Part.estimated(&Estimate::of(&[])), "none");
    }
}
