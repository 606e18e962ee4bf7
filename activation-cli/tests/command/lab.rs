//! `activation lab`: with the feature `lab` experiments that are over soon, and without it how to get it.

use super::printed;
#[cfg(not(feature = "lab"))]
use super::refused;

#[test]
fn its_help_needs_no_framework() {
    let help = printed(&["lab", "--help"]);
    for word in ["killing-gradients", "zero-centred", "convergence", "sparsity", "dead-neurons", "--quick"] {
        assert!(help.contains(word), "{word}: {help}");
    }
}

#[cfg(not(feature = "lab"))]
#[test]
fn a_build_without_it_says_how_to_get_it() {
    for arguments in [&["lab"][..], &["lab", "--list"], &["lab", "sparsity", "--quick", "relu"]] {
        let err = refused(arguments);
        assert!(err.contains("cargo run --release -p activation-cli --features lab -- lab"), "{err}");
        assert!(err.contains("cargo install --path activation-cli --features lab"), "{err}");
    }
    assert!(refused(&["lab", "--quik"]).contains("did you mean `--quick`?"));
}

#[cfg(feature = "lab")]
mod made {
    use crate::{command, json, printed, refused, run};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, Instant};

    const SOON: &[&str] = &["--quick", "--runs", "2", "--epochs", "1"];

    fn entries(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn experiments_are_listed() {
        let list = printed(&["lab", "--list"]);
        for name in ["killing-gradients", "zero-centred", "convergence", "sparsity", "dead-neurons"] {
            assert!(list.lines().any(|line| line.starts_with(name)), "{list}");
        }
    }

    #[test]
    fn results_are_printed_with_verdicts() {
        let text = printed(&[&["lab", "sparsity", "relu", "x * sigmoid(2 * x)"], SOON].concat());
        for part in ["Sparsity", "half of its outputs 0", "verdict", "x * sigmoid(2 * x)", "hidden layer"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            text.contains(
                "\n$ activation lab sparsity relu 'x * sigmoid(2 * x)' --quick --runs 2 --seed 1 --epochs 1\n"
            ),
            "{text}"
        );
        let markdown = printed(&[&["lab", "sparsity", "relu", "--format", "markdown"], SOON].concat());
        assert!(
            markdown.contains("\n## Sparsity\n") && markdown.contains("| claim | verdict |"),
            "{markdown}"
        );
    }

    #[test]
    fn a_seed_gives_the_same_results() {
        let of = |more: &[&str]| {
            json(&[&["lab", "dead-neurons", "prelu", "--format", "json"], SOON, more].concat())
        };
        let first = of(&["--threads", "1"]);
        assert_eq!(first, of(&["--threads", "3"]));
        assert_ne!(first, of(&["--seed", "2"]));
        let what = first[0]["measurements"].as_array().expect("an array").iter().map(|one| &one["what"]);
        assert!(what.into_iter().any(|what| what == "learned slope"), "{first}");
    }

    #[test]
    fn a_folder_has_everything() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("results");
        let output = ["--output", target.to_str().expect("UTF-8")];
        let text = printed(&[&["lab", "sparsity", "zero-centred", "tanh", "relu"], SOON, &output].concat());
        assert!(text.contains("report.html"), "{text}");
        assert_eq!(entries(folder.path()).len(), 1, "nothing temporary is left");
        let files = entries(&target);
        for name in [
            "report.html",
            "report.md",
            "sparsity.csv",
            "sparsity.json",
            "sparsity-zeros.svg",
            "sparsity-zeros.png",
        ] {
            assert!(files.contains(name), "{files:?}");
        }
        let page = fs::read_to_string(target.join("report.html")).expect("a page");
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n") && page.contains("<svg "));
        let data = fs::read_to_string(target.join("zero-centred.json")).expect("a file");
        let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(data["experiment"], "zero-centred");
        let table = fs::read(target.join("sparsity.csv")).expect("a file");
        let rows = csv::Reader::from_reader(table.as_slice()).records().filter(Result::is_ok).count();
        assert!(rows > 10, "{rows}");
        let png = fs::read(target.join("sparsity-zeros.png")).expect("a file");
        assert!(png.starts_with(b"\x89PNG"));
        // A second time it is not empty.
        assert!(refused(&[&["lab", "sparsity"], SOON, &output].concat()).contains("it is not empty"));
    }

    #[test]
    fn mistakes_are_told_before_anything_is_trained() {
        for (arguments, part) in [
            (
                &["lab", "killing-gradient"][..],
                "unknown experiment `killing-gradient`; did you mean `killing-gradients`?",
            ),
            (&["lab", "sparsity", "rleu"], "did you mean"),
            (&["lab", "frobnicate"], "neither an experiment nor an activation"),
            (&["lab", "sparsity", "x * epx(x)"], "unknown function `epx`"),
            (&["lab", "sparsity", "0 * x"], "cannot be trained"),
            (&["lab", "sparsity", "ln(x)"], "cannot be trained"),
            (&["lab", "sparsity", "relu", "relu"], "two activations are called `relu`"),
            (&["lab", "sparsity", "sparsity"], "named twice"),
            (&["lab", "--runs", "1"], "`--runs` takes a whole number from 2 to 1000, not `1`"),
            (&["lab", "--epochs", "0"], "`--epochs` takes a whole number"),
            (&["lab", "--seed", "-1"], "`--seed` takes a whole number"),
            (&["lab", "--quick", "--output", "/no/such/folder/results"], "there is no folder"),
            (&["lab", "--format", "csv"], "takes `text`, `json` or `markdown`"),
        ] {
            let err = refused(arguments);
            assert!(err.contains(part), "{arguments:?}: {err}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_interruption_leaves_nothing() {
        if crate::is_ignored(2) {
            return;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = command(&["lab", "--runs", "500", "--output"])
            .arg(folder.path().join("results"))
            .spawn()
            .expect("it starts");
        let start = Instant::now();
        // Its temporary folder is made before anything is trained.
        while entries(folder.path()).is_empty() {
            assert!(start.elapsed() < Duration::from_secs(60), "it does not begin");
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(500));
        let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(130));
        assert_eq!(entries(folder.path()), BTreeSet::new());
    }

    #[test]
    fn bars_are_for_terminals() {
        let run = run(&[&["lab", "sparsity", "relu"], SOON].concat());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    }
}
