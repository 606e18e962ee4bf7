//! Help, the manual page, completions and the description of JSON: all are there, and all are right.

use super::{command, printed, refused, run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

/// The verbs, from the list of them.
fn verbs() -> Vec<String> {
    let help = printed(&["--help"]);
    let lines = help.lines().filter_map(|line| line.strip_prefix("  activation "));
    let names: Vec<String> = lines
        .take_while(|line| line.contains("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "WHAT")
        .map(str::to_owned)
        .collect();
    assert!(names.len() >= 10 && names.contains(&"plot".to_owned()), "{names:?}");
    names
}

/// The options in a help text.
fn options(help: &str) -> BTreeSet<String> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  --"));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn every_verb_teaches() {
    for verb in verbs() {
        let help = printed(&[&verb, "--help"]);
        if verb != "help" {
            assert_eq!(printed(&["help", &verb]), help);
        }
        assert!(help.contains("Usage:") && help.lines().all(|line| line.chars().count() <= 120), "{help}");
        let examples = help.split("Examples:\n").nth(1).expect("examples");
        assert!((3..=6).contains(&examples.lines().count()), "{examples}");
        assert!(
            options(&help).is_superset(&["color", "help", "version"].map(str::to_owned).into()),
            "{help}"
        );
    }
}

#[test]
fn help_names_the_fields_of_json() {
    let page = printed(&["help", "json"]);
    let manual = printed(&["man"]);
    for verb in verbs() {
        let help = printed(&[&verb, "--help"]).replace('\n', " ");
        if !page.contains(&format!("\n## {verb}\n")) {
            assert!(!help.contains("JSON has") && !help.contains("JSON is an array"), "{help}");
            continue;
        }
        let told = help.split("JSON ").find(|part| part.starts_with("has ") || part.contains("which have "));
        let told =
            told.and_then(|part| part.split_once(';')).unwrap_or_else(|| panic!("no fields: {help}")).0;
        let is_array = told.starts_with("is an array");
        let names = told.rsplit_once(if is_array { "which have " } else { "has " }).expect("names").1;
        let names: Vec<&str> = names.split(", ").collect();
        let described = described(&verb);
        let expected: Vec<&str> = described
            .iter()
            .map(|(path, _)| if is_array { path.strip_prefix("[].").expect("an array") } else { path })
            .filter(|path| path.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
            .collect();
        assert!(!expected.is_empty(), "{verb}: {described:?}");
        assert_eq!(names, expected, "{verb}");
        assert!(manual.contains(&format!("{}; ", names.join(", "))), "{verb}: the manual page");
    }
}

#[test]
fn every_option_in_the_help_is_one() {
    for verb in verbs() {
        for option in options(&printed(&[&verb, "--help"])) {
            let output = command(&[&verb, &format!("--{option}")]).output().expect("it ends");
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(!err.contains("unknown option"), "{verb} --{option}: {err}");
        }
    }
}

/// Runs a program if there is one of that name; says so where there is none.
fn with(program: &str, arguments: &[&str], input: &str) -> Option<(bool, String)> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("SKIPPED: there is no `{program}` here");
        return None;
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            let _ = stdin.write_all(input.as_bytes());
        });
        child.wait_with_output().expect("it ends")
    });
    let text = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}

#[test]
fn the_manual_page_is_right() {
    let page = printed(&["man"]);
    for verb in verbs() {
        assert!(page.contains(&format!("\n.SH ACTIVATION {}\n", verb.to_uppercase())), "{verb}");
        for option in options(&printed(&[&verb, "--help"])) {
            assert!(page.contains(&format!("\\-\\-{}", option.replace('-', "\\-"))), "{verb} --{option}");
        }
    }
    assert!(page.contains(".SH EXIT STATUS") && page.contains(".SH ENVIRONMENT"));
    if let Some((_, told)) = with("mandoc", &["-T", "lint", "-W", "warning"], &page) {
        // A page that is the same every day has no date.
        let others: Vec<&str> = told.lines().filter(|line| !line.contains("missing date")).collect();
        assert!(others.is_empty(), "{told}");
    }
    if let Some((fine, told)) = with("man", &["--warnings", "-l", "-"], &page) {
        assert!(fine && !told.contains("warning:"), "{told}");
        assert!(told.contains("activation plot"), "{told}");
    }
}

/// What bash completes, behind these words.
fn in_bash(script: &str, words: &[&str]) -> Option<Vec<String>> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let ask = format!(
        "{script}\nCOMP_WORDS=({}); COMP_CWORD={}; _activation; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len() - 1
    );
    let (fine, told) = with("bash", &["--norc", "-c", &ask], "")?;
    assert!(fine, "{told}");
    Some(told.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect())
}

#[test]
fn bash_completes() {
    let script = printed(&["completions", "bash"]);
    let Some((fine, told)) = with("bash", &["-n"], &script) else { return };
    assert!(fine && told.is_empty(), "{told}");
    let complete = |words: &[&str]| in_bash(&script, words).expect("bash");
    let first = complete(&["activation", ""]);
    assert!(
        verbs().iter().all(|verb| first.contains(verb)) && first.contains(&"gelu".to_owned()),
        "{first:?}"
    );
    assert_eq!(complete(&["activation", "plo"]), ["plot"]);
    assert_eq!(complete(&["activation", "plot", "gelu_t"]), ["gelu_tanh"]);
    assert_eq!(complete(&["activation", "plot", "gelu", "--sw"]), ["--sweep"]);
    assert_eq!(complete(&["activation", "plot", "gelu", "--format", "s"]), ["svg"]);
    assert_eq!(complete(&["activation", "plot", "--format", "=", "j"]), ["json"]);
    assert_eq!(complete(&["activation", "completions", "z"]), ["zsh"]);
    assert_eq!(complete(&["activation", "help", "corp"]), ["corpus"]);
    assert!(complete(&["activation", "plot", "--title", ""]).is_empty());
    for verb in verbs() {
        let offered: BTreeSet<String> =
            complete(&["activation", &verb, "--"]).iter().map(|option| option.replace("--", "")).collect();
        assert_eq!(offered, options(&printed(&[&verb, "--help"])), "{verb}");
    }
}

#[test]
fn zsh_and_fish_read_their_scripts() {
    let zsh = printed(&["completions", "zsh"]);
    if let Some((fine, told)) = with("zsh", &["-n"], &zsh) {
        assert!(fine && told.is_empty(), "{told}");
    }
    let load = format!(
        "autoload -Uz compinit && compinit -u -D\n{zsh}\nwhence -w _activation && print ${{_comps[activation]}}"
    );
    if let Some((fine, told)) = with("zsh", &["-f"], &load) {
        assert!(fine && told.contains("_activation: function\n_activation\n"), "{told}");
    }
    let fish = printed(&["completions", "fish"]);
    if let Some((fine, told)) = with("fish", &["--no-execute"], &fish) {
        assert!(fine && told.is_empty(), "{told}");
    }
    let ask = |line: &str| format!("{fish}\ncomplete -C '{line}'\n");
    for (line, expected) in [
        ("activation pl", "plot\t"),
        ("activation plot --swe", "--sweep"),
        ("activation plot --format s", "svg"),
        ("activation plot gelu_t", "gelu_tanh"),
    ] {
        if let Some((fine, told)) = with("fish", &["--no-config"], &ask(line)) {
            assert!(fine && told.lines().any(|offered| offered.starts_with(expected)), "{line}: {told}");
        }
    }
    assert!(refused(&["completions"]).contains("which shell?"));
    assert!(refused(&["completions", "tcsh"]).contains("takes `bash`, `zsh` or `fish`, not `tcsh`"));
    assert!(refused(&["man", "plot"]).contains("activation help VERB"));
}

/// The paths of all fields: `[].name`, `series[].jumps[].x`. Names of parameters and numbers in arrays are no fields.
fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                found.insert(path.clone());
                if name != "parameters" || value.is_array() {
                    paths(value, &path, found);
                }
            }
        }
        Value::Array(elements) => {
            elements.iter().for_each(|element| paths(element, &format!("{at}[]"), found))
        }
        _ => {}
    }
}

/// The fields that the page describes, with their types.
fn described(verb: &str) -> Vec<(String, String)> {
    let page = printed(&["help", "json"]);
    let part =
        page.split(&format!("\n## {verb}\n")).nth(1).unwrap_or_else(|| panic!("{verb} is not described"));
    let rows =
        part.split("\n## ").next().unwrap_or_default().lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| {
        let mut cells = row.split(" | ");
        let path = cells.next().expect("a path").trim_end_matches('`').to_owned();
        (path, cells.next().expect("a type").to_owned())
    })
    .collect()
}

fn assert_kind(value: &Value, kinds: &str, at: &str) {
    let fits = |kind: &str| match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{at}: there is no type {other}"),
    };
    assert!(kinds.split(" or ").any(fits), "{at} is {value}, not {kinds}");
}

/// All values at a path.
fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut values = vec![value];
    for step in path.replace("[]", ".[]").split('.').filter(|step| !step.is_empty()) {
        values = values
            .into_iter()
            .flat_map(|value| match step {
                "[]" => value.as_array().map(|all| all.iter().collect()).unwrap_or_default(),
                name => value.get(name).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    values
}

/// Together the values show every field that the chapter has, and no other, and each is of the type that it says.
fn assert_described(chapter: &str, values: &[Value]) {
    let described = described(chapter);
    let mut found = BTreeSet::new();
    for value in values {
        paths(value, "", &mut found);
        for (path, kinds) in &described {
            at(value, path)
                .into_iter()
                .for_each(|value| assert_kind(value, kinds, &format!("{chapter}: {path}")));
        }
    }
    let described: BTreeSet<String> = described.into_iter().map(|(path, _)| path).collect();
    // What is inside of a field is described too, or not at all.
    let has_parts =
        |path: &str| described.iter().any(|part| part.len() > path.len() && part.starts_with(path));
    found.retain(|path| {
        let whole = described.iter().filter(|whole| {
            path.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
        });
        whole.into_iter().all(|whole| has_parts(&format!("{whole}.")) || has_parts(&format!("{whole}[")))
    });
    assert_eq!(found, described, "{chapter}");
}

#[test]
fn the_analysis_is_as_it_is_described() {
    let shown =
        ["relu", "step", "gelu_tanh", "prelu", "sin", "1 / x", "ln(x)", "cos(x) + x", "x^2", "exp(x^2)"];
    let analyses = shown.map(|what| {
        let run = run(&["show", what, "--format", "json"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let shown: Value = serde_json::from_slice(&run.out).expect("JSON");
        shown["analysis"].clone()
    });
    assert_described("analysis", &analyses);
}

#[test]
fn json_is_as_it_is_described() {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    let corpus = corpus.to_str().expect("UTF-8");
    // Together the runs of a verb must show every field, and nothing else.
    let runs: &[(&str, &[&[&str]])] = &[
        ("list", &[&["list"]]),
        ("show", &[&["show", "prelu", "--timing"], &["show", "x * tanh(x)"], &["show", "gelu"]]),
        ("explain", &[&["explain", "sigmoid"]]),
        ("compare", &[&["compare", "relu", "tanh"]]),
        ("derive", &[&["derive", "mish"], &["derive", "1 - tanh(x)^2"]]),
        ("diff", &[&["diff", "hard_sigmoid", "hard_sigmoid_onnx"], &["diff", "relu", "tanh"]]),
        (
            "eval",
            &[
                &["eval", "elu", "1", "inf"],
                &["eval", "elu", "1", "--order", "2"],
                &["eval", "elu", "1", "--wrt", "alpha"],
            ],
        ),
        ("export", &[&["export", "swish", "--target", "c"], &["export", "relu", "--target", "onnx"]]),
        ("check", &[&["check", "relu", "--points", "20"]]),
        ("bench", &[&["bench", "relu", "--n", "64"]]),
        ("plot", &[&["plot", "tanh"], &["plot", "relu", "prelu"]]),
        ("corpus", &[&["corpus", "relu", "--points", "2", "--output", corpus]]),
        #[cfg(feature = "lab")]
        ("lab", &[&["lab", "sparsity", "dead-neurons", "--quick", "--epochs", "1"]]),
    ];
    let page = printed(&["help", "json"]);
    let mut chapters: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    // An object of three verbs.
    chapters.retain(|chapter| *chapter != "analysis");
    // A build without the laboratory has its description all the same.
    if cfg!(not(feature = "lab")) {
        chapters.retain(|chapter| *chapter != "lab");
    }
    let ours: Vec<&str> = runs.iter().map(|(verb, _)| *verb).collect();
    assert_eq!(
        BTreeSet::from_iter(chapters),
        BTreeSet::from_iter(ours),
        "every verb with JSON is tried here"
    );
    for (verb, commands) in runs {
        let answers: Vec<Value> = commands
            .iter()
            .map(|command| {
                let run = run(&[command, &["--format", "json"][..]].concat());
                // `diff` finds differences.
                assert!(matches!(run.code, Some(0 | 1)) && run.err.is_empty(), "{run:?}");
                serde_json::from_slice(&run.out).expect("JSON")
            })
            .collect();
        assert_described(verb, &answers);
    }
    let written = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/src/json.md"));
    assert_eq!(
        written.expect("docs/src/json.md"),
        page,
        "write it anew: activation help json > docs/src/json.md"
    );
}
