//! The field that curves are drawn in, a cell a character.

use super::cell::{BLANK, Cell};
use super::{DIM, Glyphs, TextStyle};
use crate::axis::Scale;
use crate::chart::{Chart, Guide};
use crate::layout::cut;
use crate::palette::{Colour, DASHES};

/// Where curves are drawn.
pub(super) struct Canvas<'c> {
    chart: &'c Chart,
    pub(super) columns: usize,
    rows: usize,
    /// Row by row.
    pub(super) cells: Vec<Cell>,
    glyphs: Glyphs,
}

impl<'c> Canvas<'c> {
    pub(super) fn new(chart: &'c Chart, style: &TextStyle, columns: usize, rows: usize) -> Self {
        let cells = vec![BLANK; columns * rows];
        let mut canvas = Canvas { chart, columns, rows, cells, glyphs: style.glyphs };
        canvas.zero_lines(style);
        for guide in chart.all_guides() {
            canvas.guide(guide, style);
        }
        for (index, series) in chart.series.iter().enumerate() {
            let dash = if style.glyphs == Glyphs::Ascii { 0 } else { series.dash };
            for piece in &series.curve.pieces {
                canvas.curve(piece, series.colour, style.letter(index), DASHES[dash % DASHES.len()]);
            }
        }
        if style.has_letters(chart) {
            canvas.letters(style);
        }
        canvas.marks(style);
        canvas
    }

    /// From the left edge to the right, 0 to 1.
    fn across(&self, x: f64) -> f64 {
        (x - self.chart.x.0) / (self.chart.x.1 - self.chart.x.0)
    }

    pub(super) fn x_of(&self, across: f64) -> f64 {
        self.chart.x.0 + across * (self.chart.x.1 - self.chart.x.0)
    }

    /// From the top to the bottom, 0 to 1.
    fn down(&self, y: f64) -> f64 {
        (self.chart.y.1 - y) / (self.chart.y.1 - self.chart.y.0)
    }

    pub(super) fn column(&self, x: f64) -> Option<usize> {
        place(self.across(x), self.columns)
    }

    pub(super) fn row(&self, y: f64) -> Option<usize> {
        place(self.down(y), self.rows)
    }

    fn put(&mut self, row: usize, column: usize, character: char, colour: Option<Colour>, is_mark: bool) {
        if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
            *cell = Cell { character, colour, dots: 0, is_mark };
        }
    }

    fn zero_lines(&mut self, style: &TextStyle) {
        let dot = style.choose('·', '.');
        if let Some(row) = self.row(0.0).filter(|_| self.chart.y_scale != Scale::PowersOfTen) {
            for column in 0..self.columns {
                self.put(row, column, dot, Some(DIM), false);
            }
        }
        if let Some(column) = self.column(0.0).filter(|_| self.chart.x_scale != Scale::PowersOfTen) {
            for row in 0..self.rows {
                self.put(row, column, dot, Some(DIM), false);
            }
        }
    }

    fn guide(&mut self, guide: Guide, style: &TextStyle) {
        match guide {
            Guide::Vertical(x) => {
                if let Some(column) = self.column(x) {
                    for row in 0..self.rows {
                        self.put(row, column, style.choose('┆', ':'), Some(DIM), false);
                    }
                }
            }
            Guide::Line { slope: 0.0, intercept } => {
                if let Some(row) = self.row(intercept) {
                    for column in 0..self.columns {
                        self.put(row, column, style.choose('╌', '-'), Some(DIM), false);
                    }
                }
            }
            Guide::Line { slope, intercept } => {
                for column in (0..self.columns).step_by(2) {
                    let x = self.x_of((column as f64 + 0.5) / self.columns as f64);
                    if let Some(row) = self.row(slope * x + intercept) {
                        self.put(row, column, style.choose('╌', '-'), Some(DIM), false);
                    }
                }
            }
        }
    }

    /// Dots along a line, in dashes.
    fn curve(&mut self, piece: &[(f64, f64)], colour: Colour, letter: char, dash: &[f64]) {
        let (wide, high) = match self.glyphs {
            Glyphs::Braille => (2 * self.columns, 4 * self.rows),
            Glyphs::Ascii => (self.columns, self.rows),
        };
        let mut walked = 0.0;
        for part in cut(piece, self.chart.y) {
            let place = |&(x, y): &(f64, f64)| (self.across(x) * wide as f64, self.down(y) * high as f64);
            let placed: Vec<(f64, f64)> = part.iter().map(place).collect();
            for pair in placed.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let length = (b.0 - a.0).hypot(b.1 - a.1);
                let steps = (2.0 * length).ceil().max(1.0) as usize;
                for step in 0..=steps {
                    let share = step as f64 / steps as f64;
                    if is_on(dash, walked + share * length) {
                        let (x, y) = (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1));
                        self.dot(x as usize, y as usize, (wide, high), colour, letter);
                    }
                }
                walked += length;
            }
        }
    }

    fn dot(&mut self, x: usize, y: usize, (wide, high): (usize, usize), colour: Colour, letter: char) {
        let (x, y) = (x.min(wide - 1), y.min(high - 1));
        match self.glyphs {
            Glyphs::Ascii => self.put(y, x, letter, Some(colour), false),
            Glyphs::Braille => {
                /// Bits of the dots, from the top left to the bottom right.
                const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
                if let Some(cell) = self.cells.get_mut(y / 4 * self.columns + x / 2) {
                    cell.dots |= BITS[y % 4][x % 2];
                    cell.character = char::from_u32(0x2800 + u32::from(cell.dots)).unwrap_or('?');
                    cell.colour = Some(colour);
                }
            }
        }
    }

    /// A letter on each curve, three times, never two at one place.
    fn letters(&mut self, style: &TextStyle) {
        let count = self.chart.series.len();
        for (index, series) in self.chart.series.iter().enumerate() {
            for third in 0..3 {
                let across = (f64::from(third) + (index as f64 + 0.5) / count as f64) / 3.0;
                let x = self.x_of(across);
                let Some(y) = height_at(&series.curve.pieces, x) else { continue };
                let (Some(column), Some(row)) = (self.column(x), self.row(y)) else { continue };
                let taken = self.cells.get(row * self.columns + column).is_some_and(|cell| cell.is_mark);
                if !taken {
                    self.put(row, column, style.letter(index), Some(series.colour), true);
                }
            }
        }
    }

    fn marks(&mut self, style: &TextStyle) {
        let chart = self.chart;
        for kink in chart.kinks.iter().filter(|kink| chart.shows(kink.x, kink.y)) {
            if let (Some(column), Some(row)) = (self.column(kink.x), self.row(kink.y)) {
                self.put(row, column, style.choose('◆', '^'), Some(kink.colour), true);
            }
        }
        for series in &chart.series {
            for jump in &series.curve.jumps {
                for (y, is_value) in [(jump.left, false), (jump.right, false), (jump.value, true)] {
                    if (!is_value && y == jump.value) || !chart.shows(jump.x, y) {
                        continue;
                    }
                    let dot = if is_value { style.choose('●', 'O') } else { style.choose('○', 'o') };
                    if let (Some(column), Some(row)) = (self.column(jump.x), self.row(y)) {
                        self.put(row, column, dot, Some(series.colour), true);
                    }
                }
            }
        }
    }
}

/// Which of `count` places a share from 0 to 1 falls into.
fn place(share: f64, count: usize) -> Option<usize> {
    (0.0..=1.0).contains(&share).then(|| ((share * count as f64) as usize).min(count - 1))
}

/// The height of a curve, between its points.
fn height_at(pieces: &[Vec<(f64, f64)>], x: f64) -> Option<f64> {
    pieces.iter().flat_map(|piece| piece.windows(2)).find(|pair| pair[0].0 <= x && x <= pair[1].0).map(
        |pair| {
            let (a, b) = (pair[0], pair[1]);
            a.1 + (b.1 - a.1) * ((x - a.0) / (b.0 - a.0))
        },
    )
}

/// Whether the pen is down after a way along the dashes.
fn is_on(dash: &[f64], walked: f64) -> bool {
    let total: f64 = dash.iter().sum();
    if total == 0.0 {
        return true;
    }
    let mut rest = walked % total;
    for (index, &length) in dash.iter().enumerate() {
        if rest < length {
            return index % 2 == 0;
        }
        rest -= length;
    }
    false
}
