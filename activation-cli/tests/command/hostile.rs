//! Arguments that mean no good: an answer within seconds, never a crash.

use super::{Run, command, refusal};
use std::ffi::OsStr;
use std::time::{Duration, Instant};

/// More than any answer takes, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(30);

fn answered(arguments: &[impl AsRef<OsStr>]) -> Run {
    let begun = Instant::now();
    let output = command(arguments).output().expect("the command ends");
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    let err = String::from_utf8(output.stderr).expect("messages are UTF-8");
    Run { code: output.status.code(), out: output.stdout, err }
}

#[test]
fn monstrous_formulas_are_refused() {
    let formulas = [
        format!("{}x{}", "(".repeat(60_000), ")".repeat(60_000)),
        format!("{}x{}", "(".repeat(30_000), ")".repeat(30_000)),
        "(".repeat(60_000),
        ")".repeat(60_000),
        format!("{}x", "-".repeat(100_000)),
        format!("{}x", "-".repeat(3_000)),
        format!("{}x", "- ".repeat(30_000)),
        format!("{}x", "x^".repeat(3_000)),
        format!("{}x", "x^".repeat(1_900)),
        format!("{}x", "x+".repeat(30_000)),
        "x".repeat(60_000) + "+",
        "9".repeat(60_000) + "*x",
        "1e99999999999*x".to_owned(),
        "exp(".repeat(10_000) + "x",
        "if x > 0 { ".repeat(1_000) + "x",
        "{ let a = ".repeat(1_000) + "x",
        "F(x; ".to_owned() + &"k = 1, ".repeat(10_000) + ") = x",
        "#[alias(".to_owned() + &"a, ".repeat(20_000) + ")] F(x) = x",
        "F".repeat(60_000) + "(x) = y",
        "é".repeat(30_000) + "+*",
        "\"".repeat(60_000),
        "/*".repeat(30_000),
        "\\".repeat(60_000),
    ];
    for formula in formulas {
        for arguments in [["eval", &formula, "1"], ["show", &formula, "--format=json"]] {
            let message = refusal(answered(&arguments));
            assert!(message.len() < 10_000, "{} bytes about {}", message.len(), &formula[..1]);
            assert!(message.lines().all(|line| line.chars().count() < 250), "{message}");
        }
    }
}

#[test]
fn large_formulas_within_the_limits_are_answered() {
    for formula in [
        format!("{}x", "x^".repeat(90)),
        format!("{}x", "x*exp(".repeat(90)) + &")".repeat(90),
        format!("{}x", "tanh(x*".repeat(90)) + &")".repeat(90),
        "(x + 1/(1 + exp(x)) + sin(x))^200".to_owned(),
        "x^99999999999999999999".to_owned(),
        "x^(1/99999999999999999999)".to_owned(),
        (0..40).map(|n| format!("abs(x - {n}) * ")).collect::<String>() + "x",
        "max(".repeat(80) + "x" + &", x * x)".repeat(80),
    ] {
        for order in ["1", "2"] {
            let run = answered(&["eval", &formula, "--order", order, "--format=json"]);
            match run.code {
                Some(0) => assert!(run.out.ends_with(b"]\n"), "{formula}"),
                _ => assert!(refusal(run).contains('^'), "{formula}"),
            }
        }
    }
}

#[test]
fn odd_characters_stay_in_their_place() {
    for odd in [
        "\u{1b}[31m",
        "\u{7}",
        "\u{8}",
        "\r",
        "\u{7f}",
        "\u{9b}31m",
        "\u{202e}",
        "\u{200b}",
        "\u{feff}",
        "\u{301}",
    ] {
        for text in [format!("x {odd} + y"), format!("{odd}x + y"), format!("relu7 {odd}"), odd.to_owned()] {
            for arguments in [
                vec!["eval", &text],
                vec!["show", &text],
                vec!["eval", "gelu", &text],
                vec!["eval", "gelu", "--set", &text],
                vec!["eval", "elu", "--wrt", &text],
                vec!["eval", "elu", "--input", &text],
                vec!["list", &text],
                vec![&text],
            ] {
                let message = refusal(answered(&arguments));
                let invisible = ['\u{202e}', '\u{200b}', '\u{feff}', '\u{9b}'];
                assert!(!message.contains(invisible), "{arguments:?}: {message:?}");
            }
            let option = format!("--set{text}");
            refusal(answered(&["eval", "gelu", &option]));
        }
    }
}

#[test]
fn long_arguments_are_cut_in_messages() {
    let long = "z".repeat(100_000);
    for arguments in [
        vec!["eval", &long],
        vec!["eval", "gelu", &long],
        vec!["eval", "gelu", "--set", &long],
        vec!["eval", "elu", "--wrt", &long],
        vec!["eval", "elu", "--dtype", &long],
        vec!["list", &long],
        vec![&long],
    ] {
        assert!(refusal(answered(&arguments)).len() < 400, "{}", arguments.len());
    }
    let names = refusal(answered(&["eval", &format!("{} + y", "x".repeat(30_000))]));
    assert!(names.len() < 1_000, "{names}");
    let many: Vec<&str> = ["eval", "gelu", "--format=csv"].into_iter().chain(["1.5"; 5_000]).collect();
    assert_eq!(answered(&many).out.iter().filter(|&&byte| byte == b'\n').count(), 5_001);
    let digits = "0.".to_owned() + &"3".repeat(100_000);
    assert!(answered(&["eval", "x", &digits]).out.ends_with(b"0.33333334  0.33333334    1.0\n"));
}
