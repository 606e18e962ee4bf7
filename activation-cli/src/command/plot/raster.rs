//! Shapes as pixels: antialiased, with a font that is part of the program, so that no system needs to have one.

use crate::failure::Failure;
use activation_chart::{Anchor, Paint, Picture, Shape, Theme};
use epaint_default_fonts::UBUNTU_LIGHT;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Mask, Paint as Brush, Path, PathBuilder, Pixmap, Rect, Stroke,
    StrokeDash, Transform,
};
use ttf_parser::{Face, OutlineBuilder};

/// The picture as a PNG of that size; `scale` pixels for one of the picture's.
pub(super) fn png(picture: &Picture, (width, height): (u32, u32), scale: f64) -> Result<Vec<u8>, Failure> {
    let failed =
        |what: &str| Failure::new(format!("cannot draw a picture of {width}x{height} pixels: {what}"));
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| failed("it is too large"))?;
    pixmap.fill(Color::WHITE);
    let face =
        Face::parse(UBUNTU_LIGHT, 0).map_err(|error| failed(&format!("the font is damaged: {error}")))?;
    let mut painter = Painter { pixmap, face, transform: Transform::from_scale(scale as f32, scale as f32) };
    for shape in &picture.shapes {
        painter.draw(shape);
    }
    painter.pixmap.encode_png().map_err(|error| failed(&error.to_string()))
}

struct Painter<'f> {
    pixmap: Pixmap,
    face: Face<'f>,
    transform: Transform,
}

impl Painter<'_> {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Area { x, y, width, height, paint } => {
                let area = Rect::from_xywh(*x as f32, *y as f32, *width as f32, *height as f32);
                if let Some(area) = area {
                    self.pixmap.fill_rect(area, &brush(*paint), self.transform, None);
                }
            }
            Shape::Line { points, paint, width, dash } => {
                if let Some(path) = polygon(points, false) {
                    let dash = dash.iter().map(|&length| length as f32).collect();
                    let stroke = Stroke {
                        width: *width as f32,
                        line_cap: LineCap::Butt,
                        line_join: LineJoin::Round,
                        dash: StrokeDash::new(dash, 0.0),
                        ..Stroke::default()
                    };
                    self.pixmap.stroke_path(&path, &brush(*paint), &stroke, self.transform, NO_MASK);
                }
            }
            Shape::Dot { x, y, radius, rim, fill } => {
                if let Some(path) = PathBuilder::from_circle(*x as f32, *y as f32, *radius as f32) {
                    self.fill(&path, *fill, self.transform);
                    let stroke = Stroke { width: 1.5, ..Stroke::default() };
                    self.pixmap.stroke_path(&path, &brush(*rim), &stroke, self.transform, NO_MASK);
                }
            }
            Shape::Diamond { x, y, radius, paint } => {
                let corners = [(*x, y - radius), (x + radius, *y), (*x, y + radius), (x - radius, *y)];
                if let Some(path) = polygon(&corners, true) {
                    self.fill(&path, *paint, self.transform);
                }
            }
            Shape::Polygon { points, paint } => {
                if let Some(path) = polygon(points, true) {
                    self.fill(&path, *paint, self.transform);
                }
            }
            Shape::Text { x, y, text, size, anchor, upwards } => {
                let place = self.transform.pre_translate(*x as f32, *y as f32);
                let place = if *upwards { place.pre_rotate(-90.0) } else { place };
                self.text(text, *size as f32, *anchor, place);
            }
        }
    }

    fn fill(&mut self, path: &Path, paint: Paint, transform: Transform) {
        self.pixmap.fill_path(path, &brush(paint), FillRule::Winding, transform, NO_MASK);
    }

    /// Writes a line of text whose anchor is at the origin of `place`.
    fn text(&mut self, text: &str, size: f32, anchor: Anchor, place: Transform) {
        let unit = size / f32::from(self.face.units_per_em());
        let glyphs: Vec<_> = text
            .chars()
            .map(|character| {
                self.face
                    .glyph_index(character)
                    .or_else(|| self.face.glyph_index('\u{fffd}'))
                    .or_else(|| self.face.glyph_index('?'))
                    .unwrap_or_default()
            })
            .collect();
        let advance = |face: &Face<'_>, glyph| f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * unit;
        let width: f32 = glyphs.iter().map(|&glyph| advance(&self.face, glyph)).sum();
        let mut x = match anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        for glyph in glyphs {
            let mut outline = Outline(PathBuilder::new());
            if self.face.outline_glyph(glyph, &mut outline).is_some()
                && let Some(path) = outline.0.finish()
            {
                // Fonts have y upwards.
                let transform = place.pre_translate(x, 0.0).pre_scale(unit, -unit);
                self.fill(&path, Paint::Ink(1.0), transform);
            }
            x += advance(&self.face, glyph);
        }
    }
}

/// Nothing is covered.
const NO_MASK: Option<&Mask> = None;

fn brush(paint: Paint) -> Brush<'static> {
    let mut brush = Brush { anti_alias: true, ..Brush::default() };
    let (colour, opacity) = match paint {
        Paint::Ink(opacity) => (Theme::INK, opacity),
        Paint::Colour(colour) => (colour, 1.0),
        Paint::Tint(colour, opacity) => (colour, opacity),
        Paint::Paper => ([0xff; 3], 1.0),
    };
    let [red, green, blue] = colour;
    brush.set_color_rgba8(red, green, blue, (opacity * 255.0).round() as u8);
    brush
}

fn polygon(points: &[(f64, f64)], is_closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (index, &(x, y)) in points.iter().enumerate() {
        if index == 0 { path.move_to(x as f32, y as f32) } else { path.line_to(x as f32, y as f32) }
    }
    if is_closed {
        path.close();
    }
    path.finish()
}

/// A letter's outline, as a path.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
