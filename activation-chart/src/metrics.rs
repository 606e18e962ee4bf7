//! How wide text gets in a sans-serif font that is not known: the widths of Helvetica, and a little more.

/// Widths of the characters from the space to `~`, in thousandths of the font's size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Other sans-serif fonts (Verdana, DejaVu) are wider.
const ALLOWANCE: f64 = 1.12;

/// The width of a text, rather too large than too small.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let thousandths: f64 = text.chars().map(of).sum();
    thousandths / 1000.0 * size * ALLOWANCE
}

fn of(character: char) -> f64 {
    let index = (character as usize).wrapping_sub(' ' as usize);
    match WIDTHS.get(index) {
        Some(&width) => f64::from(width),
        // Scripts whose letters are square, and everything unusual.
        None if character as u32 >= 0x2e80 => 1000.0,
        None => 600.0,
    }
}

/// The text, or as much of it as there is room for, with an ellipsis.
pub(crate) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if width(&short, size) + width("…", size) + of(character) / 1000.0 * size * ALLOWANCE > room {
            break;
        }
        short.push(character);
    }
    short.push('…');
    short
}
