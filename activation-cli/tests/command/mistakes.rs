//! Mistakes on the command line: exit code 2, one message that helps, nothing written.

use super::{denied, printed, refused, run};

/// Arguments, and what the message must say.
const MISTAKES: &[(&[&str], &str)] = &[
    (&["evl", "gelu"], "unknown command `evl`; did you mean `eval`?"),
    (&["lst"], "did you mean `list`?"),
    (&["gleu"], "`gleu` is neither a command nor an activation; did you mean the activation `gelu`?"),
    (&["plto", "gelu"], "unknown command `plto`; did you mean `plot`?"),
    (&["Leaky-ReLU", "1"], "`show` takes one name or formula, and `1` is more"),
    (&["zzzzz"], "the commands are `list`, `show`, `plot`, `eval`, `explain`, `compare`"),
    (&["x *"], "^"),
    (&[""], "unknown command ``"),
    (&["--frmat"], "the command comes before its options"),
    (&["--format", "json", "list"], "the command comes before its options"),
    (&["--versoin"], "unknown option `--versoin`; did you mean `--version`?"),
    (&["--help=1"], "`--help` takes no value, but was given `1`"),
    (&["help", "evla"], "did you mean `eval`?"),
    (&["help", "eval", "plot"], "one verb at a time; leave out `plot`"),
    (&["man", "--format", "json"], "what `man` writes has one form only, so there is no `--format`"),
    (&["completions", "bash", "--format=json"], "`activation help json` lists what is written as JSON"),
    (&["help", "--format", "json"], "what `help` writes has one form only"),
    (&["list", "gelu"], "`activation show WHAT`"),
    (&["list", "--frmat", "json"], "unknown option `--frmat`; did you mean `--format`?"),
    (&["list", "--format"], "`--format` needs a value: `--format table|json|csv`"),
    (&["list", "--format", "--help"], "`--format` needs a value"),
    (&["list", "--format", "xml"], "`--format` takes `table`, `json` or `csv`, not `xml`"),
    (&["list", "--format=json", "--format=csv"], "`--format` is given twice"),
    (&["show"], "show what?"),
    (&["show", "gelu", "relu"], "a formula stands in quotes"),
    (&["show", "gelu", "--format", "csv"], "`--format` takes `text` or `json`, not `csv`"),
    (
        &["show", "gelu", "--zzz"],
        "`show` takes `--format`, `--strict`, `--set`, `--mean`, `--std`, `--timing`, `--help`",
    ),
    (&["eval"], "evaluate what?"),
    (&["eval", ""], "the formula is empty"),
    (&["eval", " "], "the formula is empty"),
    (&["eval", "gelu", "--ordre", "1"], "unknown option `--ordre`; did you mean `--order`?"),
    (&["eval", "gelu", "--x"], "unknown option `--x`"),
    (&["eval", "gelu", "--derivative=1"], "`--derivative` takes no value"),
    (&["eval", "gelu", "--order"], "`--order` needs a value: `--order 0|1|2`"),
    (&["eval", "gelu", "--order", "3"], "`--order` takes `0`, `1` or `2`, not `3`"),
    (&["eval", "gelu", "--order", "-1"], "not `-1`"),
    (&["eval", "gelu", "--dtype", "f16"], "`--dtype` takes `f32` or `f64`, not `f16`"),
    (&["eval", "gelu", "--format", "text"], "`--format` takes `table`, `json` or `csv`"),
    (&["eval", "gelu", "--order=0", "--derivative"], "contradicts `--order 0`; choose one"),
    (&["eval", "elu", "--wrt", "alpha", "--order", "1"], "`--wrt` is the first derivative by a parameter"),
    (&["eval", "elu", "--wrt", "alpha", "--derivative"], "choose one"),
    (&["eval", "elu", "--wrt", "alhpa"], "`elu` has no parameter `alhpa`; did you mean `alpha`?"),
    (&["eval", "gelu", "--wrt", "alpha"], "`gelu` has no parameters, so there is no `alpha`"),
    (&["eval", "relu", "--subgradient"], "`--subgradient` needs a value: `--subgradient branch|left|"),
    (&["eval", "relu", "--subgradient", "centre"], "`zero`, `middle` or `steeper`, not `centre`"),
    (&["eval", "relu", "--subgradient=left", "--subgradient=left"], "`--subgradient` is given twice"),
    (&["eval", "relu", "--subgradiant=left"], "did you mean `--subgradient`?"),
    (&["eval", "relu", "--like", "torch"], "`--like` takes `pytorch`, `jax`"),
    (&["eval", "relu", "--like=jax", "--subgradient=left"], "leave out one of them"),
    (&["eval", "relu", "--input", "a.txt", "--like=jax"], "add `--derivative`"),
    (&["eval", "relu", "--raw=f32", "--order=2", "--subgradient=left"], "add `--derivative`"),
    (&["eval", "x^2", "--set", "k=1"], "`F(x; alpha = 1) = …`"),
    (&["eval", "aptx", "--set", "zzzzz=1"], "it has `alpha`, `beta`, `gamma`"),
    (&["eval", "elu", "--set", "alpha"], "`--set` takes NAME=VALUE, such as `--set alpha=0.5`, not `alpha`"),
    (&["eval", "elu", "--set", "=1"], "`--set` takes NAME=VALUE"),
    (&["eval", "elu", "--set", "alpha="], "the value `` of `alpha` is not a number"),
    (&["eval", "elu", "--set", "alpha=a"], "the value `a` of `alpha` is not a number"),
    (&["eval", "elu", "--set", "alpha=1e400"], "is too large"),
    (&["eval", "elu", "--set", "alpha=inf"], "must be a finite number, not inf"),
    (&["eval", "elu", "--set=alpha=1", "--set=alpha=2"], "`--set alpha` is given twice"),
    (&["eval", "elu", "1e39"], "`1e39` is too large for f32; compute in f64 with --dtype f64"),
    (&["eval", "elu", "-3.5e38"], "--dtype f64"),
    (&["eval", "elu", "1e309", "--dtype", "f64"], "`1e309` is too large for f64"),
    (&["eval", "elu", "1", "two"], "`two` is not a number"),
    (&["eval", "x", "+", "1"], "a formula stands in quotes"),
    (&["eval", "elu", "1,2"], "a space separates numbers"),
    (&["eval", "elu", "-d"], "`-d` is not a number; options begin with two dashes"),
    (&["eval", "elu", ""], "`` is not a number"),
    (&["eval", "elu", "0x10"], "`0x10` is not a number"),
    (&["eval", "elu", "a\u{1b}[31m"], "`a\\u{1b}[31m` is not a number"),
    (&["eval", "elu", "1", "--input", "a.txt"], "no X may follow WHAT"),
    (&["eval", "elu", "1", "--raw", "f32"], "no X may follow WHAT"),
    (&["eval", "elu", "--raw", "f16"], "`--raw` takes `f32` or `f64`, not `f16`"),
    (&["eval", "elu", "--raw", "f32", "--input", "a.txt"], "`--input` has no place beside it"),
    (&["eval", "elu", "--raw", "f32", "--output", "a.txt"], "redirect that instead of `--output`"),
    (&["eval", "elu", "--raw", "f32", "--dtype", "f32"], "`--raw` says the type itself"),
    (&["eval", "elu", "--raw", "f32", "--column", "1"], "raw numbers have no columns"),
    (&["eval", "elu", "--raw", "f32", "--format", "csv"], "`--format` is for points"),
    (&["eval", "elu", "--input", "a.txt", "--format", "csv"], "`--format` is for points"),
    (&["eval", "elu", "--output", "a.txt"], "`--output` needs `--input`"),
    (&["eval", "elu", "--column", "1"], "name one with `--input`"),
    (&["eval", "elu", "--input", "a.npy", "--dtype", "f32"], "leave `--dtype` out"),
    (&["eval", "elu", "--input", "a.npy", "--column", "1"], "leave `--column` out"),
    (&["eval", "elu", "--input", "a.npy", "--output", "a.csv"], "name the output `.npy` too"),
    (&["eval", "elu", "--input", "a.csv", "--output", "a.npy"], "text stays text"),
    (&["eval", "elu", "--input", "no/such.csv"], "there is no file `no/such.csv`"),
    (&["eval", "elu", "--input", "no/such.npy"], "there is no file `no/such.npy`"),
    (&["eval", "elu", "--input", "/"], "`/` is a directory"),
    (&["eval", "elu", "--input", ""], "there is no file ``"),
];

#[test]
fn every_mistake_is_told() {
    for (arguments, expected) in MISTAKES {
        let message = refused(arguments);
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}

#[test]
fn but_only_one_of_them() {
    for (arguments, _) in MISTAKES {
        assert_eq!(refused(arguments).matches("error: ").count(), 1, "{arguments:?}");
    }
}

/// What stands in for a name that cannot be one is nothing that the user has written.
#[test]
fn messages_have_the_names_that_were_written() {
    for formula in ["Leaky(x; type = 1) = x", "Leaky(type; fn) = match", "F(x; learn type: f32) = tpye * x"] {
        let message = refused(&["eval", formula, "1"]);
        assert!(message.contains("is reserved by Rust") && !message.contains("type_"), "{message}");
        assert!(!message.contains("_reserved"), "{message}");
    }
    let message = refused(&["eval", "Leaky(x; type = 1) = x", "1"]);
    assert!(message.contains("parameter `type` is not used in the formula"), "{message}");
}

/// 0 for yes and 1 for no; 2 is for mistakes.
#[test]
fn an_answer_is_an_exit_code() {
    assert!(printed(&["diff", "silu", "swish"]).contains("equal everywhere"));
    assert!(denied(&["diff", "silu", "swish", "--set", "beta=2"]).contains("largest |f - g|"));
    printed(&["check", "gelu", "--points", "20"]);
    // f64 has not the digits of its own exp, far out, and the command says so beforehand.
    let arguments = ["check", "sin(exp(x))", "--points", "200", "--order", "0"];
    let run = run(&arguments);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.err.starts_with("warning: ") && !run.out.is_empty(), "{run:?}");
    assert!(refused(&[&arguments[..], &["--strict"]].concat()).contains("cannot be certified"));
    for verb in ["compare", "diff"] {
        assert!(refused(&[verb, "sin(exp(x))", "relu", "--strict"]).contains("cannot be certified"));
    }
    assert!(refused(&["explain", "sin(exp(x))", "--strict"]).contains("cannot be certified"));
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let odd = OsStr::from_bytes(b"\xff");
    let word = OsStr::new;
    for arguments in [
        vec![odd],
        vec![word("eval"), odd],
        vec![word("show"), odd],
        vec![word("list"), odd],
        vec![word("help"), odd],
        vec![word("eval"), word("elu"), odd],
        vec![word("eval"), word("elu"), word("--wrt"), odd],
        vec![word("eval"), word("elu"), OsStr::from_bytes(b"-\xff")],
        vec![word("eval"), word("elu"), OsStr::from_bytes(b"--set=\xff")],
    ] {
        let message = refused(&arguments);
        assert!(message.contains("is not UTF-8 text"), "{arguments:?}: {message}");
    }
    for odd in [&b"--\xff"[..], b"--input=\xff.npy", b"--no-\xff=1", b"--derivative=\xff"] {
        refused(&[word("eval"), word("elu"), OsStr::from_bytes(odd)]);
    }
}
