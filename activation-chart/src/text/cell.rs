//! Characters with their colours, and lines of them as a terminal gets them.

use crate::palette::Colour;

/// A character and the colour that it has.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub(super) character: char,
    pub(super) colour: Option<Colour>,
    pub(super) dots: u8,
    /// Letters and marks stay where they are.
    pub(super) is_mark: bool,
}

pub(super) const BLANK: Cell = Cell { character: ' ', colour: None, dots: 0, is_mark: false };

/// Text, of which control characters are left out.
pub(super) fn cells(text: &str, colour: Option<Colour>) -> Vec<Cell> {
    let visible = |character: char| if character.is_control() { ' ' } else { character };
    text.chars().map(|character| Cell { character: visible(character), colour, ..BLANK }).collect()
}

pub(super) fn written(line: &[Cell], colours: bool) -> String {
    let end = line.iter().rposition(|cell| cell.character != ' ').map_or(0, |last| last + 1);
    let mut text = String::new();
    let mut current: Option<Colour> = None;
    for cell in &line[..end] {
        if colours && cell.colour != current && cell.character != ' ' {
            match cell.colour {
                Some(colour) => text.push_str(&format!("\u{1b}[38;5;{}m", of_256(colour))),
                None => text.push_str("\u{1b}[0m"),
            }
            current = cell.colour;
        }
        text.push(cell.character);
    }
    if current.is_some() {
        text.push_str("\u{1b}[0m");
    }
    text.push('\n');
    text
}

/// The nearest of the 216 colours and 24 greys that terminals have.
fn of_256(colour: Colour) -> u8 {
    const LEVELS: [i32; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |other: [i32; 3]| -> i32 {
        colour.iter().zip(other).map(|(&own, other)| (i32::from(own) - other).pow(2)).sum()
    };
    let cube = (16u8..232).map(|index| {
        let place = usize::from(index - 16);
        (index, distance([LEVELS[place / 36], LEVELS[place / 6 % 6], LEVELS[place % 6]]))
    });
    let greys = (232u8..=255).map(|index| (index, distance([8 + 10 * (i32::from(index) - 232); 3])));
    cube.chain(greys).min_by_key(|&(_, distance)| distance).map_or(7, |(index, _)| index)
}
