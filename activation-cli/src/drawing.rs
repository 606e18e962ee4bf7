//! Mistakes in a formula, drawn under its text.
//!
//! The text may be anything: 64 KiB in one line, control characters, letters that run from right to left. So
//! only a window of the line concerned is drawn, with a visible character for every invisible one.

use activation_formula::Diagnostic;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;

/// More mistakes than this are counted, not drawn.
const MOST: usize = 20;

/// Characters of a message that are shown: it quotes names, and names may be as long as the text.
const LONGEST: usize = 600;

/// Characters of the line that are drawn on either side of where a mistake begins.
const BEFORE: usize = 40;
const AFTER: usize = 60;

/// All mistakes of a formula, or warnings about it, in the order of its text.
pub(crate) fn draw(
    text: &str,
    mistakes: &[Diagnostic],
    level: &Level<'static>,
    renderer: &Renderer,
) -> String {
    let mut sorted: Vec<&Diagnostic> = mistakes.iter().collect();
    sorted.sort_by_key(|mistake| mistake.range.start);
    let mut groups: Vec<Group<'_>> =
        sorted.iter().take(MOST).map(|mistake| group(text, mistake, level.clone())).collect();
    if sorted.len() > MOST {
        let more = format!("and {} more mistakes in this formula", sorted.len() - MOST);
        groups.push(Group::with_title(level.clone().primary_title(more)));
    }
    let drawn: Vec<String> =
        groups.into_iter().map(|group| renderer.render(std::slice::from_ref(&group))).collect();
    drawn.join("\n\n")
}

fn group<'a>(text: &str, mistake: &'a Diagnostic, level: Level<'static>) -> Group<'a> {
    let message = match mistake.message.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &mistake.message[..end])),
        None => Cow::Borrowed(mistake.message.as_str()),
    };
    let title = level.primary_title(message);
    if text.trim().is_empty() {
        return Group::with_title(title);
    }
    let view = view(text, &mistake.range);
    title.element(
        Snippet::source(view.text).line_start(view.line).annotation(AnnotationKind::Primary.span(view.range)),
    )
}

/// A part of a line that can be drawn safely, and where the mistake lies in it.
#[derive(Debug, PartialEq)]
struct View {
    line: usize,
    text: String,
    range: Range<usize>,
}

fn view(text: &str, range: &Range<usize>) -> View {
    let start = boundary(text, range.start);
    let end = boundary(text, range.end).max(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = end.min(line_end);

    let before = &text[line_start..start];
    let from = before.char_indices().rev().nth(BEFORE - 1).map_or(line_start, |(at, _)| line_start + at);
    let behind = &text[start..line_end];
    let to = behind.char_indices().nth(AFTER).map_or(line_end, |(at, _)| start + at);

    let mut view = View {
        line: text[..line_start].matches('\n').count() + 1,
        text: String::new(),
        range: Range::default(),
    };
    if from > line_start {
        view.text.push('…');
    }
    view.text.extend(text[from..start].chars().map(visible));
    view.range.start = view.text.len();
    view.text.extend(text[start..end.min(to)].chars().map(visible));
    view.range.end = view.text.len();
    view.text.extend(text[end.min(to)..to].chars().map(visible));
    if to < line_end {
        view.text.push('…');
    }
    view
}

/// The nearest boundary of a character, not behind `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// A character that takes one place and does nothing to the others.
fn visible(character: char) -> char {
    match character {
        ' ' | '\t' | '\r' => ' ',
        // What Rust would not print as it is in a string: control characters, directions, combining marks.
        '\\' | '\'' | '"' => character,
        _ if character.escape_debug().count() > 1 => '\u{fffd}',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, range: Range<usize>) -> String {
        draw(text, &[Diagnostic { message: "wrong".into(), range }], &Level::ERROR, &Renderer::plain())
    }

    #[test]
    fn carets_stand_under_the_mistake() {
        assert_eq!(drawn("x * epx(x)", 4..7), "error: wrong\n  |\n1 | x * epx(x)\n  |     ^^^");
        assert_eq!(drawn("a\nx * epx(x)\nb", 6..9), "error: wrong\n  |\n2 | x * epx(x)\n  |     ^^^");
        assert_eq!(drawn("x +", 3..3), "error: wrong\n  |\n1 | x +\n  |    ^");
        assert_eq!(drawn(" ", 0..0), "error: wrong");
    }

    #[test]
    fn only_a_part_of_a_long_line_is_drawn() {
        let text = "x+".repeat(30_000);
        let view = view(&text, &(20_000..20_001));
        assert_eq!(view.text.chars().count(), BEFORE + AFTER + 2);
        assert_eq!(&view.text[view.range.clone()], "x");
        assert!(drawn(&text, 0..60_000).lines().all(|line| line.chars().count() < 120));
    }

    #[test]
    fn no_range_is_out_of_bounds() {
        let text = "é\u{1b}[31m\u{202e}×\n\t2";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let drawn = drawn(text, Range { start, end });
                assert!(!drawn.contains(['\u{1b}', '\u{202e}', '\t']), "{drawn}");
            }
        }
    }

    #[test]
    fn many_mistakes_are_counted() {
        let mistakes = vec![Diagnostic { message: "wrong".into(), range: 0..1 }; 50];
        let text = draw("x", &mistakes, &Level::ERROR, &Renderer::plain());
        assert_eq!(text.matches("error: wrong").count(), MOST);
        assert!(text.ends_with("error: and 30 more mistakes in this formula"), "{text}");
    }
}
