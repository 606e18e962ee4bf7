//! `list` and `show`.

use super::{json, printed, refused};
use serde_json::{Value, json};

#[test]
fn json_has_all_that_is_known() {
    let list = json(&["list", "--format", "json"]);
    let list = list.as_array().expect("an array");
    assert_eq!(list.len(), activation_core::all().count());
    for (one, entry) in list.iter().zip(activation_core::all()) {
        let info = entry.info();
        assert_eq!(one["name"], info.name);
        assert_eq!(one["aliases"], json!(info.aliases));
        for (key, text) in [
            ("formula", info.formula),
            ("derivative", info.derivative),
            ("second_derivative", info.second_derivative),
            ("docs", info.docs),
        ] {
            assert_eq!(one[key], text, "{key} of {}", info.name);
        }
        let parameters = one["parameters"].as_array().expect("an array");
        assert_eq!(parameters.len(), info.parameters.len());
        for (shown, parameter) in parameters.iter().zip(info.parameters) {
            assert_eq!(shown["name"], parameter.name);
            assert_eq!(shown["default"], parameter.default);
            assert_eq!(shown["default_text"], parameter.default_text);
            assert_eq!(shown["learned"], parameter.learned);
            assert_eq!(shown["derivative"], parameter.derivative);
            for (end, expected) in [(0, parameter.range.0), (1, parameter.range.1)] {
                assert_eq!(shown["range"][end].as_f64(), expected.is_finite().then_some(expected));
            }
        }
    }
}

#[test]
fn tables_have_a_row_each() {
    let count = activation_core::all().count();
    let table = printed(&["list"]);
    let mut lines = table.lines();
    let header = lines.next().expect("a header");
    assert_eq!(header.split_whitespace().collect::<Vec<_>>(), ["name", "aliases", "parameters", "formula"]);
    assert_eq!(lines.clone().count(), count);
    let formulas = header.find("formula").expect("a column");
    for (line, entry) in lines.zip(activation_core::all()) {
        assert!(line.starts_with(entry.info().name));
        assert_eq!(line.get(formulas..), Some(entry.info().formula));
    }
    let text = printed(&["list", "--format=csv"]);
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = csv.records().map(|record| record.expect("a record")).collect();
    assert_eq!(records.len(), count);
    for (record, entry) in records.iter().zip(activation_core::all()) {
        assert_eq!(record.get(0), Some(entry.info().name));
        assert_eq!(record.get(1), Some(entry.info().aliases.join("; ").as_str()));
        assert_eq!(record.get(3), Some(entry.info().formula));
        assert_eq!(record.get(4), Some(entry.info().derivative));
    }
    assert!(records.iter().any(|record| record.get(2) == Some("learn slope = 0.25")));
    assert!(records.iter().any(|record| record.get(2) == Some("alpha = 1 in 0..")));
    assert!(records.iter().any(|record| record.get(2) == Some("b = 4 in 0..")));
}

#[test]
fn show_shows_everything() {
    let text = printed(&["show", "Leaky-ReLU"]);
    for part in [
        "leaky_relu (also lrelu)\n",
        "\nReLU that leaks",
        "\nf(x) = if x > 0 { x } else { slope * x }\n",
        "\nf'(x) = if x > 0 { 1 } else { slope }\n",
        "\nf''(x) = 0\n",
        "\nparameter slope = 0.01\n  df/dslope = if x > 0 { 0 } else { x }\n",
        "\nsource: Maas, Hannun",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Source:") && !printed(&["show", "gelu"]).contains("[`"), "{text}");
    let mut one = json(&["show", "lrelu", "--format", "json"]);
    // Everything that the list has, the analysis and the certificate.
    for more in ["analysis", "certificate"] {
        assert!(one.as_object_mut().is_some_and(|one| one.remove(more).is_some()));
    }
    let all = json(&["list", "--format", "json"]);
    let same = all.as_array().expect("an array").iter().find(|other| other["name"] == "leaky_relu");
    assert_eq!(Some(&one), same);
    assert!(one["source"].as_str().is_some_and(|source| source.ends_with("2013.")));
}

#[test]
fn every_activation_is_shown_by_all_its_names() {
    for entry in activation_core::all() {
        let name = entry.info().name;
        for alias in entry.info().aliases {
            assert_eq!(json(&["show", alias, "--format", "json"])["name"], name, "{alias}");
        }
        let shown = printed(&["show", &name.replace('_', "-").to_uppercase()]);
        assert!(shown.contains(entry.info().formula) && shown.contains(entry.info().derivative), "{shown}");
    }
}

#[test]
fn formulas_and_declarations_are_shown() {
    let formula = json(&["show", "-x^2", "--format", "json"]);
    assert_eq!(formula["name"], "formula");
    assert_eq!((&formula["formula"], &formula["source"]), (&json!("-x^2"), &Value::Null));
    assert_eq!(formula["derivative"], "-2 * x");
    let text =
        "/// A bump.\n#[alias(hill)]\npub Bump(z; /// The width.\n learn k = 2 in 0..) = exp(-k * z^2)";
    let declaration = json(&["show", text, "--format", "json"]);
    assert_eq!(
        [&declaration["name"], &declaration["variable"], &declaration["docs"], &declaration["aliases"]],
        [&json!("bump"), &json!("z"), &json!("A bump."), &json!(["hill"])]
    );
    let parameter = &declaration["parameters"][0];
    assert_eq!(parameter["range"], json!([0.0, null]));
    assert_eq!([&parameter["docs"], &parameter["learned"]], [&json!("The width."), &json!(true)]);
    let shown = printed(&["show", text]);
    for part in [
        "bump (also hill)\n\nA bump.\n\nf(z) = exp(-k * z^2)\n",
        "parameter learn k = 2 in 0..\n  The width.\n",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn what_alone_is_shown() {
    assert_eq!(printed(&["gelu"]), printed(&["show", "gelu"]));
    assert_eq!(printed(&["Leaky-ReLU", "--format=json"]), printed(&["show", "leaky_relu", "--format=json"]));
    for formula in ["x^2", "-x * tanh(x)", "Bump(x; k = 2) = exp(-k * x^2)"] {
        assert_eq!(printed(&[formula]), printed(&["show", formula]));
    }
}

#[test]
fn help_and_version() {
    let help = printed(&["--help"]);
    for arguments in [vec![], vec!["help"], vec!["-h"], vec!["help", "help"]] {
        assert_eq!(printed(&arguments), help);
    }
    for verb in ["list", "show", "eval", "explain", "compare", "diff"] {
        assert_eq!(printed(&[verb, "-h"]), printed(&[verb, "--help"]));
    }
    let version = format!("activation {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!([printed(&["--version"]), printed(&["-V"]), printed(&["eval", "--version"])], [&*version; 3]);
    assert!(refused(&["show", "gelu", "--set", "a=1"]).contains("has no parameters"));
}
