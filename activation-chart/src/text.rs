//! A chart in characters: curves of braille dots, or of letters where there is nothing but ASCII.

mod canvas;
mod cell;

use crate::chart::{Band, Chart};
use crate::palette::{Colour, DASHES};
use canvas::Canvas;
use cell::{BLANK, Cell, cells, written};

/// How to write a chart.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// Columns, at least [`SMALLEST_TEXT`]; lines are no longer.
    pub width: usize,
    /// Lines, at least [`SMALLEST_TEXT`].
    pub height: usize,
    /// What it is made of.
    pub glyphs: Glyphs,
    /// Whether it may have colours, as escape sequences for one of 256. Without them letters tell curves apart.
    pub colour: bool,
}

/// What curves are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Eight dots a character.
    Braille,
    /// A character of ASCII for each curve.
    Ascii,
}

/// The smallest width and height.
pub const SMALLEST_TEXT: (usize, usize) = (24, 8);

/// What curves are made of in ASCII.
const ASCII: [char; 8] = ['*', '+', 'x', '#', '%', '@', '&', '$'];

/// The part of the lines that the legend may take.
const LEGEND_PART: usize = 3;

/// Grey, for what is no curve.
const DIM: Colour = [0x8a, 0x8a, 0x8a];

pub(crate) fn draw(chart: &Chart, style: &TextStyle) -> String {
    let width = style.width.max(SMALLEST_TEXT.0);
    let height = style.height.max(SMALLEST_TEXT.1);
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    if !chart.title.is_empty() {
        let title = shortened(&chart.title, width);
        let indent = (width - title.chars().count()) / 2;
        lines.push(cells(&format!("{}{title}", " ".repeat(indent)), None));
    }
    lines.extend(legend(chart, style, width, height / LEGEND_PART));
    let rows = height.saturating_sub(lines.len() + 2).max(3);

    let (y_ticks, y_labels) = chart.y_scale.ticks(chart.y, rows / 3 + 1);
    let gutter = y_labels.iter().map(|label| label.chars().count()).max().unwrap_or(0) + 1;
    let columns = width.saturating_sub(gutter + 2).max(8);
    let canvas = Canvas::new(chart, style, columns, rows);
    for (row, cells_of_row) in canvas.cells.chunks(columns).enumerate() {
        let label = y_ticks.iter().zip(&y_labels).find(|(tick, _)| canvas.row(**tick) == Some(row));
        let (label, edge) = match label {
            Some((_, label)) => (label.as_str(), style.choose('┤', '+')),
            None => ("", style.choose('│', '|')),
        };
        let mut line = cells(&format!("{label:>width$}{edge}", width = gutter), None);
        line.extend_from_slice(cells_of_row);
        lines.push(line);
    }
    lines.extend(x_axis(chart, style, &canvas, gutter, width));
    lines.iter().map(|line| written(line, style.colour)).collect()
}

impl TextStyle {
    fn choose(&self, unicode: char, ascii: char) -> char {
        if self.glyphs == Glyphs::Braille { unicode } else { ascii }
    }

    /// What stands for a curve in the legend, and on the curve where letters are needed.
    fn letter(&self, index: usize) -> char {
        match self.glyphs {
            Glyphs::Braille => char::from(b'a' + (index % 26) as u8),
            Glyphs::Ascii => ASCII[index % ASCII.len()],
        }
    }

    fn has_letters(&self, chart: &Chart) -> bool {
        self.glyphs == Glyphs::Braille && !self.colour && chart.series.len() > 1
    }
}

/// The legend in rows, at most so many.
fn legend(chart: &Chart, style: &TextStyle, width: usize, most: usize) -> Vec<Vec<Cell>> {
    let mut entries: Vec<(String, Option<Colour>, String)> = Vec::new();
    for (index, series) in chart.series.iter().enumerate() {
        let sample = match style.glyphs {
            Glyphs::Ascii => style.letter(index).to_string(),
            Glyphs::Braille if style.has_letters(chart) => {
                format!("{0}{1}{0}", sample(series.dash), style.letter(index))
            }
            Glyphs::Braille => sample(series.dash).to_string().repeat(3),
        };
        entries.push((sample, Some(series.colour), series.label.clone()));
    }
    let mut note = |sample: String, label: &str| entries.push((sample, None, label.to_owned()));
    if chart.kinks.iter().any(|kink| chart.shows(kink.x, kink.y)) {
        note(style.choose('◆', '^').to_string(), "kink");
    }
    let jumps = chart.series.iter().flat_map(|series| &series.curve.jumps);
    if jumps.into_iter().any(|jump| chart.shows(jump.x, jump.value)) {
        note(style.choose('●', 'O').to_string(), "value at a jump");
    }
    if !chart.all_guides().is_empty() {
        note(style.choose('╌', '-').to_string(), "asymptote");
    }
    if shades(chart).next().is_some() {
        note(style.choose('═', '=').to_string(), &chart.band_label);
    }
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new()];
    let count = entries.len();
    for (index, (sample, colour, label)) in entries.into_iter().enumerate() {
        let label = shortened(&label, width.saturating_sub(sample.chars().count() + 3));
        let wide = 2 + sample.chars().count() + 1 + label.chars().count();
        let used = rows.last().map_or(0, Vec::len);
        if used > 0 && used + wide > width {
            if rows.len() >= most.max(1) {
                let more = format!("  +{}", count - index);
                if let Some(row) = rows.last_mut() {
                    row.truncate(width.saturating_sub(more.len()));
                    row.extend(cells(&more, None));
                }
                break;
            }
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.extend(cells("  ", None));
            row.extend(cells(&sample, colour));
            row.extend(cells(&format!(" {label}"), None));
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Bands that the axis can show: there is no room for a strip of each function.
fn shades(chart: &Chart) -> impl Iterator<Item = &Band> {
    chart.visible_bands().filter(|band| band.strip.is_none())
}

/// A character like the dashes.
fn sample(dash: usize) -> char {
    match dash % DASHES.len() {
        0 => '─',
        2 | 7 => '┈',
        _ => '╌',
    }
}

fn x_axis(
    chart: &Chart,
    style: &TextStyle,
    canvas: &Canvas<'_>,
    gutter: usize,
    width: usize,
) -> [Vec<Cell>; 2] {
    let columns = canvas.columns;
    let (mut x_ticks, mut x_labels) = chart.x_scale.ticks(chart.x, columns / 10 + 1);
    let longest = x_labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    if longest > 7 {
        (x_ticks, x_labels) = chart.x_scale.ticks(chart.x, columns / (longest + 3));
    }
    let mut axis = cells(&format!("{:>gutter$}{}", "", style.choose('└', '+')), None);
    for column in 0..columns {
        let shaded = shades(chart).any(|band| {
            let x = canvas.x_of((column as f64 + 0.5) / columns as f64);
            band.from <= x && x <= band.to
        });
        let line = if shaded { style.choose('═', '=') } else { style.choose('─', '-') };
        axis.push(Cell { character: line, ..BLANK });
    }
    let mut below = vec![BLANK; gutter + 1 + columns];
    let mut free = 0;
    for (&tick, label) in x_ticks.iter().zip(&x_labels) {
        let Some(column) = canvas.column(tick) else { continue };
        if let Some(cell) = axis.get_mut(gutter + 1 + column) {
            cell.character = style.choose('┴', '+');
        }
        let count = label.chars().count();
        let start = (gutter + 1 + column).saturating_sub(count / 2).min((width - 1).saturating_sub(count));
        if start < free {
            continue;
        }
        for (cell, character) in below.iter_mut().skip(start).zip(label.chars()) {
            cell.character = character;
        }
        free = start + count + 1;
    }
    let label = shortened(&chart.x_label, (below.len()).saturating_sub(free + 1));
    let count = label.chars().count();
    if count > 1 || (count == 1 && chart.x_label.chars().count() == 1) {
        let start = below.len() - count;
        for (cell, character) in below.iter_mut().skip(start).zip(label.chars()) {
            cell.character = character;
        }
    }
    [axis, below]
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(3)).collect();
    short.push_str("...");
    short.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Curve, Guide, Kink, PALETTE};

    fn chart() -> Chart {
        let mut chart = Chart::new("two functions", (-5.0, 5.0), (-1.2, 1.2));
        chart.add("tanh", Curve::trace(f64::tanh, (-5.0, 5.0), &[]));
        chart.add("step", Curve::trace(|x| if x > 0.0 { 1.0 } else { 0.0 }, (-5.0, 5.0), &[]));
        chart
    }

    fn style(width: usize, height: usize, glyphs: Glyphs) -> TextStyle {
        TextStyle { width, height, glyphs, colour: false }
    }

    #[test]
    fn every_size_is_kept() {
        for glyphs in [Glyphs::Braille, Glyphs::Ascii] {
            for (width, height) in [(24, 8), (25, 9), (40, 12), (80, 24), (200, 60), (500, 8)] {
                let text = chart().text(&style(width, height, glyphs));
                assert_eq!(text.lines().count(), height, "{text}");
                assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
                assert_eq!(text.is_ascii(), glyphs == Glyphs::Ascii, "{text}");
                assert!(!text.contains('\u{1b}'));
            }
        }
    }

    #[test]
    fn curves_are_where_they_should_be() {
        let mut chart = chart();
        chart.series.truncate(1);
        let text = chart.text(&style(80, 30, Glyphs::Ascii));
        let rows: Vec<&str> = text.lines().skip(2).take(26).collect();
        let stars: Vec<(usize, usize)> = rows
            .iter()
            .enumerate()
            .flat_map(|(row, line)| line.match_indices('*').map(move |(column, _)| (row, column)))
            .collect();
        let gutter = rows[0].find(['|', '+']).expect("an axis") + 1;
        let columns = (79 - gutter) as f64;
        assert!(stars.len() > 60);
        for (row, column) in stars {
            let x = -5.0 + 10.0 * ((column - gutter) as f64 + 0.5) / columns;
            let y = 1.2 - 2.4 * (row as f64 + 0.5) / 26.0;
            assert!((x.tanh() - y).abs() < 0.16, "{x} {y}\n{text}");
        }
    }

    #[test]
    fn what_is_marked_is_in_the_legend() {
        let mut chart = chart();
        chart.kinks.push(Kink { x: 1.0, y: 0.5, colour: PALETTE[0] });
        chart.bands.push(Band { from: 3.0, to: f64::INFINITY, strip: None });
        chart.guides.push(Guide::Line { slope: 0.0, intercept: 1.0 });
        chart.band_label = "saturated".to_owned();
        let text = chart.text(&style(80, 24, Glyphs::Braille));
        for part in ["◆ kink", "● value at a jump", "╌ asymptote", "═ saturated", "─a─ tanh", "╌b╌ step"]
        {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(text.matches('○').count(), 1, "{text}");
    }

    #[test]
    fn colours_end_with_their_line() {
        let text = chart().text(&TextStyle { colour: true, ..style(80, 24, Glyphs::Braille) });
        for line in text.lines() {
            let last = line.rfind("\u{1b}[").map(|at| &line[at..]);
            assert!(last.is_none_or(|last| last.starts_with("\u{1b}[0m")), "{line:?}");
        }
        assert!(text.contains("\u{1b}[38;5;25m"), "{text:?}");
    }
}
