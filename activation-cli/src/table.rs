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

/// A table that is written once all its rows are known.
pub(crate) struct Table {
    align: Align,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(align: Align, header: &[&str]) -> Self {
        Table { align, rows: vec![header.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).map(|(cell, &width)| match self.align {
                Align::Left => format!("{cell:width$}"),
                Align::Right => format!("{cell:>width$}"),
            });
            let line = cells.collect::<Vec<_>>().join("  ");
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let written = |align| {
            let mut table = Table::new(align, &["x", "f(x)"]);
            table.push(vec!["-10".into(), "é".into()]);
            let mut out = Vec::new();
            table.write(&mut out).map(|()| String::from_utf8_lossy(&out).into_owned()).unwrap_or_default()
        };
        assert_eq!(written(Align::Left), "x    f(x)\n-10  é\n");
        assert_eq!(written(Align::Right), "  x  f(x)\n-10     é\n");
    }
}
