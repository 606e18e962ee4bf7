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

#[cfg(test)]
mod tests {
    use super::*;

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
