//! Charts of functions of one number, as SVG and as text for terminals, without dependencies.
//!
//! A function is traced into a [`Curve`]: no line crosses a pole or a jump, and steep places have more points. Curves and
//! what is known of them go into a [`Chart`], which is drawn by [`Chart::svg`], [`Chart::text`], or by whoever
//! walks through the shapes of [`Chart::picture`].
//!
//! ```
//! use activation_chart::{Chart, Curve, Theme, y_range};
//!
//! let f = |x: f64| x / (1.0 + (-x).exp());
//! let curve = Curve::trace(f, (-5.0, 5.0), &[]);
//! let mut chart = Chart::new("silu", (-5.0, 5.0), y_range(&[&curve], (-5.0, 5.0)));
//! chart.add("f", curve);
//! let svg = chart.svg(Theme::Paper);
//! assert!(svg.starts_with("<svg ") && svg.contains("<title>silu</title>"));
//! ```

mod axis;
mod chart;
mod curve;
mod extent;
mod layout;
mod metrics;
mod palette;
mod picture;
mod svg;
mod text;

pub use axis::{Scale, number, ticks};
pub use chart::{Band, Chart, Guide, Kink, Ribbon, Series};
pub use curve::{Curve, Jump, Point};
pub use extent::{y_range, y_range_beside};
pub use palette::{Colour, DASHES, Dash, PALETTE, ramp};
pub use picture::{Anchor, Paint, Picture, Shape};
pub use svg::Theme;
pub use text::{Glyphs, SMALLEST_TEXT, TextStyle};
