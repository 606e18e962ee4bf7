//! Text in aligned columns.

use std::io::{self, Write};

/// Where the cells of a column stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Writes rows under a header, two spaces between columns.
pub(crate) fn write(
    out: &mut dyn Write,
    align: Align,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut table = vec![header.iter().map(|&cell| cell.to_owned()).collect()];
    table.extend(rows);
    let width = |column: usize| {
        let cells = table.iter().filter_map(|row: &Vec<String>| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    for row in &table {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| match align {
            Align::Left => format!("{cell:width$}"),
            Align::Right => format!("{cell:>width$}"),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The same to the left, but no line is longer than `width`, if there is one: long cells go on below themselves, at a comma or
/// a space.
pub(crate) fn write_within(
    out: &mut dyn Write,
    header: &[&str],
    rows: Vec<Vec<String>>,
    width: Option<usize>,
) -> io::Result<()> {
    let mut all = vec![header.iter().map(|&cell| cell.to_owned()).collect()];
    all.extend(rows);
    write_rows_within(out, all, width)
}

/// The same without a header.
pub(crate) fn write_rows_within(
    out: &mut dyn Write,
    rows: Vec<Vec<String>>,
    width: Option<usize>,
) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = (0..columns).map(longest).collect();
    if let Some(width) = width {
        // The widest columns give way first.
        let total = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        while total(&widths) > width {
            let Some(widest) = widths.iter_mut().skip(1).max() else { break };
            if *widest <= NARROWEST {
                break;
            }
            *widest -= 1;
        }
    }
    for row in rows {
        let cells: Vec<Vec<String>> =
            row.iter().zip(&widths).map(|(cell, &width)| wrapped(cell, width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            let parts = cells.iter().zip(&widths).map(|(cell, &width)| {
                let part = cell.get(line).map_or("", String::as_str);
                format!("{part:width$}")
            });
            let line = parts.collect::<Vec<_>>().join("  ");
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// Columns are not made narrower.
const NARROWEST: usize = 12;

/// A text in lines of at most so many characters; longer words are cut.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        while let Some(line) = lines.last_mut() {
            let used = line.chars().count();
            let room = width.saturating_sub(used + usize::from(used > 0));
            if word.len() <= room {
                if used > 0 {
                    line.push(' ');
                }
                line.extend(&word);
                break;
            }
            if used == 0 {
                line.extend(word.drain(..width));
            }
            lines.push(String::new());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_cells_are_wrapped() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        let mut out = Vec::new();
        let rows = vec![vec!["a".to_owned(), "one, two, three, four, five".to_owned()]];
        write_within(&mut out, &["", "f"], rows, Some(17)).expect("room in memory");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), "   f\na  one, two,\n   three, four,\n   five\n");
    }

    #[test]
    fn columns_are_aligned() {
        let written = |align| {
            let mut out = Vec::new();
            let rows = [vec!["-10".to_owned(), "é".to_owned()]];
            write(&mut out, align, &["x", "f(x)"], rows).expect("room in memory");
            String::from_utf8(out).expect("UTF-8")
        };
        assert_eq!(written(Align::Left), "x    f(x)\n-10  é\n");
        assert_eq!(written(Align::Right), "  x  f(x)\n-10     é\n");
    }
}
