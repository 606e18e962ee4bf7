//! `plot`: every activation in every form, what is marked, and what is refused.

use super::{json, printed, refused, run};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The curves of a plot as data.
fn data(arguments: &[&str]) -> Value {
    json(&[&["plot"], arguments, &["--format", "json"]].concat())
}

fn labels(plot: &Value) -> Vec<&str> {
    let series = plot["series"].as_array().expect("an array");
    series.iter().map(|one| one["label"].as_str().expect("text")).collect()
}

fn points(series: &Value) -> Vec<(f64, f64)> {
    let pieces = series["pieces"].as_array().expect("an array");
    let number = |value: &Value| value.as_f64().expect("a number");
    pieces
        .iter()
        .flat_map(|piece| piece.as_array().expect("an array"))
        .map(|point| (number(&point[0]), number(&point[1])))
        .collect()
}

#[test]
fn the_legend_says_which_curve_is_not_in_view() {
    assert_eq!(labels(&data(&["1000 + tanh(x)"])), ["f", "f' (not in view)"]);
    assert_eq!(labels(&data(&["relu", "--y-range", "-3:-2"])), ["relu (not in view)", "relu' (not in view)"]);
    assert_eq!(labels(&data(&["x^9", "--range", "-1:1"])), ["f", "f'"]);
}

#[test]
fn every_activation_is_drawn_as_it_is() {
    for entry in activation_core::all() {
        let name = entry.info().name;
        let plot = data(&[name, "--order", "0,1,2"]);
        assert_eq!(labels(&plot), [name.to_owned(), format!("{name}'"), format!("{name}''")], "{name}");
        let (low, high) =
            (plot["x"][0].as_f64().expect("a number"), plot["x"][1].as_f64().expect("a number"));
        assert!(low < high && high - low <= 60.0, "{name}: {low}..{high}");
        let activation = activation_core::by_name(name).expect("a name");
        for (order, series) in plot["series"].as_array().expect("an array").iter().enumerate() {
            let output = [
                activation_core::Output::Forward,
                activation_core::Output::Derivative,
                activation_core::Output::SecondDerivative,
            ][order];
            let points = points(series);
            assert!(points.len() >= 2, "{name} {order}");
            for (x, y) in points {
                assert!(low <= x && x <= high);
                assert_eq!(activation.evaluate::<f64>(output, x), y, "{name} {order} at {x}");
            }
        }
        let text = printed(&["plot", name]);
        assert_eq!(text.lines().count(), 24, "{name}\n{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{name}\n{text}");
        assert!(!text.contains('\u{1b}') && text.contains(&format!("{name}'")), "{name}\n{text}");
        assert!(text.chars().any(|c| ('\u{2801}'..='\u{28ff}').contains(&c)), "{name}\n{text}");
    }
}

#[test]
fn files_are_of_the_kind_of_their_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for name in ["a.svg", "b.png", "c.txt", "d.json", "E.SVG"] {
        assert_eq!(printed(&["plot", "gelu", "--output", text(&at(name))]), "");
    }
    let svg = fs::read_to_string(at("a.svg")).expect("a file");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"));
    for part in [
        "<title>gelu</title>",
        "<desc>Curves of gelu, gelu' for x from",
        ">gelu'</text>",
        "viewBox=\"0 0 640 400\"",
    ] {
        assert!(svg.contains(part), "{part}\n{svg}");
    }
    assert!(svg.len() < 12_000, "{} bytes", svg.len());
    assert_eq!(svg, fs::read_to_string(at("E.SVG")).expect("a file"));
    assert_eq!(svg, printed(&["plot", "gelu", "--format", "svg"]));
    assert_eq!(size_of_png(&fs::read(at("b.png")).expect("a file")), (1280, 800));
    assert_eq!(fs::read_to_string(at("c.txt")).expect("a file"), printed(&["plot", "gelu"]));
    assert!(serde_json::from_slice::<Value>(&fs::read(at("d.json")).expect("a file")).is_ok());
    printed(&["plot", "gelu", "--size", "901x333", "--output", text(&at("b.png"))]);
    assert_eq!(size_of_png(&fs::read(at("b.png")).expect("a file")), (901, 333));
    let names = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(names, 5, "nothing temporary is left");
}

/// Width and height, from the header.
fn size_of_png(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(&bytes[bytes.len() - 8..bytes.len() - 4], b"IEND");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn marks_are_where_they_belong() {
    let relu = data(&["relu"]);
    assert_eq!(relu["kinks"], serde_json::json!([{ "x": 0.0, "y": 0.0 }]));
    let jump = &relu["series"][1]["jumps"][0];
    assert_eq!(
        [&jump["x"], &jump["left"], &jump["value"], &jump["right"]],
        [0.0, 0.0, 0.0, 1.0].map(Value::from).each_ref()
    );
    assert_eq!(relu["asymptotes"], serde_json::json!([]), "relu is its own asymptote");
    let tanh = data(&["tanh"]);
    let lines = tanh["asymptotes"].as_array().expect("an array");
    let intercepts: Vec<f64> = lines.iter().filter_map(|line| line["intercept"].as_f64()).collect();
    assert_eq!(intercepts, [-1.0, 1.0]);
    let saturated = tanh["saturated"].as_array().expect("an array");
    assert_eq!(saturated.len(), 2);
    assert!(saturated[0]["from"].is_null() && saturated[1]["to"].is_null());
    let end = saturated[1]["from"].as_f64().expect("a number");
    assert!((1.0 - end.tanh().powi(2) - 0.01).abs() < 1e-6, "{end}");
    let reciprocal = data(&["1/x", "--order", "0"]);
    assert_eq!(reciprocal["series"][0]["poles"], serde_json::json!([0.0]));
    assert_eq!(reciprocal["series"][0]["pieces"].as_array().map(Vec::len), Some(2));
    let plain = printed(&["plot", "tanh", "--plain"]);
    assert!(!plain.contains("asymptote") && !plain.contains("saturated"), "{plain}");
}

#[test]
fn functions_and_parameters_are_told_apart() {
    assert_eq!(labels(&data(&["gelu", "x * tanh(x)"])), ["gelu", "gelu'", "x * tanh(x)", "(x * tanh(x))'"]);
    assert_eq!(labels(&data(&["x * tanh(x)"])), ["f", "f'"]);
    assert_eq!(labels(&data(&["elu", "--set", "alpha=2"])), ["elu (alpha = 2)", "elu' (alpha = 2)"]);
    let sweep = data(&["leaky_relu", "--sweep", "slope=0:0.5:6"]);
    let expected = ["0", "0.1", "0.2", "0.3", "0.4", "0.5"].map(|value| format!("slope = {value}"));
    assert_eq!(labels(&sweep), expected);
    let at_minus_one: Vec<f64> = sweep["series"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|series| series["parameters"]["slope"].as_f64().expect("a number"))
        .collect();
    assert_eq!(at_minus_one, [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    let both = data(&["relu", "elu", "--sweep", "alpha=1,2", "--order", "0"]);
    assert_eq!(labels(&both), ["relu", "elu (alpha = 1)", "elu (alpha = 2)"]);
    let eight = data(&["relu", "gelu", "silu", "mish", "tanh", "sigmoid", "elu", "softplus"]);
    assert_eq!(labels(&eight).len(), 8);
    let declared =
        data(&["Bump(t; k = 2) = exp(-k * t^2)", "--set", "k=3", "--range=-1:1", "--y-range", "0:2"]);
    assert_eq!(
        (&declared["x"], &declared["y"]),
        (&serde_json::json!([-1.0, 1.0]), &serde_json::json!([0.0, 2.0]))
    );
    assert_eq!(labels(&declared)[0], "bump (k = 3)");
}

#[test]
fn text_keeps_its_size_and_its_characters() {
    for (width, height) in [("24", "8"), ("60", "20"), ("300", "100")] {
        let plot = printed(&["plot", "relu", "gelu", "--ascii", "--width", width, "--height", height]);
        assert!(plot.is_ascii(), "{plot}");
        assert_eq!(plot.lines().count(), height.parse::<usize>().expect("a number"));
        assert!(plot.lines().all(|line| line.len() <= width.parse().expect("a number")), "{plot}");
    }
    let coloured = run(&["plot", "gelu", "--color", "always"]);
    assert!(String::from_utf8_lossy(&coloured.out).contains("\u{1b}[38;5;"));
    assert!(!printed(&["plot", "gelu", "--color=never"]).contains('\u{1b}'));
    assert!(!printed(&["--color", "auto", "plot", "gelu"]).contains('\u{1b}'));
}

/// Arguments behind `plot`, and what the message must say.
const MISTAKES: &[(&[&str], &str)] = &[
    (&[], "plot what?"),
    (&["gleu"], "did you mean `gelu`"),
    (
        &["gelu", "--output", "a.pdf"],
        "what kind of file is `a.pdf`? Name it `.svg`, `.png`, `.txt` or `.json`",
    ),
    (&["gelu", "--output", "plot"], "what kind of file is `plot`?"),
    (&["gelu", "--output", "a.svg", "--format", "png"], "contradict each other"),
    (&["gelu", "--output", "no/such/a.svg"], "there is no folder `no/such`; create it first"),
    (&["gelu", "--range", "1"], "`--range` takes LO:HI"),
    (&["gelu", "--range", "2:1"], "does not ascend"),
    (&["gelu", "--range", "1:1.0000000000000002"], "too narrow"),
    (&["gelu", "--range", "0:inf"], "not two finite numbers"),
    (&["gelu", "--y-range", "a:b"], "`--y-range` takes LO:HI"),
    (&["gelu", "--size", "800"], "`--size` takes WIDTHxHEIGHT"),
    (&["gelu", "--size", "99999x9", "--output", "a.png"], "`--size` takes WIDTHxHEIGHT"),
    (&["gelu", "--size", "800x600"], "`--size` is for pictures"),
    (&["gelu", "--width", "9"], "`--width` takes a whole number from 24 to 1000"),
    (&["gelu", "--height", "x"], "`--height` takes a whole number from 8 to 1000"),
    (&["gelu", "--output", "a.svg", "--ascii"], "are for text"),
    (&["gelu", "--order", "3"], "`--order` takes `0`, `1` or `2`"),
    (&["gelu", "--order", "0", "--derivative"], "leave out one of the two"),
    (&["gelu", "--set", "k=1"], "`gelu` has no parameters"),
    (&["isru", "--set", "alpha=-1"], "must be at least 0"),
    (&["elu", "--sweep", "alpa=1:2:3"], "did you mean `alpha`?"),
    (&["isru", "--sweep", "alpha=-1:1:3"], "must be at least 0"),
    (&["elu", "--sweep", "alpha=1:2"], "`--sweep` takes NAME=FROM:TO:COUNT"),
    (&["elu", "--sweep", "alpha=1:2:99"], "COUNT is not a whole number from 2 to 40"),
    (&["elu", "--sweep", "alpha=1:2:3", "--set", "alpha=1"], "cannot be both set and swept"),
    (&["elu", "--sweep", "alpha=1:2:30", "--order", "0,1"], "60 curves"),
    (&["ln(x)", "--range", "-5:-1"], "has no finite value from -5 to -1"),
    (&["gelu", "--colour", "never"], "did you mean `--color`?"),
    (&["gelu", "--color", "sometimes"], "`--color` takes `auto`, `always` or `never`"),
];

#[test]
fn mistakes_are_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, expected) in MISTAKES {
        let arguments = [&["plot"], *arguments].concat();
        let output = super::command(&arguments).current_dir(folder.path()).output().expect("it ends");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        let message = super::refusal(super::Run { code: output.status.code(), out: output.stdout, err });
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    assert!(refused(&["plot", "x *"]).contains('^'));
}

#[test]
fn hard_functions_are_drawn() {
    for formula in [
        "1/x",
        "ln(x)",
        "sqrt(x)",
        "exp(exp(x))",
        "3",
        "sin(100*x)",
        "1/(x^2-1)",
        "x^9",
        "1e9*tanh(x)",
        "1e-9*x",
        "tanh(1e6*x)",
        "sin(1/x)",
        "x^0.5 - 2",
    ] {
        let formula = if formula == "3" { "C(x) = 3 + 0 * x" } else { formula };
        let plot = data(&[formula]);
        let (low, high) =
            (plot["y"][0].as_f64().expect("a number"), plot["y"][1].as_f64().expect("a number"));
        assert!(low < high, "{formula}");
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.svg", "a.png"] {
            let path = folder.path().join(name);
            assert_eq!(printed(&["plot", formula, "--output", text(&path)]), "", "{formula}");
            let bytes = fs::read(&path).expect("a file");
            assert!(!String::from_utf8_lossy(&bytes).contains("NaN"), "{formula}");
        }
    }
}
