//! `analysis` in `show`, and `compare`, `diff` and `explain`.

use super::{denied, json, printed, refused, run};
use serde_json::{Value, json as value};

fn analysis(arguments: &[&str]) -> Value {
    json(&[&["show"], arguments, &["--format", "json"]].concat())["analysis"].clone()
}

fn near(found: &Value, expected: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - expected).abs() <= 1e-12 * expected.abs().max(1e-3))
}

/// The keys that are promised, of every kind.
#[test]
fn show_has_an_analysis() {
    let gelu = analysis(&["gelu"]);
    assert!(near(&gelu["range"][0], -0.169_971_207_479_903_66) && gelu["range"][1] == "inf");
    assert!(near(&gelu["lipschitz"], 1.128_904_145_185_154_8), "{}", gelu["lipschitz"]);
    assert_eq!([&gelu["monotone"], &gelu["parity"], &gelu["smoothness"]], ["none", "none", "smooth"]);
    assert!(
        near(&gelu["mean"], 0.282_094_791_773_878_14)
            && near(&gelu["derivative_second_moment"], 0.455_850_865_649_287_1)
    );
    let relu = analysis(&["relu"]);
    assert_eq!((&relu["range"], &relu["lipschitz"]), (&value!([0.0, "inf"]), &value!(1.0)));
    assert_eq!([&relu["monotone"], &relu["parity"]], ["increasing", "none"]);
    for (key, expected) in [
        ("mean", 0.398_942_280_401_432_7),
        ("variance", 0.340_845_056_908_104_7),
        ("second_moment", 0.5),
        ("derivative_second_moment", 0.5),
        ("sparsity", 0.5),
        ("dead_probability", 0.5),
        ("saturation_probability", 0.5),
        ("gain_forward", 2.0_f64.sqrt()),
        ("gain_backward", 2.0_f64.sqrt()),
    ] {
        assert!(near(&relu[key], expected), "{key}: {}", relu[key]);
    }
    assert_eq!(
        (&relu["zeros"]["intervals"], &relu["dead"]),
        (&value!([["-inf", 0.0]]), &value!([["-inf", 0.0]]))
    );
    assert_eq!(relu["kinks"][0]["slopes"], value!([0.0, 1.0]));
    let tanh = analysis(&["tanh"]);
    assert_eq!([&tanh["monotone"], &tanh["parity"]], ["increasing", "odd"]);
    assert_eq!((&tanh["range"], &tanh["mean"]), (&value!([-1.0, 1.0]), &value!(0.0)));
    let selu = analysis(&["selu"]);
    assert!(near(&selu["variance_maps"]["variance"]["fixed_points"][0]["variance"], 1.0));
}

#[test]
fn parameters_and_distributions_are_chosen() {
    let leaky = analysis(&["leaky_relu", "--set", "slope=0.2"]);
    assert!(near(&leaky["gain_forward"], (2.0_f64 / 1.04).sqrt()));
    assert_eq!(leaky["parameters"], value!({"slope": 0.2}));
    let wide = analysis(&["relu", "--std", "3"]);
    assert!(near(&wide["second_moment"], 4.5));
    assert_eq!(wide["input"], value!({"mean": 0.0, "std": 3.0}));
    let shifted = analysis(&["x^2", "--mean=-1", "--std=0.5"]);
    assert!(near(&shifted["mean"], 1.25), "{shifted}");
    let declared = analysis(&["Bump(x; k = 2) = exp(-k * x^2)", "--set", "k=0.5"]);
    assert!(near(&declared["mean"], 0.5_f64.sqrt()));
    for (arguments, expected) in [
        (&["--std", "0"][..], "`--std`: the standard deviation must be a finite number above 0, not 0"),
        (&["--std=-1"], "above 0, not -1"),
        (&["--std=inf"], "above 0, not inf"),
        (&["--std=nan"], "above 0, not NaN"),
        (&["--mean=inf"], "`--mean`: the mean must be a finite number"),
        (&["--mean=x"], "`--mean` takes a number, not `x`"),
        (&["--set", "nope=1"], "has no parameters"),
    ] {
        let message = refused(&[&["show", "gelu"], arguments].concat());
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn what_does_not_exist_is_null() {
    let square = analysis(&["exp(x^2)"]);
    assert_eq!((&square["second_moment"], &square["gain_forward"]), (&Value::Null, &Value::Null));
    assert_eq!(square["without_value"]["second_moment"], "infinite");
    let logarithm = analysis(&["ln(x)"]);
    assert_eq!(logarithm["domain"], value!([[0.0, "inf"]]));
    assert_eq!(logarithm["without_value"]["mean"], "undefined");
    let inverse = analysis(&["1/x"]);
    assert_eq!((&inverse["kinks"][0]["kind"], &inverse["mean"]), (&value!("pole"), &Value::Null));
    let sine = analysis(&["sin"]);
    assert_eq!((&sine["range"], &sine["lipschitz"]), (&value!([-1.0, 1.0]), &value!(1.0)));
    assert!(sine["zeros"]["within"][0].as_f64().is_some_and(|low| low < -10.0));
    assert_eq!(sine["limits"], value!([null, null]));
}

#[test]
fn the_card_has_properties() {
    let card = printed(&["show", "sigmoid"]);
    for part in [
        "\nproperties\n",
        "\nrange         (0, 1)\n",
        "\nLipschitz     0.25\n",
        "\nunder N(0, 1)\n",
        "\nP(|f'| < 0.01)  0.000454 %\n",
    ] {
        assert!(card.contains(part), "{part}\n{card}");
    }
    assert!(printed(&["show", "prelu", "--set=slope=0.5"]).contains("\nproperties with slope = 0.5\n"));
}

#[test]
fn functions_side_by_side() {
    let table = printed(&["compare", "relu", "gelu", "x * tanh(x)", "--no-plot"]);
    assert!(table.ends_with("\ninputs of expectations: N(0, 1)\n"), "{table}");
    let header: Vec<&str> =
        table.lines().next().expect("a header").split("  ").filter(|cell| !cell.is_empty()).collect();
    assert_eq!(header.iter().map(|cell| cell.trim()).collect::<Vec<_>>(), ["relu", "gelu", "x * tanh(x)"]);
    assert!(
        table.contains("[-0.169971, inf)") && table.contains("inputs of expectations: N(0, 1)"),
        "{table}"
    );
    let all = json(&["compare", "relu", "leaky_relu", "--set", "slope=0.2", "--format", "json"]);
    assert_eq!(all[0]["name"], "relu");
    assert!(near(&all[1]["analysis"]["slope_range"][0], 0.2));
    let text = printed(&["compare", "relu", "gelu", "--format=csv"]);
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(csv.headers().expect("a header"), vec!["property", "relu", "gelu"]);
    assert!(csv.records().all(|record| record.is_ok_and(|record| record.len() == 3)));
    let markdown = printed(&["compare", "relu", "gelu", "--format", "markdown"]);
    assert!(markdown.starts_with("|  | `relu` | `gelu` |\n| --- | --- | --- |\n"), "{markdown}");
    assert!(refused(&["compare", "relu"]).contains("takes two to 8 names or formulas, and there are 1"));
    assert!(refused(&["compare", "relu", "geluu"]).contains("did you mean `gelu`"));
    assert!(refused(&["compare", "relu", "gelu", "--set=a=1"]).contains("has no parameters"));
}

#[test]
fn curves_below_the_table() {
    let arguments = ["compare", "gelu", "relu", "Mine(x; k = 1) = x * tanh(k * x)", "--set=k=2"];
    let whole = printed(&arguments);
    let table = printed(&[&arguments[..], &["--no-plot"]].concat());
    let chart = whole.strip_prefix(&table).expect("the table comes first");
    // The curves are those of `plot`.
    let plot = [&["plot"][..], &arguments[1..], &["--order", "0"]].concat();
    assert_eq!(chart, format!("\n{}", printed(&plot)));
    assert!(chart.contains("a─ gelu") && chart.contains("mine (k = 2)"), "{chart}");
    for format in ["json", "csv", "markdown"] {
        let one = [&arguments[..], &["--format", format]].concat();
        assert_eq!(printed(&one), printed(&[&one[..], &["--no-plot"]].concat()), "{format}");
    }

    let folder = tempfile::tempdir().expect("a folder");
    for (name, begin) in [("c.svg", &b"<svg"[..]), ("c.png", b"\x89PNG"), ("c.txt", b" "), ("c.json", b"{")] {
        let path = folder.path().join(name);
        let path = path.to_str().expect("UTF-8");
        assert_eq!(printed(&[&arguments[..], &["--output", path]].concat()), table, "{name}");
        assert!(std::fs::read(path).expect("it is written").starts_with(begin), "{name}");
        std::fs::remove_file(path).expect("it can be removed");
    }
    let refused = |more: &[&str]| refused(&[&arguments[..], more].concat());
    assert!(refused(&["--output", "c.pdf"]).contains("what kind of file is `c.pdf`"));
    assert!(refused(&["--output", "-"]).contains("name a file"));
    assert!(refused(&["--output", "c.png", "--no-plot"]).contains("leave out one of the two"));
    assert!(refused(&["--output", "/no/such/folder/c.png"]).contains("no folder"));

    // A function without values in the range of the others costs the picture, not the table.
    let run = run(&["compare", "relu", "sqrt(-1 - x^2)"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("has no finite value from") && !run.out.is_empty(), "{run:?}");
}

#[test]
fn narrow_terminals_wrap() {
    let output = super::command(&["compare", "sigmoid", "gelu", "hard_swish"])
        .env("COLUMNS", "70")
        .output()
        .expect("the command runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.lines().all(|line| line.chars().count() <= 70), "{text}");
}

#[test]
fn differences() {
    let sigmoids = denied(&["diff", "hard_sigmoid", "hard_sigmoid_onnx", "--format", "json"]);
    let sigmoids: serde_json::Value = serde_json::from_str(&sigmoids).expect("JSON");
    assert!(
        near(&sigmoids["absolute"]["value"], 1.0 / 12.0) && sigmoids["equality"] == "different",
        "{sigmoids}"
    );
    assert_eq!(sigmoids["equal"], value!([["-inf", -3.0], [3.0, "inf"]]));
    assert!(printed(&["diff", "silu", "x/(1+exp(-x))"]).contains("equal everywhere"));
    let parting = denied(&["diff", "identity", "relu"]);
    assert!(parting.contains("largest |f - g|: without bound: it grows towards x = -inf"), "{parting}");
    assert!(parting.contains("equal in [0, inf)"), "{parting}");
    assert!(refused(&["diff", "gelu"]).contains("takes two names or formulas, and there are 1"));
}

#[test]
fn explanations() {
    let sigmoid = printed(&["explain", "sigmoid"]);
    for part in ["Saturation", "steepest slope is 0.25", "not centred", "f' is 0 on no interval"] {
        assert!(sigmoid.replace("\n  ", " ").contains(part), "{part}\n{sigmoid}");
    }
    let relu = printed(&["explain", "relu"]).replace("\n  ", " ");
    assert!(relu.contains("f' is exactly 0 in (-inf, 0], 50 % of inputs under N(0, 1)"), "{relu}");
    assert!(relu.contains("Outputs are sparse: 50 %") && relu.contains("1.41421 / sqrt(inputs)"), "{relu}");
    // A custom formula gets no sentence of another one.
    let custom = printed(&["explain", "x + 0.5 * tanh(x)"]).replace("\n  ", " ");
    assert!(custom.contains("It does not saturate") && !custom.contains("has died"), "{custom}");
    let story = json(&["explain", "tanh", "--format", "json"]);
    let sentences = story["story"].as_array().expect("an array");
    assert!(
        sentences.iter().all(|one| one["figures"].as_array().is_some_and(|figures| !figures.is_empty())),
        "{story}"
    );
    assert!(printed(&["explain", "gelu", "--format=markdown"]).starts_with("# gelu\n"));
    assert!(refused(&["explain"]).contains("explain what?"));
    assert!(refused(&["explain", "gelu", "relu"]).contains("`explain` takes one name or formula"));
}

/// Whatever formula there is, an answer comes soon, and is an answer.
#[test]
fn odd_formulas_come_to_an_end() {
    for formula in [
        "1/x",
        "ln(x)",
        "sign(x)",
        "sin(1/x)",
        "x - x + 3",
        "exp(exp(x))",
        "sqrt(x)",
        "tanh(1/x)",
        "1/sin(x)",
        "x^0.5",
        "cos(exp(x))",
        "1/(x - 1)^2",
        "if x > 0 { 1/x } else { 0 }",
        "min(max(x, -1e300), 1e300)",
        "exp(-exp(-x))",
    ] {
        let run = run(&["show", formula, "--format", "json"]);
        assert_eq!(run.code, Some(0), "{formula}: {}", run.err);
        let shown: Value = serde_json::from_slice(&run.out).expect("JSON");
        assert!(shown["analysis"]["range"].is_array(), "{formula}");
    }
    for formula in ["1/x", "sign(x)", "x - x + 3", "sqrt(x)"] {
        assert_eq!(run(&["explain", formula]).code, Some(0), "{formula}");
    }
}
