//! What other programs of this repository measure: `activation bench`, and the script that times compilers.

use crate::Error;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One result of `activation bench`.
#[derive(Deserialize)]
pub(crate) struct Kernel {
    pub(crate) activation: String,
    pub(crate) kernel: String,
    pub(crate) dtype: String,
    pub(crate) tier: String,
    pub(crate) n: usize,
    pub(crate) threads: usize,
    pub(crate) ns_per_element: f64,
    pub(crate) memcpy_ns_per_element: f64,
    pub(crate) ratio: f64,
}

/// One result of `scripts/compile_time.sh`.
pub(crate) struct CompileTime {
    pub(crate) what: String,
    pub(crate) seconds: f64,
}

/// The catalogue in `f32` and both tiers, and a few functions in other types and sizes.
const RUNS: &[&[&str]] = &[
    &["--all"],
    &["--all", "--tier", "fast"],
    &["relu", "sigmoid", "tanh", "gelu", "mish", "--dtype", "f64"],
    &["sigmoid", "gelu", "--dtype", "f16"],
    &["sigmoid", "gelu", "--dtype", "bf16"],
    &["relu", "sigmoid", "gelu", "--n", "16"],
    &["relu", "sigmoid", "gelu", "--n", "4Ki"],
    &["relu", "sigmoid", "gelu", "--n", "16Mi"],
    &["--n", "16Mi", "--threads", "2"],
    &["--n", "16Mi", "--threads", "2", "--tier", "fast"],
];

pub(crate) fn kernels() -> Result<Vec<Kernel>, Error> {
    let mut kernels = Vec::new();
    for run in RUNS {
        let mut command = Command::new("cargo");
        command.args([
            "run",
            "--release",
            "--quiet",
            "-p",
            "activation-cli",
            "--",
            "bench",
            "--format",
            "json",
        ]);
        let found: Vec<Kernel> = serde_json::from_str(&output(command.args(*run))?)?;
        kernels.extend(found);
    }
    Ok(kernels)
}

pub(crate) fn compile_times() -> Result<Vec<CompileTime>, Error> {
    let text = output(Command::new("sh").arg("scripts/compile_time.sh"))?;
    let lines = text.lines().map(|line| {
        let (what, seconds) = line.split_once('\t').ok_or_else(|| format!("no time in {line:?}"))?;
        Ok(CompileTime { what: what.to_owned(), seconds: seconds.trim().parse()? })
    });
    lines.collect()
}

/// Tables of `scripts/beside_python.py`: with the best instructions, and with those that most machines have.
pub(crate) fn beside_python(interpreter: &str) -> Result<String, Error> {
    let tables = [&[][..], &["avx2"]].map(|level| {
        let arguments = ["scripts/beside_python.py", "target/release/activation"];
        output(Command::new(interpreter).args(arguments).args(level))
    });
    let [best, usual] = tables;
    Ok(best? + "\n" + &usual?)
}

/// What a command prints, run in the root of the repository.
fn output(command: &mut Command) -> Result<String, Error> {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = command.current_dir(root).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{command:?} failed").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
