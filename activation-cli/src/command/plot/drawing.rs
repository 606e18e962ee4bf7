//! From functions to a chart: ranges, curves in their styles, marks.

use super::features::Features;
use super::options::{FEW, Options};
use super::range::{self, Places};
use super::subjects::Function;
use crate::data::excerpt;
use crate::failure::Failure;
use activation_chart::{
    Band, Chart, Colour, Curve, DASHES, Guide, Kink, PALETTE, Series, ramp, y_range_beside,
};
use activation_core::Output;
use std::collections::BTreeMap;

/// How often the range of x may become narrower: each time to a hundredth, or for the last time.
const MOST_NARROWED: usize = 8;

/// What is drawn, and which curve is what.
pub(super) struct Drawing {
    pub(super) chart: Chart,
    /// One for each curve of the chart.
    pub(super) curves: Vec<About>,
    /// Of which function, from where, to where.
    pub(super) saturated: Vec<(String, f64, f64)>,
}

/// Which function a curve shows.
pub(super) struct About {
    pub(super) activation: String,
    pub(super) order: usize,
    pub(super) parameters: BTreeMap<String, f64>,
}

/// Draws these orders of all functions.
pub(super) fn draw(
    functions: &[Function],
    features: &[Features],
    orders: &[Output],
    options: &Options,
) -> Result<Drawing, Failure> {
    let chosen = || range::around(&Places::of_all(features.iter().map(|features| &features.places)));
    let mut x = options.range.unwrap_or_else(chosen);
    let mut traced = trace(functions, features, orders, x)?;
    let y = options.y_range.unwrap_or_else(|| traced.y_range(x));
    let mut left = if options.range.is_none() { MOST_NARROWED } else { 0 };
    while left > 0
        && let Some(narrow) = range::narrowed(x, y, &traced.main())
    {
        (x, left) = (narrow, left - 1);
        traced = trace(functions, features, orders, x)?;
    }
    let Traced { mut series, curves } = traced;
    for one in series.iter_mut().filter(|one| is_outside(&one.curve, y)) {
        one.label.push_str(" (not in view)");
    }
    let mut chart = Chart::new(title(functions, options), x, y);
    if let [one] = functions {
        chart.x_label.clone_from(&one.subject.description.variable);
    }
    chart.series = series;
    chart.description = description(functions, features, &chart);
    let mut saturated = Vec::new();
    for (function, features) in functions.iter().zip(features) {
        saturated.extend(features.saturated.iter().map(|part| (function.name.clone(), part.low, part.high)));
    }
    if !options.plain {
        mark(&mut chart, features, orders, functions);
    }
    Ok(Drawing { chart, curves, saturated })
}

/// Whether all of a curve lies above, or all of it below what is shown.
fn is_outside(curve: &Curve, y: (f64, f64)) -> bool {
    curve.points().all(|point| point.1 > y.1) || curve.points().all(|point| point.1 < y.0)
}

/// The curves over a range of x, and which one is what.
struct Traced {
    series: Vec<Series>,
    curves: Vec<About>,
}

/// Traces all curves; a function without any value in the range is a mistake.
fn trace(
    functions: &[Function],
    features: &[Features],
    orders: &[Output],
    x: (f64, f64),
) -> Result<Traced, Failure> {
    let mut traced = Traced { series: Vec::new(), curves: Vec::new() };
    for (number, (function, features)) in functions.iter().zip(features).enumerate() {
        let mut is_seen = false;
        for &output in orders {
            let curve = Curve::trace(|x| function.subject.value(output, x), x, &features.breaks);
            is_seen |= curve.points().next().is_some();
            let (order, style) = (order(output), style(functions, number, output, traced.series.len()));
            let label = function.label.of_order(order);
            let (colour, dash, width) = style;
            traced.series.push(Series { label, curve, colour, dash, width });
            traced.curves.push(About {
                activation: function.name.clone(),
                order,
                parameters: function.subject.assignments(),
            });
        }
        if !is_seen {
            return Err(Failure::new(format!(
                "{} has no finite value from {} to {}; choose another range with `--range LO:HI`",
                excerpt(&function.name),
                x.0,
                x.1
            )));
        }
    }
    Ok(traced)
}

impl Traced {
    fn of_order(&self, is_meant: fn(usize) -> bool) -> Vec<&Curve> {
        let of_order = self.series.iter().zip(&self.curves).filter(|(_, about)| is_meant(about.order));
        of_order.map(|(series, _)| &series.curve).collect()
    }

    /// The functions themselves; derivatives alone have nothing beside which they would be aside.
    fn main(&self) -> Vec<&Curve> {
        let functions = self.of_order(|order| order == 0);
        if functions.is_empty() { self.of_order(|_| true) } else { functions }
    }

    fn y_range(&self, x: (f64, f64)) -> (f64, f64) {
        let main = self.main();
        let aside =
            if main.len() == self.series.len() { Vec::new() } else { self.of_order(|order| order > 0) };
        y_range_beside(&main, &aside, x)
    }
}

fn order(output: Output) -> usize {
    match output {
        Output::Derivative => 1,
        Output::SecondDerivative => 2,
        _ => 0,
    }
}

/// Colour, dashes and width: one function has a colour for each order, several have a colour each, and the values of a sweep a
/// ramp of colours. Dashes differ too, wherever there are enough of them.
fn style(functions: &[Function], number: usize, output: Output, index: usize) -> (Colour, usize, f64) {
    let order = order(output);
    let width = if order == 0 { 2.2 } else { 1.6 };
    match functions[number].step {
        Some((step, count)) => (ramp(step, count), order, width),
        None if functions.len() == 1 => (PALETTE[order], order, 2.0),
        None => (PALETTE[number % PALETTE.len()], (index + index / DASHES.len()) % DASHES.len(), width),
    }
}

fn title(functions: &[Function], options: &Options) -> String {
    if let Some(title) = &options.title {
        return title.clone();
    }
    let mut names: Vec<&str> = functions.iter().map(|function| function.name.as_str()).collect();
    names.dedup();
    let mut title = names.join(", ");
    if let Some(sweep) = &options.sweep {
        title.push_str(&format!(" for values of {}", sweep.name));
    }
    if functions.len() == 1 && !options.set.is_empty() {
        let set: Vec<String> = options.set.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        title.push_str(&format!(" with {}", set.join(", ")));
    }
    title
}

fn description(functions: &[Function], features: &[Features], chart: &Chart) -> String {
    let labels: Vec<&str> = chart.series.iter().map(|series| series.label.as_str()).collect();
    let mut text =
        format!("Curves of {} for {} from {} to {}.", labels.join(", "), chart.x_label, chart.x.0, chart.x.1);
    for (function, features) in functions.iter().zip(features).take(FEW) {
        if !features.description.is_empty() {
            text.push_str(&format!(" {}: {}.", function.label.of_order(0), features.description));
        }
    }
    text
}

/// Kinks on the curves; asymptotes and saturation where they do not crowd the picture.
fn mark(chart: &mut Chart, features: &[Features], orders: &[Output], functions: &[Function]) {
    let colours: Vec<Vec<Colour>> = chart
        .series
        .chunks(orders.len())
        .map(|of_one| of_one.iter().map(|series| series.colour).collect())
        .collect();
    for (features, colours) in features.iter().zip(&colours) {
        for (&output, &colour) in orders.iter().zip(colours) {
            let kinks = features.kinks.get(order(output)).map(Vec::as_slice).unwrap_or_default();
            chart.kinks.extend(kinks.iter().map(|&(x, y)| Kink { x, y, colour }));
        }
    }
    let is_swept = functions.iter().any(|function| function.step.is_some());
    if is_swept || functions.len() > FEW {
        return;
    }
    if orders.contains(&Output::Forward) {
        for asymptote in features.iter().flat_map(|features| &features.asymptotes) {
            let guide = Guide::Line { slope: asymptote.slope, intercept: asymptote.offset };
            if !chart.guides.contains(&guide) {
                chart.guides.push(guide);
            }
        }
    }
    chart.band_label = "saturated: |f'| < 0.01".to_owned();
    for (number, (features, colours)) in features.iter().zip(&colours).enumerate() {
        let strip = (functions.len() > 1).then(|| (number, colours[0]));
        chart.bands.extend(features.saturated.iter().map(|part| Band {
            from: part.low,
            to: part.high,
            strip,
        }));
    }
}
