//! Every line of output that README.md and the book show is what the command prints.
//!
//! In a block ```` ```console ```` a line `$ command` is run by `sh`, a line `> more` continues it, and what follows up to the
//! next `$` is its whole output, standard error included. Commands of one page run one after the other in one folder, where
//! `examples` is that of the repository. In a block ```` ```console,varies ```` a `…` stands for anything in its line, and a line
//! of nothing else for any number of lines: times, which no two machines share. A picture `curves/NAME` is the file NAME that
//! the page's commands have written. `UPDATE_DOCS=1` writes the blocks and pictures anew, but those that vary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn documents_show_what_is_printed() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository is there");
    let mut pages = vec![root.join("README.md")];
    pages.extend(pages_in(&root.join("docs")));
    assert!(pages.len() > 5, "the book has pages, not these alone: {pages:?}");
    let (mut compared, mut differences) = (0, Vec::new());
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page is text");
        let folder = tempfile::tempdir().expect("a folder to work in");
        std::os::unix::fs::symlink(root.join("examples"), folder.path().join("examples")).expect("a link");
        let mut rewritten = String::new();
        for part in parts(&text) {
            let Part::Session { command, expected, varies } = part else {
                rewritten += part.text();
                continue;
            };
            let printed = printed(&command, folder.path());
            let right = if varies { fits(&printed, expected) } else { printed == expected };
            compared += 1;
            if !right {
                let shown = page.strip_prefix(&root).unwrap_or(&page).display();
                differences
                    .push(format!("{shown}: $ {command}\n--- shown:\n{expected}\n--- printed:\n{printed}"));
            }
            let lines: Vec<&str> = command.lines().collect();
            rewritten += &format!("$ {}\n", lines.join("\n> "));
            rewritten += if varies { expected } else { &printed };
        }
        let updates = std::env::var_os("UPDATE_DOCS").is_some();
        for picture in pictures(&text) {
            let written = fs::read(folder.path().join(picture));
            let written = written.unwrap_or_else(|_| panic!("{}: nothing writes {picture}", page.display()));
            let shown = page.with_file_name("curves").join(picture);
            if fs::read(&shown).unwrap_or_default() != written {
                differences.push(format!("{} is another picture now", shown.display()));
                if updates {
                    fs::create_dir_all(page.with_file_name("curves")).expect("a folder for pictures");
                    fs::write(&shown, written).expect("the picture can be written");
                }
            }
        }
        if updates && rewritten != text {
            fs::write(&page, rewritten).expect("the page can be written");
        }
    }
    assert!(compared >= 20, "only {compared} commands were found");
    assert!(
        differences.is_empty(),
        "{}\n\n{} of {compared} outputs differ; UPDATE_DOCS=1 writes what is printed now into the pages",
        differences.join("\n\n"),
        differences.len()
    );
}

/// Every verb and every option that the command knows is in the book's chapter about it.
#[test]
fn the_chapter_on_the_command_is_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let chapter = fs::read_to_string(folder.join("../docs/src/command.md")).expect("a page is text");
    let help = |verb: &str| printed(&format!("activation help {verb}"), folder);
    let overview = help("");
    let usage =
        overview.split("\n\n").find(|paragraph| paragraph.starts_with("Usage:")).expect("how it is used");
    let usage = usage.lines().filter_map(|line| line.strip_prefix("  activation "));
    let words = usage.filter_map(|line| line.split(' ').next());
    let verbs: Vec<&str> = words.filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).collect();
    assert!(verbs.len() >= 6, "{overview}");
    let mut missing = Vec::new();
    // `--help` and `--version` are everywhere.
    let chapter = chapter + " --help --version ";
    for verb in verbs {
        let has_section =
            chapter.lines().any(|line| line.starts_with("## ") && by_word(line, verb).count() > 0);
        if !has_section {
            missing.push(format!("a section `{verb}`"));
        }
        let help = help(verb);
        let options = help.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| {
            word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        for option in options {
            if by_word(&chapter, option).count() == 0 && !missing.contains(&format!("{verb}'s {option}")) {
                missing.push(format!("{verb}'s {option}"));
            }
        }
    }
    assert!(missing.is_empty(), "docs/src/command.md lacks {missing:#?}");
}

/// Where a word stands by itself.
fn by_word<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.match_indices(word)
        .filter(move |(at, _)| {
            !text[..*at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
        })
        .map(|(at, _)| at)
}

#[test]
fn a_line_of_dots_stands_for_any_lines() {
    assert!(fits("a\nb 17 ns\nc\n", "a\nb … ns\nc\n"));
    assert!(fits("a\nb\nc\nd\n", "a\n…\nd\n"));
    assert!(fits("a\nd\n", "a\n…\nd\n"));
    assert!(!fits("a\nb\n", "a\n…\nd\n"));
    assert!(!fits("a\nb 17 s\n", "a\nb … ns\n"));
    assert!(!fits("a\nb\n", "a\n"));
}

/// The names behind `](curves/`.
fn pictures(text: &str) -> impl Iterator<Item = &str> {
    text.split("](curves/").skip(1).filter_map(|rest| rest.split(')').next())
}

/// Markdown below a folder, in order.
fn pages_in(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "book"))
        .collect();
    entries.sort();
    let mut pages = Vec::new();
    for path in entries {
        if path.is_dir() {
            pages.extend(pages_in(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages
}

/// A page, cut into what is run and what is not.
enum Part<'a> {
    Text(&'a str),
    Session { command: String, expected: &'a str, varies: bool },
}

impl<'a> Part<'a> {
    fn text(&self) -> &'a str {
        match self {
            Part::Text(text) => text,
            Part::Session { .. } => "",
        }
    }
}

fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // Whether a block of sessions is open, and whether it varies.
    let mut block: Option<bool> = None;
    let mut lines = page.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let mut pending = lines.next();
    while let Some((start, line)) = pending {
        pending = lines.next();
        match (block, line.strip_prefix("$ ")) {
            (Some(varies), Some(command)) => {
                let mut command = command.trim_end_matches('\n').to_string();
                while let Some((_, line)) = pending
                    && let Some(more) = line.strip_prefix("> ")
                {
                    command += &format!("\n{}", more.trim_end_matches('\n'));
                    pending = lines.next();
                }
                let begin = pending.map_or(page.len(), |(at, _)| at);
                let mut end = begin;
                while let Some((at, line)) = pending
                    && !line.starts_with("$ ")
                    && !line.starts_with("```")
                {
                    end = at + line.len();
                    pending = lines.next();
                }
                // An empty line before the next command is for the reader's eye.
                let expected = &page[begin..end];
                let gap = usize::from(
                    expected.ends_with("\n\n") && pending.is_some_and(|(_, l)| l.starts_with("$ ")),
                );
                let (expected, space) = expected.split_at(expected.len() - gap);
                parts.push(Part::Session { command, expected, varies });
                parts.push(Part::Text(space));
            }
            _ => {
                block = match (block, line.trim_end()) {
                    (_, "```console") => Some(false),
                    (_, "```console,varies") => Some(true),
                    (_, "```") => None,
                    (block, _) => block,
                };
                parts.push(Part::Text(&page[start..start + line.len()]));
            }
        }
    }
    parts
}

/// What a command prints, on standard output and standard error together.
fn printed(command: &str, folder: &Path) -> String {
    let binaries = Path::new(env!("CARGO_BIN_EXE_activation")).parent().expect("the binary is in a folder");
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(
        std::iter::once(binaries.to_path_buf()).chain(std::env::split_paths(&inherited)),
    )
    .expect("a path");
    // In braces, or the redirection would be of the last command of several alone.
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS")
        .output()
        .expect("sh runs");
    String::from_utf8(output.stdout).expect("what is printed is text")
}

/// Whether a text is what a pattern with `…` stands for.
fn fits(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<&str>, Vec<&str>) = (text.lines().collect(), pattern.lines().collect());
    lines_fit(&text, &pattern)
}

fn lines_fit(text: &[&str], pattern: &[&str]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ["…", rest @ ..] => (0..=text.len()).any(|skipped| lines_fit(&text[skipped..], rest)),
        [line, rest @ ..] => {
            text.first().is_some_and(|first| line_fits(first, line)) && lines_fit(&text[1..], rest)
        }
    }
}

fn line_fits(text: &str, pattern: &str) -> bool {
    match pattern.split_once('…') {
        None => text == pattern,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).any(|at| line_fits(&rest[at..], after))
        }),
    }
}
