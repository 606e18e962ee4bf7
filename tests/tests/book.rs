//! What the book says about mistakes, programs and pages is so. Its console blocks are held by the command's own tests, its
//! Rust blocks are doctests of this crate.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn chapters() -> Vec<String> {
    let folder = fs::read_dir(root().join("docs/src")).expect("the book is there");
    let names =
        folder.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name of letters"));
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".md")).collect();
    names.sort();
    names
}

/// The blocks with this word behind their fence: where they begin and what is in them.
fn blocks<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let fence = format!("```{word}\n");
    text.match_indices(&fence)
        .filter_map(|(at, _)| {
            let inside = &text[at + fence.len()..];
            inside.find("```").map(|end| &inside[..end])
        })
        .collect()
}

/// Every message of the page is what the compiler says, and it says nothing else. `UPDATE_DOCS=1` writes them anew.
#[test]
fn every_mistake_is_answered_as_the_page_says() {
    let text = page("docs/src/errors.md");
    let mut rewritten = text.clone();
    for block in blocks(&text, "mistakes") {
        let answered: String = block
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with(' '))
            .map(|written| format!("{written}\n    {}\n", messages(written).join("\n    ")))
            .collect();
        rewritten = rewritten.replace(block, &answered);
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join("docs/src/errors.md"), &rewritten).expect("the page can be written");
    } else {
        let pairs = text.lines().zip(rewritten.lines());
        let wrong: Vec<_> = pairs.filter(|(shown, told)| shown != told).take(3).collect();
        assert!(text == rewritten, "shown and told: {wrong:#?}\nUPDATE_DOCS=1 writes the page anew");
    }
}

/// What is said to a text: in the macro where it is an invocation, else by the command.
fn messages(text: &str) -> Vec<String> {
    let inside = text.strip_prefix("define_activation! {").and_then(|rest| rest.strip_suffix('}'));
    if let Some(inside) = inside {
        let tokens: TokenStream = format!("[activation_core] {inside}").parse().expect("tokens");
        return compile_errors(activation_formula::define(tokens));
    }
    match activation_formula::compile(text) {
        Ok(compiled) => compiled.refusal.into_iter().map(|refusal| refusal.message).collect(),
        Err(diagnostics) => diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect(),
    }
}

/// The texts of `compile_error!` in an expansion.
fn compile_errors(expansion: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = expansion.into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let named = matches!(tree, TokenTree::Ident(ident) if ident == "compile_error");
        if let (true, Some(TokenTree::Group(group))) = (named, trees.get(at + 2)) {
            let message: syn::LitStr = syn::parse2(group.stream()).expect("a message");
            found.push(message.value());
        }
    }
    found
}

/// Every kind of message that the ui tests know stands on the page.
#[test]
fn every_kind_of_message_is_on_the_page() {
    let text = page("docs/src/errors.md");
    let on_the_page: BTreeSet<String> =
        text.lines().filter(|line| line.starts_with("    ")).map(|line| kind(line.trim())).collect();
    let prose = kind(&text.replace('\n', " "));
    let mut missing = BTreeSet::new();
    for folder in fs::read_dir(root().join("tests/ui")).expect("the ui tests are there") {
        for file in fs::read_dir(folder.expect("a folder").path()).expect("a folder") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "stderr") {
                let stderr = fs::read_to_string(&path).expect("text");
                let kinds = stderr.lines().filter_map(|line| line.strip_prefix("error: ")).map(kind);
                missing.extend(kinds.filter(|kind| !on_the_page.contains(kind) && !prose.contains(kind)));
            }
        }
    }
    assert!(on_the_page.len() > 60, "only {} kinds are on the page", on_the_page.len());
    assert!(missing.is_empty(), "not on the page: {missing:#?}");
}

/// A message without what it quotes and without numbers.
fn kind(message: &str) -> String {
    let outside: Vec<&str> = message.split('`').step_by(2).collect();
    let mut kind: String = outside.join("`_`").chars().filter(|c| !c.is_ascii_digit()).collect();
    // What was lost where is the message's own.
    if let Some(at) = kind.find("cannot be certified to") {
        let end = kind.find("; write the formula").unwrap_or(at);
        kind.replace_range(..end, "cannot be certified");
    }
    if kind.starts_with("this is not ") {
        kind.truncate("this is not ".len());
    }
    if kind.contains("; the functions are") || kind.contains("; the names here are") {
        kind.truncate(kind.find(';').unwrap_or(0));
    }
    kind
}

/// Programs in README.md and in the book that begin with `fn main` stand in `examples/`, and the text after them is what
/// they print.
#[test]
fn whole_programs_are_examples() {
    let examples: Vec<(PathBuf, String)> = fs::read_dir(root().join("examples"))
        .expect("the examples are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| (path.clone(), fs::read_to_string(path).expect("a program is text")))
        .collect();
    let pages =
        chapters().into_iter().map(|name| format!("docs/src/{name}")).chain(["README.md".to_string()]);
    let mut programs = 0;
    for name in pages {
        let text = page(&name);
        for block in blocks(&text, "rust").into_iter().filter(|block| block.contains("\nfn main()")) {
            let found = examples.iter().find(|(_, program)| program.contains(block));
            let (path, _) = found.unwrap_or_else(|| panic!("{name}: no example is this program:\n{block}"));
            let after = &text[text.find(block).expect("it is from there") + block.len()..];
            let shown = after.strip_prefix("```\n\n```text\n").and_then(|after| after.split("```").next());
            if let Some(shown) = shown {
                let expected = path.with_extension("txt");
                assert_eq!(shown, fs::read_to_string(&expected).expect("what it prints"), "{name}, {path:?}");
            }
            programs += 1;
        }
    }
    assert!(programs > 0, "README.md has a program");
}

/// SUMMARY.md lists every chapter, and links lead somewhere.
#[test]
fn chapters_are_listed_and_links_lead_somewhere() {
    let summary = page("docs/src/SUMMARY.md");
    // Where the chapter on a framework is run, its blocks are `rust,` and the framework's name.
    let doctests: String =
        ["tests/src/lib.rs", "tests/burn/src/lib.rs", "tests/candle/src/lib.rs"].map(page).concat();
    for name in chapters().iter().filter(|name| *name != "SUMMARY.md") {
        assert!(summary.contains(&format!("]({name})")), "{name} is not in SUMMARY.md");
        let text = page(&format!("docs/src/{name}"));
        let has_rust = text.contains("```rust\n") || text.contains("```rust,");
        let is_run = doctests.contains(&format!("\"{name}\""));
        assert!(is_run || !has_rust, "the Rust of {name} is not among the doctests");
    }
    let pages = chapters().into_iter().map(|name| format!("docs/src/{name}"));
    for name in pages.chain(["README.md", "examples/README.md"].map(String::from)) {
        let text = page(&name);
        let folder = root().join(&name).parent().expect("a page is in a folder").to_path_buf();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            // Indexing in code, and the web.
            if target.starts_with("http") || target.contains([' ', '`', '\n']) || target.is_empty() {
                continue;
            }
            let (file, anchor) =
                target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let path = if file.is_empty() { root().join(&name) } else { folder.join(file) };
            assert!(path.exists(), "{name} links to {target}");
            if let Some(anchor) = anchor {
                let there = fs::read_to_string(&path).expect("a page is text");
                let mut headings = there.lines().filter(|line| line.starts_with('#')).map(anchor_of);
                assert!(
                    headings.any(|heading| heading == anchor),
                    "{name} links to {target}, a heading that is not there"
                );
            }
        }
    }
}

/// What mdBook and others make of a heading.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
            _ => None,
        })
        .collect()
}

/// Every NumPy line prints what the book says; all lines of a page run in one session.
#[test]
fn numpy_lines_print_what_the_book_says() {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_string());
    let has_numpy =
        Command::new(&python).args(["-c", "import numpy"]).output().is_ok_and(|it| it.status.success());
    if !has_numpy {
        assert!(std::env::var_os("PYTHON").is_none(), "`{python}`, as PYTHON says, has no numpy");
        eprintln!("SKIPPED: the NumPy lines of the book; `{python}` has no numpy, PYTHON names another one");
        return;
    }
    let mut lines = 0;
    for name in chapters() {
        let text = page(&format!("docs/src/{name}"));
        let session = blocks(&text, "pycon").join("\n");
        lines += session.matches(">>> ").count();
        let path = std::env::temp_dir().join(format!("activation-book-{}-{name}.txt", std::process::id()));
        fs::write(&path, session).expect("a file for the session");
        let output = Command::new(&python).args(["-m", "doctest"]).arg(&path).output().expect("Python runs");
        let told =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        fs::remove_file(&path).expect("the file was there");
        assert!(output.status.success(), "{name}:\n{told}");
    }
    assert!(lines > 20, "only {lines} lines of NumPy were found");
}
