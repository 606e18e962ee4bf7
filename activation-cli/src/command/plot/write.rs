//! Where a chart goes: as text, as a picture, or as data.

use super::drawing::Drawing;
use super::options::{Format, Options};
use super::raster;
use crate::colour;
use crate::data::put;
use crate::failure::Failure;
use activation_chart::{Chart, Glyphs, Guide, SMALLEST_TEXT, TextStyle, Theme};
use serde::Serialize;
use std::collections::BTreeMap;
use std::env;
use std::io::{self, IsTerminal};
use std::path::Path;

/// What is written in a file of text, and in a pipe.
const USUAL_TEXT: (usize, usize) = (80, 24);

/// The size of a picture in which text has its usual size. Larger PNGs have it larger: they are for sharper eyes, not for more
/// room.
const USUAL_PICTURE: (f64, f64) = (640.0, 400.0);

/// The size of a PNG.
pub(in crate::command) const USUAL_PNG: (u32, u32) = (1280, 800);

/// A chart as a PNG of that size.
pub(in crate::command) fn png(chart: &Chart, (width, height): (u32, u32)) -> Result<Vec<u8>, Failure> {
    let scale = (f64::from(width) / USUAL_PICTURE.0).min(f64::from(height) / USUAL_PICTURE.1).max(0.5);
    let size = [width, height].map(|side| (f64::from(side) / scale).round() as u32);
    let chart = Chart { size: (size[0], size[1]), ..chart.clone() };
    raster::png(&chart.picture(), (width, height), scale)
}

pub(super) fn write(drawing: &Drawing, options: &Options) -> Result<(), Failure> {
    let path = options.output.as_deref().map(Path::new);
    let is_file = path.is_some_and(|path| path != Path::new("-"));
    let bytes = match options.format {
        Format::Text => drawing
            .chart
            .text(&text_style((options.width, options.height), options.ascii, is_file))
            .into_bytes(),
        Format::Svg => {
            let size = options.size.unwrap_or(drawing.chart.size);
            Chart { size, ..drawing.chart.clone() }.svg(Theme::Paper).into_bytes()
        }
        Format::Png => png(&drawing.chart, options.size.unwrap_or(USUAL_PNG))?,
        Format::Json => {
            let mut text = serde_json::to_vec(&Json::of(drawing))
                .map_err(|error| Failure::new(format!("cannot write JSON: {error}")))?;
            text.push(b'\n');
            text
        }
    };
    Ok(put(path, &bytes, options.format != Format::Png)?)
}

/// A chart as text for standard output.
pub(super) fn text(drawing: &Drawing, options: &Options) -> String {
    drawing.chart.text(&text_style((options.width, options.height), options.ascii, false))
}

/// How charts of text are written: of that width and height where they are given, and otherwise as suits where they go.
pub(in crate::command) fn text_style(
    (width, height): (Option<usize>, Option<usize>),
    ascii: bool,
    is_file: bool,
) -> TextStyle {
    let terminal = io::stdout();
    let is_terminal = !is_file && terminal.is_terminal();
    let size = if is_terminal { console::Term::stdout().size_checked() } else { None };
    let from_variable = |name: &str| env::var(name).ok().and_then(|text| text.parse::<usize>().ok());
    let usual = match (size, is_file) {
        (Some((lines, columns)), _) => (usize::from(columns), usize::from(lines)),
        (None, true) => USUAL_TEXT,
        (None, false) => (
            from_variable("COLUMNS").unwrap_or(USUAL_TEXT.0).min(1000),
            from_variable("LINES").unwrap_or(USUAL_TEXT.1).min(1000),
        ),
    };
    let width = width.unwrap_or(usual.0).max(SMALLEST_TEXT.0);
    // The prompt needs a line, and a chart that is much higher than wide is no better for it.
    let suited = (usual.1.saturating_sub(usize::from(is_terminal))).min(width * 2 / 5 + 2);
    let height = height.unwrap_or(suited).max(SMALLEST_TEXT.1);
    // The console of Linux has no font with braille.
    let is_poor = is_terminal && env::var("TERM").is_ok_and(|term| term == "dumb" || term == "linux");
    let glyphs = if ascii || is_poor { Glyphs::Ascii } else { Glyphs::Braille };
    TextStyle { width, height, glyphs, colour: !is_file && colour::on(&terminal) }
}

/// A chart as data.
#[derive(Serialize)]
struct Json<'d> {
    title: &'d str,
    x: [f64; 2],
    y: [f64; 2],
    series: Vec<JsonSeries<'d>>,
    kinks: Vec<JsonPoint>,
    asymptotes: Vec<JsonLine>,
    saturated: Vec<JsonBand<'d>>,
}

#[derive(Serialize)]
struct JsonSeries<'d> {
    label: &'d str,
    activation: &'d str,
    order: usize,
    parameters: &'d BTreeMap<String, f64>,
    pieces: &'d [Vec<(f64, f64)>],
    jumps: Vec<JsonJump>,
    poles: &'d [f64],
}

#[derive(Serialize)]
struct JsonJump {
    x: f64,
    left: f64,
    value: f64,
    right: f64,
}

#[derive(Serialize)]
struct JsonPoint {
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct JsonLine {
    slope: f64,
    intercept: f64,
}

#[derive(Serialize)]
struct JsonBand<'d> {
    activation: &'d str,
    from: Option<f64>,
    to: Option<f64>,
}

impl<'d> Json<'d> {
    fn of(drawing: &'d Drawing) -> Self {
        let chart = &drawing.chart;
        let finite = |value: f64| value.is_finite().then_some(value);
        let series = chart.series.iter().zip(&drawing.curves).map(|(series, about)| JsonSeries {
            label: &series.label,
            activation: &about.activation,
            order: about.order,
            parameters: &about.parameters,
            pieces: &series.curve.pieces,
            jumps: series
                .curve
                .jumps
                .iter()
                .map(|jump| JsonJump { x: jump.x, left: jump.left, value: jump.value, right: jump.right })
                .collect(),
            poles: &series.curve.poles,
        });
        let lines = chart.guides.iter().filter_map(|guide| match *guide {
            Guide::Line { slope, intercept } => Some(JsonLine { slope, intercept }),
            Guide::Vertical(_) => None,
        });
        Json {
            title: &chart.title,
            x: [chart.x.0, chart.x.1],
            y: [chart.y.0, chart.y.1],
            series: series.collect(),
            kinks: chart.kinks.iter().map(|kink| JsonPoint { x: kink.x, y: kink.y }).collect(),
            asymptotes: lines.collect(),
            saturated: drawing
                .saturated
                .iter()
                .map(|(activation, from, to)| JsonBand { activation, from: finite(*from), to: finite(*to) })
                .collect(),
        }
    }
}
