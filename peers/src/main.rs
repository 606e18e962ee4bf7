//! How fast the kernels are: beside those of other libraries in one process, and beside a copy of the same memory.
//!
//! From the root of the repository:
//!
//! ```sh
//! cargo run --release --manifest-path peers/Cargo.toml -- --report PERFORMANCE.md --commit HASH
//! ```
//!
//! That takes a few minutes and wants a machine that does nothing else. Without `--report` it prints what it measured of the
//! other libraries, and nothing of the rest.

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
Usage: peers [--report FILE [--commit HASH] [--machine TEXT]]

  --report FILE   write the whole report in Markdown, with the figures of `activation bench` and the times to compile
  --commit HASH   which source it is about
  --machine TEXT  what it was measured on
";

#[derive(Default)]
struct Options {
    report: Option<PathBuf>,
    commit: Option<String>,
    machine: Option<String>,
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
            Long("report") => options.report = Some(arguments.value()?.into()),
            Long("commit") => options.commit = Some(arguments.value()?.string()?),
            Long("machine") => options.machine = Some(arguments.value()?.string()?),
            Short('h') | Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            _ => return Err(argument.unexpected().into()),
        }
    }
    let peers = libraries::compare()?;
    let compared = [
        report::peers(&peers),
        report::training(&training::compare()?),
        report::monitors(&monitors::compare()),
    ];
    let Some(file) = &options.report else {
        print!("{}", compared.join("\n"));
        return Ok(());
    };
    let kernels = command::kernels()?;
    let compile_times = command::compile_times()?;
    std::fs::write(file, report::whole(&options, compared, &kernels, &compile_times)?)?;
    Ok(())
}
