//! The arguments, one after the other: options are words behind two dashes, everything else is a value.
//!
//! Numbers and formulas may begin with a minus, so a single dash makes no option, except in `-h` and `-V`.
//! Only what reads like an option is one: `--wrt` and `--set=a=1`, not `---x` or `--2`.

use crate::colour;
use crate::command::{VERBS, help, version};
use crate::data::excerpt;
use crate::data::number::{self, NotANumber};
use crate::failure::Failure;
use crate::manual::Verb;
use crate::whole;
use activation_formula::nearest;
use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// An argument that was told apart.
pub(crate) enum Argument {
    /// An option by its long name, without the dashes.
    Option(String),
    /// Anything else.
    Value(OsString),
}

/// What is left of the arguments.
pub(crate) struct Arguments {
    parser: lexopt::Parser,
    /// Given back, to come first.
    first: Option<OsString>,
    /// Whose they are; before there is a verb, any option may come.
    verb: Option<&'static Verb>,
}

impl Arguments {
    pub(crate) fn from_env() -> Self {
        Arguments { parser: lexopt::Parser::from_env(), first: None, verb: None }
    }

    /// The rest, as arguments of that verb: its options only.
    pub(crate) fn of(self, verb: &'static Verb) -> Self {
        Arguments { verb: Some(verb), ..self }
    }

    /// The rest, behind a value.
    pub(crate) fn behind(self, value: OsString) -> Self {
        Arguments { first: Some(value), ..self }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Argument>, Failure> {
        if let Some(value) = self.first.take() {
            return Ok(Some(Argument::Value(value)));
        }
        loop {
            let argument = self.next_of_any()?;
            let Some(Argument::Option(name)) = &argument else { return Ok(argument) };
            if name == "color" {
                colour::choose(self.choice("color", colour::WORDS)?);
                continue;
            }
            return match self.verb {
                Some(verb) if verb.option(name).is_none() => Err(unknown_option(name, verb)),
                _ => Ok(argument),
            };
        }
    }

    fn next_of_any(&mut self) -> Result<Option<Argument>, Failure> {
        if let Some(mut rest) = self.parser.try_raw_args() {
            // Customary before negative numbers, and never needed: it changes nothing.
            while rest.next_if(|argument| argument == "--").is_some() {}
            if let Some(value) = rest.next_if(is_negative) {
                return Ok(Some(Argument::Value(value)));
            }
        }
        Ok(match self.parser.next().map_err(|error| Failure::new(error.to_string()))? {
            None => None,
            Some(lexopt::Arg::Short('h')) => Some(Argument::Option("help".into())),
            Some(lexopt::Arg::Short('V')) => Some(Argument::Option("version".into())),
            Some(lexopt::Arg::Short(letter)) => Some(Argument::Value(format!("-{letter}").into())),
            Some(lexopt::Arg::Long(name)) => Some(Argument::Option(name.to_owned())),
            Some(lexopt::Arg::Value(value)) => Some(Argument::Value(value)),
        })
    }

    /// The value of an option; `form` says what it looks like, for whoever forgot it.
    pub(crate) fn value(&mut self, option: &str, form: &str) -> Result<OsString, Failure> {
        if let Some(value) = self.parser.optional_value() {
            return Ok(value);
        }
        let next = self.parser.try_raw_args().and_then(|mut rest| rest.next_if(|next| !is_option(next)));
        next.ok_or_else(|| Failure::new(format!("`--{option}` needs a value: `--{option} {form}`")))
    }

    /// The value of an option that takes text.
    pub(crate) fn text(&mut self, option: &str, form: &str) -> Result<String, Failure> {
        utf8(self.value(option, form)?)
    }

    /// The value of an option that takes a whole number: `65536` or `64Ki`.
    pub(crate) fn whole<T: TryFrom<u64> + PartialOrd + Display>(
        &mut self,
        option: &str,
        form: &str,
        range: RangeInclusive<T>,
    ) -> Result<T, Failure> {
        whole::read(&self.text(option, form)?, &range)
            .map_err(|wrong| Failure::new(format!("`--{option}` takes {wrong}")))
    }

    /// The value of an option that takes one of a few words.
    pub(crate) fn choice<T: Copy>(&mut self, option: &str, words: &[(&str, T)]) -> Result<T, Failure> {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let text = self.text(option, &all.join("|"))?;
        choose(&format!("--{option}"), &text, words)
    }

    /// Remembers an option that takes no value.
    pub(crate) fn switch(&mut self, option: &str, is_on: &mut bool) -> Result<(), Failure> {
        *is_on = true;
        self.flag(option)
    }

    /// Makes sure that an option which takes no value was given none.
    pub(crate) fn flag(&mut self, option: &str) -> Result<(), Failure> {
        match self.parser.optional_value() {
            None => Ok(()),
            Some(value) => {
                let value = value.to_string_lossy();
                Err(Failure::new(format!("`--{option}` takes no value, but was given {}", excerpt(&value))))
            }
        }
    }
}

/// Reads the command line of a verb: `take` takes its options, and its values come back. Nothing where help or the version was
/// asked for, which is printed then.
pub(crate) fn read(
    mut arguments: Arguments,
    verb: &Verb,
    mut take: impl FnMut(&mut Arguments, &str) -> Result<(), Failure>,
) -> Result<Option<Vec<String>>, Failure> {
    let mut values = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Argument::Value(value) => values.push(utf8(value)?),
            Argument::Option(option) => match option.as_str() {
                "help" => return arguments.flag(&option).and_then(|()| help(verb)).map(|()| None),
                "version" => return arguments.flag(&option).and_then(|()| version()).map(|()| None),
                option => take(&mut arguments, option)?,
            },
        }
    }
    Ok(Some(values))
}

/// The name or formula of a verb that takes one; `example` is one of the catalogue.
pub(crate) fn only(values: Vec<String>, verb: &Verb, example: &str) -> Result<String, Failure> {
    let name = verb.name;
    let mut values = values.into_iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value),
        (Some(_), Some(more)) => Err(Failure::new(format!(
            "`{name}` takes one name or formula, and {} is more; a formula stands in quotes: 'x * tanh(x)'",
            excerpt(&more)
        ))),
        (None, _) => {
            Err(Failure::new(format!("{name} what? Give a name or a formula: `activation {name} {example}`")))
        }
    }
}

/// One of a few words, for an option or a verb.
pub(crate) fn choose<T: Copy>(taker: &str, text: &str, words: &[(&str, T)]) -> Result<T, Failure> {
    let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let chosen = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    let wrong = || format!("`{taker}` takes `{}`, not {}", alternatives(&all), excerpt(text));
    chosen.ok_or_else(|| Failure::new(wrong()))
}

/// Remembers `NAME=VALUE`, each name once.
pub(crate) fn assign(set: &mut Vec<(String, f64)>, text: &str) -> Result<(), Failure> {
    let (name, value) = assignment(text)?;
    if set.iter().any(|(known, _)| *known == name) {
        return Err(Failure::new(format!("`--set {name}` is given twice; once is enough")));
    }
    set.push((name, value));
    Ok(())
}

/// The value of an option that takes a number.
pub(crate) fn real(arguments: &mut Arguments, option: &str) -> Result<f64, Failure> {
    let text = arguments.text(option, "NUMBER")?;
    number::read(&text)
        .map_err(|_| Failure::new(format!("`--{option}` takes a number, not {}", excerpt(&text))))
}

/// Takes `NAME=VALUE` apart.
fn assignment(text: &str) -> Result<(String, f64), Failure> {
    let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
        return Err(Failure::new(format!(
            "`--set` takes NAME=VALUE, such as `--set alpha=0.5`, not {}",
            excerpt(text)
        )));
    };
    let name = name.trim().to_owned();
    let wrong =
        |problem: &str| Failure::new(format!("the value {} of {} {problem}", excerpt(value), excerpt(&name)));
    match number::read::<f64>(value) {
        Ok(number) => Ok((name, number)),
        Err(NotANumber::TooLarge(_)) => Err(wrong("is too large; parameters are f64")),
        Err(NotANumber::Text | NotANumber::Missing) => Err(wrong("is not a number")),
    }
}

/// Words to choose from: "f32` or `f64", to stand between backticks.
fn alternatives(words: &[&str]) -> String {
    match words {
        [all @ .., last] if !all.is_empty() => format!("{}` or `{last}", all.join("`, `")),
        words => words.concat(),
    }
}

/// Remembers the value of an option, which may be given once only.
pub(crate) fn once<T>(slot: &mut Option<T>, option: &str, value: T) -> Result<(), Failure> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(Failure::new(format!("`--{option}` is given twice; once is enough"))),
    }
}

/// An argument as text.
pub(crate) fn utf8(argument: OsString) -> Result<String, Failure> {
    argument.into_string().map_err(|argument| {
        Failure::new(format!("the argument {} is not UTF-8 text", excerpt(&argument.to_string_lossy())))
    })
}

/// What to say about an option that the verb has not.
pub(crate) fn unknown_option(option: &str, verb: &Verb) -> Failure {
    let shown = excerpt(&format!("--{option}"));
    let name = verb.name;
    let see = format!("see `activation {name} --help`");
    if option == "format" {
        return Failure::new(format!(
            "what `{name}` writes has one form only, so there is no `--format`; `activation help json` lists what is written as \
             JSON"
        ));
    }
    let known: Vec<&str> = verb.options().map(|option| option.name).collect();
    if let Some(best) = nearest(option, known.iter().copied()).first() {
        return Failure::new(format!("unknown option {shown}; did you mean `--{best}`?"));
    }
    let others: Vec<String> = VERBS
        .iter()
        .filter(|other| other.option(option).is_some())
        .map(|other| format!("activation {}", other.name))
        .collect();
    if !others.is_empty() {
        let have = if others.len() == 1 { "has" } else { "have" };
        return Failure::new(format!("`{name}` has no option {shown}; `{}` {have} it", others.join("`, `")));
    }
    let own: Vec<&str> =
        verb.groups.iter().flat_map(|group| group.options).map(|option| option.name).collect();
    Failure::new(match own.as_slice() {
        [] => format!("unknown option {shown}; {see}"),
        own => format!("unknown option {shown}; `{name}` takes `--{}`, `--help`; {see}", own.join("`, `--")),
    })
}

/// Whether an argument behind a single dash is a number or a formula.
fn is_negative(argument: &OsStr) -> bool {
    let bytes = argument.as_encoded_bytes();
    bytes.starts_with(b"-") && !matches!(bytes, b"-" | b"--" | b"-h" | b"-V") && !is_option(argument)
}

/// Two dashes and a word, and possibly a value behind `=`.
fn is_option(argument: &OsStr) -> bool {
    let Some(name) = argument.as_encoded_bytes().strip_prefix(b"--") else { return false };
    let name = name.split(|&byte| byte == b'=').next().unwrap_or_default();
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::{is_negative, is_option};
    use std::ffi::OsStr;

    #[test]
    fn a_minus_makes_no_option() {
        for value in
            ["-1", "-.5", "-1e-3", "-inf", "-nan", "-x^2", "-x", "-hx", "---x", "--2", "--x^2", "--(x)"]
        {
            assert!(is_negative(OsStr::new(value)), "{value}");
        }
        for option in ["--set", "--set=a=-1", "--x", "--no-such", "--Format"] {
            assert!(is_option(OsStr::new(option)) && !is_negative(OsStr::new(option)), "{option}");
        }
        for neither in ["-", "--", "-h", "-V", "x-1", ""] {
            assert!(!is_option(OsStr::new(neither)) && !is_negative(OsStr::new(neither)), "{neither}");
        }
    }
}
