//! How fast the kernels are: beside those of other libraries in one process, and beside a copy of the same memory.
//!
//! From the root of the repository:
//!
//! ```sh
//! cargo run --release --manifest-path peers/Cargo.toml -- --report PERFORMANCE.md --commit HASH
//! ```
//!
//! That takes a few minutes and wants a machine that does nothing else. Without `--report` it prints what it measured itself, or with
//! `--only training` a part of that.

mod command;
mod libraries;
mod monitors;
mod paired;
mod report;
mod training;

use lexopt::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;

type Error = Box<dyn std::error::Error>;

const HELP: &str = "\
Usage: peers [--only SECTION | --report FILE [--commit HASH] [--machine TEXT] [--python PROGRAM]]

  --only SECTION  measure only `libraries`, `training` or `monitors`, and print that
  --report FILE   write the whole report in Markdown, with the figures of `activation bench` and the times to compile
  --commit HASH   which source it is about
  --machine TEXT  what it was measured on
  --python PROGRAM
                  an interpreter that has torch, jax and numpy: the report is about these too
";

/// A part of the report by its name.
type Section = (&'static str, fn() -> Result<String, Error>);

/// What is measured here, in the order of the report.
const SECTIONS: [Section; 3] = [
    ("libraries", || Ok(report::peers(&libraries::compare()?))),
    ("training", || Ok(report::training(&training::compare()?))),
    ("monitors", || Ok(report::monitors(&monitors::compare()))),
];

#[derive(Default)]
struct Options {
    only: Option<String>,
    report: Option<PathBuf>,
    commit: Option<String>,
    machine: Option<String>,
    python: Option<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Error> {
    let mut options = Options::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("only") => options.only = Some(arguments.value()?.string()?),
            Long("report") => options.report = Some(arguments.value()?.into()),
            Long("commit") => options.commit = Some(arguments.value()?.string()?),
            Long("machine") => options.machine = Some(arguments.value()?.string()?),
            Long("python") => options.python = Some(arguments.value()?.string()?),
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            _ => return Err(argument.unexpected().into()),
        }
    }
    // candle takes all cores for products of matrices and for a softmax.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global()?;
    if let Some(only) = &options.only {
        if options.report.is_some() {
            return Err("a report has all sections; leave out `--only` or `--report`".into());
        }
        let section = SECTIONS.iter().find(|(name, _)| name == only);
        let names = SECTIONS.map(|(name, _)| name).join("`, `");
        let (_, measured) = section.ok_or_else(|| format!("no section `{only}`; there are `{names}`"))?;
        print!("{}", measured()?);
        return Ok(());
    }
    let [libraries, training, monitors] = SECTIONS.map(|(_, measured)| measured());
    let compared = [libraries?, training?, monitors?];
    let Some(file) = &options.report else {
        print!("{}", compared.join("\n"));
        return Ok(());
    };
    let kernels = command::kernels()?;
    let python = options.python.as_deref().map(command::beside_python).transpose()?;
    if python.is_none() {
        eprintln!("PyTorch and JAX are left out: `--python` names an interpreter that has them");
    }
    let compile_times = command::compile_times()?;
    std::fs::write(file, report::whole(&options, compared, python.as_deref(), &kernels, &compile_times)?)?;
    Ok(())
}
