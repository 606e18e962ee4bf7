//! `activation export`: what it writes is compiled, run, and held against what `eval` says.

use super::{printed, refused, run};
use std::fs;
use std::path::Path;
use std::process::Command;

const TARGETS: [&str; 12] = [
    "rust",
    "rust-plain",
    "c",
    "python",
    "pytorch",
    "jax",
    "triton",
    "cuda",
    "wgsl",
    "latex",
    "onnx",
    "json",
];

/// A name of every kind that a language could stumble over, and a comment that would like to leave its place.
const HOSTILE: &str = "/// Ends */ here \"\"\" or ''' here \\ and %s ??/ `{x}` #{x} <b>\n\
    pub Lambda(double; learn int = 1, learn async_ = 2, class = 0.5, exp_ = 1, learn größe = 1) = \
    int * double * sigmoid(async_ * double) + class * exp_ * max(double, größe * tanh(double))";

fn is_there(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("SKIPPED: `{tool}` is not installed");
    }
    found
}

fn succeeds(command: &mut Command) -> String {
    let output = command.output().expect("the tool starts");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    out.into_owned()
}

/// Exports to a file in `folder` and gives its path.
fn exported(folder: &Path, what: &str, target: &str, name: &str) -> String {
    let path = folder.join(name).to_str().expect("text").to_owned();
    assert_eq!(written(&["export", what, "--target", target, "--output", &path]), "");
    path
}

#[test]
fn every_target_writes_the_same_twice_and_in_every_locale() {
    for target in TARGETS {
        for what in ["swish", HOSTILE] {
            let arguments = ["export", what, "--target", target, "--output", "-"];
            let [first, second] = [(); 2].map(|()| run(&arguments));
            assert_eq!(first.code, Some(0), "{}", first.err);
            assert!(first.out.len() > 50, "{target} of {what}");
            assert_eq!(first.out, second.out, "{target} of {what}");
            let mut other = super::command(&arguments);
            let other = other.env("LC_ALL", "de_DE.UTF-8").env("LANG", "de_DE.UTF-8").output().expect("runs");
            assert_eq!(first.out, other.stdout, "{target} of {what}");
        }
    }
}

/// The inputs at which exports are compared here; the script `scripts/check_exports.py` takes the whole corpus.
const INPUTS: [f64; 14] =
    [0.0, 0.5, -0.5, 1.0, -1.0, -0.7517915, 3.0, -3.0, 10.0, -10.0, -37.5, 1e-9, -3e38, f64::INFINITY];

/// What a run writes that may have something to warn of: NaN where there is no limit, a formula that is not certified.
fn written(arguments: &[&str]) -> String {
    let run = run(arguments);
    assert_eq!(run.code, Some(0), "{run:?}");
    String::from_utf8(run.out).expect("results are UTF-8")
}

/// f, f' and f'' at the inputs, as the library has them.
fn expected(what: &str) -> Vec<f64> {
    let mut values = Vec::new();
    for order in ["0", "1", "2"] {
        for x in INPUTS {
            let x = format!("{x:e}");
            let out = match order {
                "2" => written(&["eval", what, &x, "--order", "2", "--dtype", "f64", "--format", "csv"]),
                _ => written(&["eval", what, &x, "--dtype", "f64", "--format", "csv"]),
            };
            let (header, row) = out.trim().split_once('\n').expect("a header and a row");
            let column =
                ["forward", "derivative", "second_derivative"][order.parse::<usize>().expect("a number")];
            let at = header.split(',').position(|name| name == column).expect("the column");
            values.push(row.split(',').nth(at).expect("a value").parse().expect("a number"));
        }
    }
    values
}

fn assert_close(printed: &str, expected: &[f64], what: &str) {
    let values: Vec<f64> = printed.split_whitespace().map(|text| text.parse().expect("a number")).collect();
    assert_eq!(values.len(), expected.len(), "{what}");
    for (place, (&value, &right)) in values.iter().zip(expected).enumerate() {
        let unit = (right.abs() * f64::EPSILON).max(1e-320);
        let fine =
            value == right || (value - right).abs() <= 2.0 * unit || (value.is_nan() && right.is_nan());
        let (order, x) = (place / INPUTS.len(), INPUTS[place % INPUTS.len()]);
        assert!(fine, "{what}, derivative {order} at {x}: {value:e} is not {right:e}");
    }
}

const COMPARED: [&str; 7] = ["gelu", "mish", "elu", "tanh_shrink", "sqrt_softplus", "gcu", "tanh_exp"];

#[test]
fn c_has_the_values_of_the_library() {
    if !is_there("cc") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for what in COMPARED {
        exported(folder.path(), what, "c", "it.c");
        let inputs: Vec<String> = INPUTS
            .iter()
            .map(|x| if x.is_infinite() { "INFINITY".into() } else { format!("{x:e}") })
            .collect();
        let calls: String = ["", "_derivative", "_second_derivative"]
            .iter()
            .map(|suffix| {
                format!(
                    "for (i = 0; i < {}; i++) printf(\"%.17g\\n\", activation_{what}{suffix}(x[i]));\n",
                    INPUTS.len()
                )
            })
            .collect();
        let main = format!(
            "#include <stdio.h>\n#include \"it.c\"\nint main(void) {{ static const double x[] = {{{}}}; int i;\n{calls} return 0; }}\n",
            inputs.join(", ")
        );
        fs::write(folder.path().join("main.c"), main).expect("written");
        let program = folder.path().join("program");
        succeeds(
            Command::new("cc")
                .args(["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "main.c", "-o", "program", "-lm"])
                .current_dir(folder.path()),
        );
        assert_close(&succeeds(&mut Command::new(program)), &expected(what), what);
    }
}

#[test]
fn plain_rust_has_the_values_of_the_library() {
    let folder = tempfile::tempdir().expect("a folder");
    for what in ["gelu", "mish", "gcu"] {
        exported(folder.path(), what, "rust-plain", "it.rs");
        let inputs: Vec<String> = INPUTS
            .iter()
            .map(|x| if x.is_infinite() { "f64::INFINITY".into() } else { format!("{x:?}") })
            .collect();
        let calls: String = ["", "_derivative", "_second_derivative"]
            .iter()
            .map(|suffix| {
                format!("for x in X {{ println!(\"{{:e}}\", it::activation_{what}{suffix}(x)); }}\n")
            })
            .collect();
        let main = format!(
            "mod it;\nconst X: [f64; {}] = [{}];\nfn main() {{\n{calls}}}\n",
            INPUTS.len(),
            inputs.join(", ")
        );
        fs::write(folder.path().join("main.rs"), main).expect("written");
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        succeeds(
            Command::new(rustc)
                .args(["-O", "--edition=2024", "-Aunused", "main.rs", "-o", "program"])
                .current_dir(folder.path()),
        );
        assert_close(&succeeds(&mut Command::new(folder.path().join("program"))), &expected(what), what);
    }
}

/// Names and comments of the author stay what they are: C compiles, and Python parses.
#[test]
fn hostile_names_and_comments_stay_in_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let c = exported(folder.path(), HOSTILE, "c", "hostile.c");
    if is_there("cc") {
        succeeds(Command::new("cc").args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-c",
            &c,
            "-o",
            "/dev/null",
        ]));
        succeeds(Command::new("cc").args(["-std=c99", "-Wall", "-trigraphs", "-c", &c, "-o", "/dev/null"]));
    }
    let rust = exported(folder.path(), HOSTILE, "rust-plain", "hostile.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let metadata = folder.path().join("hostile.rmeta");
    succeeds(
        Command::new(rustc)
            .args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "-Adead_code", &rust, "-o"])
            .arg(metadata),
    );
    if is_there("python3") {
        for target in ["python", "pytorch", "jax", "triton"] {
            let path = exported(folder.path(), HOSTILE, target, &format!("{target}.py"));
            succeeds(Command::new("python3").args([
                "-W",
                "error",
                "-c",
                "import ast, sys; ast.parse(open(sys.argv[1]).read())",
                &path,
            ]));
        }
    }
    let json = written(&["export", HOSTILE, "--target", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["parameters"][0]["name"], "int");
    assert_eq!(json["functions"].as_array().map(Vec::len), Some(3 + 3 + 3 + 6));
}

/// A function of Python is called as the activation is, but not like what the code around it calls.
#[test]
fn names_in_python_are_free() {
    const CALLED: &str = "\
import ast, sys
tree = ast.parse(open(sys.argv[1]).read())
defined = {one.name for one in tree.body if hasattr(one, 'name')}
used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)} | {'range', 'float'}
builtin = set(dir(__builtins__))
print(*sorted(defined & used & builtin), sys.argv[2] in defined)
";
    if !is_there("python3") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for target in ["python", "pytorch", "jax", "triton"] {
        for name in
            ["sum", "zip", "range", "tuple", "any", "float", "bool", "super", "staticmethod", "sigmoid"]
        {
            let what = if name == "sigmoid" {
                name.to_owned()
            } else {
                format!("{}{}(x; learn k = 2) = x * sin(k * x)", name[..1].to_uppercase(), &name[1..])
            };
            let path = exported(folder.path(), &what, target, &format!("{name}-{target}.py"));
            let expected = if name == "sigmoid" { name.to_owned() } else { format!("{name}_") };
            let found = succeeds(Command::new("python3").args(["-c", CALLED, &path, &expected]));
            assert_eq!(found.trim(), "True", "{name} for {target}");
        }
    }
}

/// The declaration that is exported declares what was exported.
#[test]
fn a_declaration_is_one() {
    let text = printed(&["export", "prelu", "--target", "rust", "--set", "slope=0.125"]);
    let start = text.find("pub Prelu").expect("the declaration");
    let declaration = text[start..].trim_end_matches(['}', '\n', ' ']).trim_end_matches(';');
    let values = printed(&["eval", declaration, "-2", "--format", "csv"]);
    assert!(values.ends_with("-2.0,-0.25,0.125\n"), "{declaration}: {values}");
}

#[test]
fn parameters_are_numbers_or_arguments() {
    let text = printed(&["export", "leaky_relu", "--target", "c", "--set", "slope=0.25"]);
    assert!(text.contains("double activation_leaky_relu(double x)") && text.contains("0.25"));
    let text = printed(&["export", "prelu", "--target", "c"]);
    assert!(text.contains("double activation_prelu(double x, double slope)"));
    let text = printed(&["export", "swish", "--target", "pytorch", "--set", "beta=1.5"]);
    assert!(text.contains("def swish(x, beta=1.5):"));
}

#[test]
fn what_cannot_be_exported_is_refused() {
    for (arguments, expected) in [
        (vec!["export"], "export what?"),
        (vec!["export", "gelu"], "`--target`"),
        (vec!["export", "gelu", "--target", "fortran"], "`rust`, `rust-plain`, `c`"),
        (vec!["export", "gelu", "gelu", "--target", "c"], "is more"),
        (vec!["export", "gelu", "--target", "c", "--dtype", "f32"], "`triton` and `onnx`"),
        (vec!["export", "gelu", "--target", "c", "--set", "alpha=1"], "no parameters"),
        (vec!["export", "elu", "--target", "c", "--set", "alpa=1"], "did you mean `alpha`"),
        (vec!["export", "elu", "--target", "c", "--set", "alpha=inf"], "finite"),
        (vec!["export", "elu", "--target", "c", "--set", "alpha=1", "--set", "alpha=2"], "twice"),
        (vec!["export", "x * sigmod(x)", "--target", "c"], "did you mean `sigmoid`"),
        (vec!["export", "gelu", "--target", "c", "--output", "/no/such/folder/gelu.c"], "no folder"),
        (vec!["export", "gelu", "--target", "c", "--format", "text"], "`code` or `json`"),
        (vec!["export", "sin(exp(x))", "--target", "c", "--strict"], "cannot be certified"),
    ] {
        let message = refused(&arguments);
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}

/// An export as data is the very export.
#[test]
fn json_has_the_whole_file() {
    for target in TARGETS {
        let arguments = ["export", "prelu", "--target", target, "--set", "slope=0.125"];
        let plain = run(&[&arguments[..], &["--output", "-"]].concat()).out;
        let data = super::json(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!((&data["name"], &data["target"]), (&"prelu".into(), &target.into()));
        assert_eq!(
            data["parameters"],
            serde_json::json!([{ "name": "slope", "value": 0.125, "learned": true }])
        );
        let contents = data["contents"].as_str().expect("text");
        match data["encoding"].as_str() {
            Some("utf-8") => assert_eq!(contents.as_bytes(), plain, "{target}"),
            Some("base64") => assert_eq!(from_base64(contents), plain, "{target}"),
            other => panic!("{target}: {other:?}"),
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("it.json");
        printed(&[&arguments[..], &["--format=json", "--output", path.to_str().expect("text")]].concat());
        let file: serde_json::Value =
            serde_json::from_slice(&fs::read(path).expect("written")).expect("JSON");
        assert_eq!(file, data);
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let six = |letter: char| LETTERS.find(letter).map(|six| six as u32);
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.chars().map_while(six) {
        (bits, count) = (bits << 6 | letter, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

#[test]
fn a_file_is_complete_or_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gelu.c");
    fs::write(&path, "mine").expect("written");
    let arguments = ["export", "x * sigmod(x)", "--target", "c", "--output", path.to_str().expect("text")];
    refused(&arguments);
    assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
    exported(folder.path(), "gelu", "c", "gelu.c");
    assert!(fs::read_to_string(&path).expect("there").ends_with("}\n"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
