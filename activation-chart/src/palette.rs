//! Colours and dashes that tell curves apart, for the colour-blind and in black and white too.
//!
//! The colours are those of Okabe and Ito, Color universal design, 2008, in an order in which the first ones are far
//! apart; their yellow, which is too light for lines on white, is a dark ochre here. Ordered curves take colours
//! of Viridis (Smith and van der Walt, 2015), whose lightness rises all the way.

/// Red, green and blue.
pub type Colour = [u8; 3];

/// Lengths of strokes and gaps, in turn; nothing is a solid line.
pub type Dash = &'static [f64];

/// Eight colours.
pub const PALETTE: [Colour; 8] = [
    [0x00, 0x72, 0xb2],
    [0xd5, 0x5e, 0x00],
    [0x00, 0x9e, 0x73],
    [0xcc, 0x79, 0xa7],
    [0xe6, 0x9f, 0x00],
    [0x56, 0xb4, 0xe9],
    [0x8c, 0x6d, 0x1f],
    [0x77, 0x77, 0x77],
];

/// Eight kinds of lines, the solid one first.
pub const DASHES: [Dash; 8] = [
    &[],
    &[7.0, 4.0],
    &[2.0, 3.0],
    &[9.0, 3.0, 2.0, 3.0],
    &[14.0, 4.0],
    &[4.0, 2.0],
    &[9.0, 3.0, 2.0, 3.0, 2.0, 3.0],
    &[2.0, 6.0],
];

/// Viridis from its dark end to where it gets too light for white paper.
const VIRIDIS: [Colour; 8] = [
    [0x44, 0x01, 0x54],
    [0x46, 0x32, 0x7e],
    [0x36, 0x5c, 0x8d],
    [0x27, 0x7f, 0x8e],
    [0x1f, 0xa1, 0x87],
    [0x4a, 0xc1, 0x6d],
    [0x7f, 0xc9, 0x4b],
    [0xb8, 0xc0, 0x20],
];

/// A colour for the `index`th of `count` ordered curves.
pub fn ramp(index: usize, count: usize) -> Colour {
    let last = VIRIDIS.len() - 1;
    let place = index.min(count.max(1) - 1) as f64 / count.saturating_sub(1).max(1) as f64 * last as f64;
    let below = (place as usize).min(last - 1);
    let part = place - below as f64;
    let (from, to) = (VIRIDIS[below], VIRIDIS[below + 1]);
    std::array::from_fn(|channel| {
        let (from, to) = (f64::from(from[channel]), f64::from(to[channel]));
        (from + (to - from) * part).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness([red, green, blue]: Colour) -> f64 {
        0.2126 * f64::from(red) + 0.7152 * f64::from(green) + 0.0722 * f64::from(blue)
    }

    #[test]
    fn ramps_get_lighter() {
        for count in 2..20 {
            let steps: Vec<f64> = (0..count).map(|index| lightness(ramp(index, count))).collect();
            assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{count}: {steps:?}");
        }
        assert_eq!(ramp(0, 1), VIRIDIS[0]);
        assert_eq!(ramp(7, 8), VIRIDIS[7]);
    }

    #[test]
    fn all_are_dark_enough_for_paper() {
        let colours = PALETTE.into_iter().chain((0..9).map(|index| ramp(index, 9)));
        assert!(colours.into_iter().all(|colour| lightness(colour) < 185.0));
    }
}
