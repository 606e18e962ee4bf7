//! Completions for shells: `activation completions SHELL`.
//!
//! All three complete verbs, names of the catalogue, options, words that options take, files and folders; the names are those
//! of the command that wrote the script.

use super::{Opt, Value, Verb};
use std::fmt::Write;

/// A shell.
#[derive(Clone, Copy)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    pub(crate) const WORDS: &[(&str, Shell)] =
        &[("bash", Shell::Bash), ("zsh", Shell::Zsh), ("fish", Shell::Fish)];
}

/// The script for a shell. `names` are those of the catalogue.
pub(crate) fn completions(shell: Shell, verbs: &[&Verb], names: &[&str]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = match shell {
        Shell::Bash => bash(&mut out, verbs, names),
        Shell::Zsh => zsh(&mut out, verbs, names),
        Shell::Fish => fish(&mut out, verbs, names),
    };
    out
}

fn verb_names(verbs: &[&Verb]) -> String {
    verbs.iter().map(|verb| verb.name).collect::<Vec<_>>().join(" ")
}

fn bash(out: &mut String, verbs: &[&Verb], names: &[&str]) -> std::fmt::Result {
    let all = verb_names(verbs);
    let complete = |value: Value| match value {
        Value::None | Value::Text(_) => "COMPREPLY=()".to_owned(),
        Value::Words(words) => format!("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", words.join(" ")),
        Value::File(_) => {
            "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$word\"))".to_owned()
        }
        Value::Folder(_) => {
            "compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- \"$word\"))".to_owned()
        }
        Value::Activation => "COMPREPLY=($(compgen -W \"$names\" -- \"$word\"))".to_owned(),
        Value::Verb => "COMPREPLY=($(compgen -W \"$verbs\" -- \"$word\"))".to_owned(),
    };
    write!(
        out,
        "# Completions of `activation` for bash: source this file, or put it where bash-completion looks.\n\
         _activation() {{\n\
         \x20   local word=\"${{COMP_WORDS[COMP_CWORD]}}\" before=\"${{COMP_WORDS[COMP_CWORD-1]}}\" verb=\"${{COMP_WORDS[1]}}\"\n\
         \x20   # `--option=value` comes in three words.\n\
         \x20   if [[ $word == '=' ]]; then word=; elif [[ $before == '=' ]]; then before=\"${{COMP_WORDS[COMP_CWORD-2]}}\"; fi\n\
         \x20   local verbs='{all}'\n\
         \x20   local names='{}'\n\
         \x20   if [[ $COMP_CWORD -eq 1 ]]; then\n\
         \x20       COMPREPLY=($(compgen -W \"$verbs $names --help --version --color\" -- \"$word\"))\n\
         \x20       return\n\
         \x20   fi\n\
         \x20   case \"$verb $before\" in\n",
        names.join(" ")
    )?;
    for verb in verbs {
        for option in verb.options().filter(|option| option.value != Value::None) {
            writeln!(out, "    '{} --{}') {}; return ;;", verb.name, option.name, complete(option.value))?;
        }
    }
    out.push_str("    esac\n    local options\n    case \"$verb\" in\n");
    for verb in verbs {
        let options: Vec<String> = verb.options().map(|option| format!("--{}", option.name)).collect();
        writeln!(
            out,
            "    {})\n        options='{}'\n        if [[ $word != -* ]]; then {}; return; fi ;;",
            verb.name,
            options.join(" "),
            complete(verb.completes)
        )?;
    }
    out.push_str(
        "    *) options='--help --version --color' ;;\n    esac\n    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n}\n\
         complete -F _activation activation\n",
    );
    Ok(())
}

/// Text between single quotes, in which zsh takes brackets and colons for its own.
fn zsh_text(text: &str) -> String {
    text.replace('\'', "'\\''").replace('[', "\\[").replace(']', "\\]").replace(':', "\\:")
}

fn zsh(out: &mut String, verbs: &[&Verb], names: &[&str]) -> std::fmt::Result {
    let action = |value: Value| match value {
        Value::None => String::new(),
        Value::Text(form) => format!(":{}: ", zsh_text(form)),
        Value::Words(words) => format!(":choice:({})", words.join(" ")),
        Value::File(form) => format!(":{form}:_files"),
        Value::Folder(form) => format!(":{form}:_files -/"),
        Value::Activation => ":activation:_activation_names".to_owned(),
        Value::Verb => ":verb:_activation_verbs".to_owned(),
    };
    out.push_str("#compdef activation\n# Completions of `activation` for zsh: put this file into a folder of $fpath, as _activation.\n\n");
    write!(
        out,
        "_activation_names() {{\n    local -a names=({})\n    compadd -a names\n}}\n\n_activation_verbs() {{\n    local -a verbs=(\n",
        names.join(" ")
    )?;
    for verb in verbs {
        writeln!(out, "        '{}:{}'", verb.name, zsh_text(verb.summary))?;
    }
    out.push_str(
        "    )\n    _describe verb verbs\n}\n\n_activation() {\n    if (( CURRENT == 2 )); then\n        _activation_verbs\n        \
         _activation_names\n        return\n    fi\n    local verb=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $verb in\n",
    );
    for verb in verbs {
        writeln!(out, "    {})\n        _arguments \\", verb.name)?;
        for option in verb.options() {
            // An option may be given again only where nothing says otherwise; the command tells of mistakes.
            let repeated = if matches!(option.value, Value::Text("NAME=VALUE")) { "*" } else { "" };
            let equals = if option.value == Value::None { "" } else { "=" };
            writeln!(
                out,
                "            '{repeated}--{}{equals}[{}]{}' \\",
                option.name,
                zsh_text(option.help),
                action(option.value)
            )?;
        }
        let operand = action(verb.completes);
        writeln!(out, "            '*{}'\n        ;;", if operand.is_empty() { ":: :" } else { &operand })?;
    }
    out.push_str("    esac\n}\n\nif [[ $funcstack[1] == _activation ]]; then\n    _activation \"$@\"\nelse\n    compdef _activation activation\nfi\n");
    Ok(())
}

/// Text between single quotes.
fn fish_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

fn fish(out: &mut String, verbs: &[&Verb], names: &[&str]) -> std::fmt::Result {
    let all = verb_names(verbs);
    let names = names.join(" ");
    out.push_str("# Completions of `activation` for fish: put this file into ~/.config/fish/completions/activation.fish.\n");
    writeln!(out, "complete -c activation -f")?;
    for verb in verbs {
        let summary = fish_text(verb.summary);
        writeln!(out, "complete -c activation -n __fish_use_subcommand -a {} -d '{summary}'", verb.name)?;
    }
    writeln!(out, "complete -c activation -n __fish_use_subcommand -a '{names}' -d activation")?;
    for verb in verbs {
        let seen = format!("-n '__fish_seen_subcommand_from {}'", verb.name);
        match verb.completes {
            Value::Activation => writeln!(out, "complete -c activation {seen} -a '{names}'")?,
            Value::Words(words) => writeln!(out, "complete -c activation {seen} -a '{}'", words.join(" "))?,
            Value::Verb => writeln!(out, "complete -c activation {seen} -a '{all}'")?,
            Value::File(_) => writeln!(out, "complete -c activation {seen} -F")?,
            Value::Folder(_) => {
                writeln!(out, "complete -c activation {seen} -a '(__fish_complete_directories)'")?
            }
            Value::None | Value::Text(_) => {}
        }
        for Opt { name, value, help } in verb.options() {
            let value = match value {
                Value::None => String::new(),
                Value::Text(_) => " -x".to_owned(),
                Value::Words(words) => format!(" -x -a '{}'", words.join(" ")),
                Value::File(_) => " -r -F".to_owned(),
                Value::Folder(_) => " -x -a '(__fish_complete_directories)'".to_owned(),
                Value::Activation => format!(" -x -a '{names}'"),
                Value::Verb => format!(" -x -a '{all}'"),
            };
            writeln!(out, "complete -c activation {seen} -l {name}{value} -d '{}'", fish_text(help))?;
        }
    }
    Ok(())
}
