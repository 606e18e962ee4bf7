//! `activation plot`: curves of f and its derivatives, in the terminal or as a picture.

mod drawing;
mod features;
mod options;
mod range;
mod raster;
mod subjects;
pub(super) mod write;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::manual::{Group, Value, Verb, field, opt};
use crate::subject::Subject;
use activation_analysis::Analysis;
use drawing::Drawing;
use features::Features;
use options::Options;
use std::ffi::OsStr;
use subjects::Function;

pub(super) const MANUAL: Verb = Verb {
    name: "plot",
    operands: "WHAT...",
    completes: Value::Activation,
    summary: "their curves, in the terminal or as SVG or PNG",
    usage: &["plot WHAT... [OPTIONS]", "plot WHAT... --output FILE.svg|FILE.png [OPTIONS]"],
    about: "Draws f and f', and f'' where asked for, of one or several activations: as text in the terminal, or as a picture in \
            a file.\n\nThe range of x is chosen so that kinks, zeros, turning points and the beginning of saturation are seen, \
            and the range of y so that what grows without end does not flatten the rest. Kinks are marked, jumps have a filled \
            dot where the value is and an open one where it is not, asymptotes are dashed, and where f is saturated, with |f'| \
            below 0.01, the plot is shaded (of several functions each has a strip of its colour). Lines differ in their dashes \
            as well as in their colours, which are chosen for the colour-blind.",
    groups: &[
        Group {
            title: "Which curves",
            options: &[
                opt(
                    "order",
                    Value::Text("N,N"),
                    "which of f (0), f' (1) and f'' (2); 0,1 unless said otherwise, and 0 where there are more than four functions",
                ),
                opt("derivative", Value::None, "f' alone; the same as --order 1"),
                opt(
                    "set",
                    Value::Text("NAME=VALUE"),
                    "sets a parameter of every function that has it; may be given for each of them",
                ),
                opt(
                    "sweep",
                    Value::Text("NAME=FROM:TO:COUNT"),
                    "a curve for each of so many values of a parameter, the ends included; NAME=V,V,V names them one by one",
                ),
            ],
        },
        Group {
            title: "How they are drawn",
            options: &[
                opt("range", Value::Text("LO:HI"), "of x"),
                opt("y-range", Value::Text("LO:HI"), "of y"),
                opt("title", Value::Text("TEXT"), "above the curves, instead of their names; '' for none"),
                opt("plain", Value::None, "the curves alone, without marks, asymptotes and shades"),
            ],
        },
        Group {
            title: "Where to",
            options: &[
                opt(
                    "output",
                    Value::File("FILE"),
                    "a file: .svg, .png, .txt or .json; it appears once it is complete",
                ),
                opt(
                    "format",
                    Value::Words(&["text", "svg", "png", "json"]),
                    "text unless the output says otherwise; JSON is an object with the points of the curves",
                ),
                opt(
                    "size",
                    Value::Text("WIDTHxHEIGHT"),
                    "of a picture in pixels; 640x400 for SVG, 1280x800 for PNG unless said otherwise",
                ),
                opt("width", Value::Text("COLUMNS"), "of text; the terminal's unless said otherwise"),
                opt("height", Value::Text("LINES"), "of text; what suits the width unless said otherwise"),
                opt("ascii", Value::None, "text of ASCII characters only"),
            ],
        },
    ],
    json: &[
        field("title", "string", "the title"),
        field("x", "array", "from where to where: two numbers"),
        field("y", "array", "from where to where: two numbers"),
        field("series", "array", "the curves"),
        field("series[].label", "string", "as in the legend"),
        field("series[].activation", "string", "the name, or the formula"),
        field("series[].order", "integer", "0 for f, 1 for f', 2 for f''"),
        field("series[].parameters", "object", "values by name"),
        field(
            "series[].pieces",
            "array",
            "lines without a gap, each an array of pairs x, y; more points where they bend",
        ),
        field("series[].jumps", "array", "where it jumps"),
        field("series[].jumps[].x", "number", "where"),
        field("series[].jumps[].left", "number", "the limit from the left"),
        field("series[].jumps[].value", "number", "the value there"),
        field("series[].jumps[].right", "number", "the limit from the right"),
        field("series[].poles", "array", "numbers x at which it goes to infinity"),
        field("kinks", "array", "kinks of the curves"),
        field("kinks[].x", "number", "where"),
        field("kinks[].y", "number", "the value there"),
        field(
            "asymptotes",
            "array",
            "straight lines that curves approach; those at poles are not among them",
        ),
        field("asymptotes[].slope", "number", "0 for a horizontal one"),
        field("asymptotes[].intercept", "number", "its value at 0"),
        field("saturated", "array", "where |f'| is below 0.01"),
        field("saturated[].activation", "string", "of which function"),
        field("saturated[].from", "number or null", "null for -infinity"),
        field("saturated[].to", "number or null", "null for infinity"),
    ],
    examples: &[
        "activation plot gelu",
        "activation plot relu gelu silu --order 0 --range -3:3",
        "activation plot elu --sweep alpha=0.5:2:4 --output elu.svg",
        "activation plot 'x * tanh(ln(1 + exp(x)))' --order 0,1,2 --output mish.png --size 1600x1000",
        "activation plot tanh --ascii --width 60 --height 20",
        "activation plot swish --set beta=2 --format json",
    ],
    run,
};

fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(options) = Options::read(arguments)? else { return Ok(()) };
    let functions = subjects::find(&options)?;
    let orders = options.orders_of(functions.len())?;
    let analysed = functions.iter().map(|one| Ok(Features::of(&one.subject, &one.subject.analysis()?)));
    let features = analysed.collect::<Result<Vec<_>, Failure>>()?;
    let drawing = drawing::draw(&functions, &features, &orders, &options)?;
    write::write(&drawing, &options)
}

/// Curves of f of functions that somebody else has analysed, in one picture.
pub(super) struct Overlay {
    drawing: Drawing,
    options: Options,
}

impl Overlay {
    /// `set` are the values that were given to parameters; the name of a file says what kind of picture it is.
    pub(super) fn of(
        all: &[(&str, &Subject, &Analysis)],
        set: &[(String, f64)],
        file: Option<&OsStr>,
    ) -> Result<Self, Failure> {
        let options = Options::of_overlay(set, file)?;
        let functions: Vec<Function> = all
            .iter()
            .map(|&(name, subject, _)| Function::called(name.to_owned(), subject.clone(), set))
            .collect();
        let features: Vec<Features> =
            all.iter().map(|(_, subject, analysis)| Features::of(subject, analysis)).collect();
        let orders = options.orders_of(functions.len())?;
        let drawing = drawing::draw(&functions, &features, &orders, &options)?;
        Ok(Overlay { drawing, options })
    }

    /// As text for standard output.
    pub(super) fn text(&self) -> String {
        write::text(&self.drawing, &self.options)
    }

    /// Writes the file.
    pub(super) fn save(&self) -> Result<(), Failure> {
        write::write(&self.drawing, &self.options)
    }
}
