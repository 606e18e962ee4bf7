//! What is drawn: curves over a range, and what is marked beside them.

use crate::axis::Scale;
use crate::curve::Curve;
use crate::palette::{Colour, DASHES, PALETTE};
use crate::picture::Picture;
use crate::svg::{self, Theme};
use crate::text::{self, TextStyle};
use crate::{extent, layout};

/// A chart. All fields may be set; [`Chart::new`] chooses the rest.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Above everything; may be empty.
    pub title: String,
    /// What can be seen, in words, for those who cannot see it; part of the SVG only.
    pub description: String,
    /// Below the axis of x.
    pub x_label: String,
    /// Beside the axis of y; may be empty.
    pub y_label: String,
    /// From where to where, both finite and ascending.
    pub x: (f64, f64),
    /// As `x`; [`y_range`](crate::y_range) chooses one.
    pub y: (f64, f64),
    /// How `x` is labelled.
    pub x_scale: Scale,
    /// How `y` is labelled.
    pub y_scale: Scale,
    /// Width and height of a picture in pixels (of text see [`TextStyle`]).
    pub size: (u32, u32),
    /// The curves; later ones lie above.
    pub series: Vec<Series>,
    /// What lies under the curves, in a light tint: how far measured values may be off. Text has none.
    pub ribbons: Vec<Ribbon>,
    /// Asymptotes; those at poles of the curves come by themselves.
    pub guides: Vec<Guide>,
    /// Kinks; jumps come by themselves.
    pub kinks: Vec<Kink>,
    /// Parts of the range of x that are shaded, if they are wider than a hundredth of it.
    pub bands: Vec<Band>,
    /// What a shaded part means.
    pub band_label: String,
}

/// A curve with its name and its style.
#[derive(Clone, Debug)]
pub struct Series {
    /// For the legend.
    pub label: String,
    /// The line.
    pub curve: Curve,
    /// Its colour.
    pub colour: Colour,
    /// An index into [`DASHES`], taken round and round.
    pub dash: usize,
    /// Its width in pixels.
    pub width: f64,
}

/// A strip around a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Ribbon {
    /// x, the lower edge and the upper edge; all finite, x ascending.
    pub points: Vec<(f64, f64, f64)>,
    /// The curve's colour.
    pub colour: Colour,
}

/// A straight line that curves come close to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guide {
    /// y = slope * x + intercept.
    Line {
        /// Rise per unit of x.
        slope: f64,
        /// y at 0.
        intercept: f64,
    },
    /// At that x.
    Vertical(f64),
}

/// A place where a curve has a kink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink {
    /// Where.
    pub x: f64,
    /// The value there.
    pub y: f64,
    /// The curve's colour.
    pub colour: Colour,
}

/// A part of the range of x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Where it begins; -infinity for the edge of the chart.
    pub from: f64,
    /// Where it ends; infinity for the edge of the chart.
    pub to: f64,
    /// None shades the whole height. Several functions have a strip of their colour each, at the bottom.
    pub strip: Option<(usize, Colour)>,
}

impl Chart {
    /// An empty chart, 640 by 400 pixels.
    pub fn new(title: impl Into<String>, x: (f64, f64), y: (f64, f64)) -> Chart {
        Chart {
            title: title.into(),
            description: String::new(),
            x_label: "x".to_owned(),
            y_label: String::new(),
            x,
            y,
            x_scale: Scale::Linear,
            y_scale: Scale::Linear,
            size: (640, 400),
            series: Vec::new(),
            ribbons: Vec::new(),
            guides: Vec::new(),
            kinks: Vec::new(),
            bands: Vec::new(),
            band_label: String::new(),
        }
    }

    /// Adds a curve in the next colour with the next dashes: no two of the first 64 look alike.
    pub fn add(&mut self, label: impl Into<String>, curve: Curve) {
        let index = self.series.len();
        let colour = PALETTE[index % PALETTE.len()];
        let dash = (index + index / PALETTE.len()) % DASHES.len();
        self.series.push(Series { label: label.into(), curve, colour, dash, width: 2.0 });
    }

    /// Chooses the range of y anew for the curves that are there.
    pub fn fit(&mut self) {
        let curves: Vec<&Curve> = self.series.iter().map(|series| &series.curve).collect();
        self.y = extent::y_range(&curves, self.x);
    }

    /// The chart as shapes.
    pub fn picture(&self) -> Picture {
        layout::picture(self)
    }

    /// The chart as an SVG element, ready for a file or for a page.
    pub fn svg(&self, theme: Theme) -> String {
        svg::write(&self.picture(), theme)
    }

    /// The chart as lines of text.
    pub fn text(&self, style: &TextStyle) -> String {
        text::draw(self, style)
    }

    /// Asymptotes, those at poles included, each once.
    pub(crate) fn all_guides(&self) -> Vec<Guide> {
        let poles = self.series.iter().flat_map(|series| &series.curve.poles).map(|&x| Guide::Vertical(x));
        let near = (self.x.1 - self.x.0) * 1e-6;
        let mut guides: Vec<Guide> = Vec::new();
        for guide in self.guides.iter().copied().chain(poles) {
            let is_known = guides.iter().any(|known| match (known, guide) {
                (Guide::Vertical(known), Guide::Vertical(x)) => (known - x).abs() <= near,
                (known, guide) => *known == guide,
            });
            if !is_known {
                guides.push(guide);
            }
        }
        guides
    }

    /// Bands that are wide enough to be seen as such: beside every turning point a slope is small for a moment.
    pub(crate) fn visible_bands(&self) -> impl Iterator<Item = &Band> {
        let (low, high) = self.x;
        self.bands.iter().filter(move |band| band.to.min(high) - band.from.max(low) >= 0.01 * (high - low))
    }

    /// Whether a point is in the ranges of the axes.
    pub(crate) fn shows(&self, x: f64, y: f64) -> bool {
        self.x.0 <= x && x <= self.x.1 && self.y.0 <= y && y <= self.y.1
    }
}
