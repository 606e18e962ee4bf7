//! f and f' as a small SVG that takes its colours from the page around it.

use super::facts::{Kink, is_jump, kinks};
use crate::compile::Compiled;
use activation_chart::{Chart, Curve, Jump, Theme, y_range};
use activation_math::{Output, Precision};

/// What is shown where nothing happens farther out.
const LEAST: f64 = 5.0;

/// Edges farther out are too far to be shown together with what is around 0.
const MOST: f64 = 40.0;

/// At how many inputs, evenly spaced.
const POINTS: usize = 128;

const WIDTH: u32 = 520;
const HEIGHT: u32 = 280;

pub(super) fn svg(compiled: &Compiled) -> String {
    let kinks = kinks(compiled);
    let farthest = kinks.iter().map(|kink| kink.x.abs()).filter(|&x| x <= MOST).fold(0.0, f64::max);
    let end = LEAST.max((1.25 * farthest).ceil());
    let curves = [Output::Forward, Output::Derivative].map(|output| curve(compiled, output, end, &kinks));
    let range = (-end, end);
    let mut chart = Chart::new("", range, y_range(&curves.each_ref(), range));
    chart.size = (WIDTH, HEIGHT);
    chart.x_label.clone_from(&compiled.variable);
    chart.description = format!("f and f' of {}", compiled.name());
    let height = chart.y;
    for (name, curve) in ["f", "f'"].into_iter().zip(curves) {
        chart.add(name, unbroken(curve, height));
    }
    chart.svg(Theme::Page)
}

/// A function at all points, and on both sides of every edge.
fn curve(compiled: &Compiled, output: Output, end: f64, kinks: &[Kink]) -> Curve {
    let parameters = compiled.defaults();
    let at = |x: f64| compiled.evaluate(output, x, &parameters, Precision::Single);
    let inputs: [f64; POINTS] =
        std::array::from_fn(|index| end * (2.0 * index as f64 / (POINTS - 1) as f64 - 1.0));
    let mut values = [0.0; POINTS];
    compiled.evaluate_into(output, &inputs, &mut values, &parameters, Precision::Single);
    let mut points: Vec<(f64, f64)> = inputs.into_iter().zip(values).collect();

    let mut curve = Curve::default();
    for &Kink { x, sides: [left, right], .. } in kinks.iter().filter(|kink| kink.x.abs() < end) {
        let (before, after) = (at(left), at(right));
        let next = points.partition_point(|&(at, _)| at < x);
        let behind = points.split_off(next);
        points.push((left, before));
        if is_jump(before, after) {
            curve.jumps.push(Jump { x, left: before, value: at(x), right: after });
            curve.pieces.extend(finite(&points));
            points.clear();
        }
        points.push((right, after));
        points.extend(behind.into_iter().filter(|&(at, _)| at > x));
    }
    curve.pieces.extend(finite(&points));
    curve
}

/// The parts of a line that have a value.
fn finite(points: &[(f64, f64)]) -> impl Iterator<Item = Vec<(f64, f64)>> + '_ {
    points.split(|(_, y)| !y.is_finite()).filter(|part| part.len() > 1).map(<[_]>::to_vec)
}

/// The curve without the line that would join the two sides of a pole.
fn unbroken(mut curve: Curve, (low, high): (f64, f64)) -> Curve {
    let is_pole = |a: f64, b: f64| a.min(b) < low && high < a.max(b);
    curve.pieces = curve
        .pieces
        .iter()
        .flat_map(|piece| piece.chunk_by(|&(_, a), &(_, b)| !is_pole(a, b)))
        .map(<[_]>::to_vec)
        .collect();
    curve
}
