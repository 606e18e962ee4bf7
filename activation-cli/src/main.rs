//! The command `activation`: lists, shows and evaluates activation functions, on numbers and on files.
//!
//! A reader of the libraries: it names things and moves numbers, and leaves the mathematics to them. One
//! file a verb ([`mod@command`]); what a mistake is and how it is told stands in [`mod@failure`].

mod args;
mod certificate;
mod colour;
mod command;
mod data;
mod description;
mod drawing;
mod failure;
mod interrupt;
mod manual;
mod measure;
mod name;
mod progress;
mod properties;
mod report;
mod subject;
mod table;
mod tier;
mod whole;

use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::watch();
    match command::run(args::Arguments::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.code())
        }
    }
}
