//! Shapes as SVG: real text, no scripts, no style sheets, no identifiers that could clash on a page.

use crate::axis::number;
use crate::palette::Colour;
use crate::picture::{Anchor, Paint, Picture, Shape};
use std::fmt::Write;

/// Where a picture will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on white, for files.
    Paper,
    /// Transparent, text in the colour of the text around it: for pages that may be light or dark.
    Page,
}

impl Theme {
    /// The colour of text on paper.
    pub const INK: Colour = [0x22, 0x22, 0x22];
}

const FONTS: &str = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

pub(crate) fn write(picture: &Picture, theme: Theme) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = element(&mut out, picture, theme);
    out
}

fn element(out: &mut String, picture: &Picture, theme: Theme) -> std::fmt::Result {
    let (width, height) = (decimal(picture.width), decimal(picture.height));
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"{FONTS}\">"
    )?;
    if !picture.title.is_empty() {
        writeln!(out, "<title>{}</title>", escaped(&picture.title))?;
    }
    if !picture.description.is_empty() {
        writeln!(out, "<desc>{}</desc>", escaped(&picture.description))?;
    }
    if theme == Theme::Paper {
        writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>")?;
    }
    for shape in &picture.shapes {
        draw(out, shape, theme)?;
    }
    out.push_str("</svg>\n");
    Ok(())
}

fn draw(out: &mut String, shape: &Shape, theme: Theme) -> std::fmt::Result {
    match shape {
        Shape::Area { x, y, width, height, paint } => {
            let [x, y, width, height] = [*x, *y, *width, *height].map(decimal);
            let fill = painted("fill", *paint, theme);
            writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}/>")
        }
        Shape::Line { points, paint, width, dash } => {
            out.push_str("<polyline points=\"");
            for (index, &(x, y)) in points.iter().enumerate() {
                let separator = if index == 0 { "" } else { " " };
                write!(out, "{separator}{},{}", decimal(x), decimal(y))?;
            }
            write!(out, "\" fill=\"none\"{}", painted("stroke", *paint, theme))?;
            if *width != 1.0 {
                write!(out, " stroke-width=\"{}\" stroke-linejoin=\"round\"", decimal(*width))?;
            }
            if !dash.is_empty() {
                let lengths: Vec<String> = dash.iter().map(|&length| decimal(length)).collect();
                write!(out, " stroke-dasharray=\"{}\"", lengths.join(" "))?;
            }
            out.push_str("/>\n");
            Ok(())
        }
        Shape::Dot { x, y, radius, rim, fill } => {
            let [x, y, radius] = [*x, *y, *radius].map(decimal);
            let (fill, rim) = (painted("fill", *fill, theme), painted("stroke", *rim, theme));
            writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{fill}{rim} stroke-width=\"1.5\"/>")
        }
        Shape::Diamond { x, y, radius, paint } => {
            let corners = [(*x, y - radius), (x + radius, *y), (*x, y + radius), (x - radius, *y)];
            polygon(out, &corners, *paint, theme)
        }
        Shape::Polygon { points, paint } => polygon(out, points, *paint, theme),
        Shape::Text { x, y, text, size, anchor, upwards } => {
            let [x, y, size] = [*x, *y, *size].map(decimal);
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let turned = if *upwards { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
            let fill = painted("fill", Paint::Ink(1.0), theme);
            let text = escaped(text);
            writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}{turned}{fill}>{text}</text>"
            )
        }
    }
}

fn polygon(out: &mut String, corners: &[(f64, f64)], paint: Paint, theme: Theme) -> std::fmt::Result {
    let corners: Vec<String> =
        corners.iter().map(|&(x, y)| format!("{},{}", decimal(x), decimal(y))).collect();
    let fill = painted("fill", paint, theme);
    writeln!(out, "<polygon points=\"{}\"{fill}/>", corners.join(" "))
}

/// The attribute for a paint.
fn painted(attribute: &str, paint: Paint, theme: Theme) -> String {
    let hexadecimal = |[red, green, blue]: Colour| format!("#{red:02x}{green:02x}{blue:02x}");
    match (paint, theme) {
        (Paint::Colour(colour), _) => format!(" {attribute}=\"{}\"", hexadecimal(colour)),
        (Paint::Tint(colour, opacity), _) => {
            format!(" {attribute}=\"{}\" {attribute}-opacity=\"{}\"", hexadecimal(colour), number(opacity))
        }
        (Paint::Paper, Theme::Paper) => format!(" {attribute}=\"#fff\""),
        (Paint::Paper, Theme::Page) => format!(" {attribute}=\"none\""),
        (Paint::Ink(opacity), theme) => {
            let ink = if theme == Theme::Paper { hexadecimal(Theme::INK) } else { "currentColor".to_owned() };
            match opacity {
                1.0 => format!(" {attribute}=\"{ink}\""),
                _ => format!(" {attribute}=\"{ink}\" {attribute}-opacity=\"{}\"", number(opacity)),
            }
        }
    }
}

/// A coordinate, to a hundredth of a pixel.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as XML has it. Characters that XML does not allow at all are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ if character.is_control() => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chart, Curve};

    fn chart() -> Chart {
        let mut chart = Chart::new("a < b & \u{1b}c", (-5.0, 5.0), (-1.2, 1.2));
        chart.description = "what is seen".to_owned();
        chart.add("tanh", Curve::trace(f64::tanh, (-5.0, 5.0), &[]));
        chart.add("sign", Curve::trace(f64::signum, (-5.0, 5.0), &[]));
        chart
    }

    #[test]
    fn files_are_small_and_readable() {
        let svg = chart().svg(Theme::Paper);
        assert!(svg.len() < 6000, "{} bytes", svg.len());
        assert!(svg.contains("<title>a &lt; b &amp; \u{fffd}c</title>\n<desc>what is seen</desc>"));
        assert!(svg.contains(">tanh</text>") && svg.contains("viewBox=\"0 0 640 400\""));
        assert_eq!(svg.matches("<circle").count(), 3, "one in the legend, two at the jump");
        assert!(!svg.contains("id=") && !svg.contains("NaN") && !svg.contains("inf"));
    }

    #[test]
    fn pages_give_their_colours() {
        let svg = chart().svg(Theme::Page);
        assert!(svg.contains("fill=\"currentColor\"") && !svg.contains("#fff"));
    }
}
