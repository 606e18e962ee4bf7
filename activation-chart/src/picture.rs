//! A chart taken apart into shapes, in pixels from the upper left corner: what SVG is written from, and what others may paint.

use crate::palette::{Colour, Dash};

/// Shapes, the first one undermost.
#[derive(Clone, Debug)]
pub struct Picture {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// The chart's title.
    pub title: String,
    /// What can be seen, in words.
    pub description: String,
    /// What is drawn, in order.
    pub shapes: Vec<Shape>,
}

/// What a shape is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// The colour of text, with an opacity.
    Ink(f64),
    /// A colour.
    Colour(Colour),
    /// A colour with an opacity.
    Tint(Colour, f64),
    /// The colour of the paper.
    Paper,
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A shape.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A filled rectangle.
    Area {
        /// Left edge.
        x: f64,
        /// Upper edge.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// What fills it.
        paint: Paint,
    },
    /// A filled polygon.
    Polygon {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// What fills it.
        paint: Paint,
    },
    /// A line through points.
    Line {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// Its colour.
        paint: Paint,
        /// Its width.
        width: f64,
        /// Its dashes.
        dash: Dash,
    },
    /// A disc with a rim of width 1.5.
    Dot {
        /// The centre.
        x: f64,
        /// The centre.
        y: f64,
        /// Radius of the middle of the rim.
        radius: f64,
        /// The rim.
        rim: Paint,
        /// The inside.
        fill: Paint,
    },
    /// A filled square that stands on a corner.
    Diamond {
        /// The centre.
        x: f64,
        /// The centre.
        y: f64,
        /// Half its diagonal.
        radius: f64,
        /// What fills it.
        paint: Paint,
    },
    /// A line of text.
    Text {
        /// Where its anchor is.
        x: f64,
        /// Its base line.
        y: f64,
        /// The text.
        text: String,
        /// Height of the font.
        size: f64,
        /// Which point of it is at `x`.
        anchor: Anchor,
        /// Whether it runs upwards.
        upwards: bool,
    },
}
