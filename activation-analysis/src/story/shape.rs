//! What a function is like: its values, its ends, where it rises, how smooth it is.

use super::{Teller, Topic};
use crate::analysis::{KinkKind, Monotone, Parity, Smoothness};
use crate::number::{domain, short};

impl Teller<'_> {
    pub(super) fn shape(&mut self) {
        let range = self.analysis.range;
        let (low, high) = (range.low, range.high);
        let figures = [("range[0]", low.value), ("range[1]", high.value)];
        let reached = |bound: crate::Bound, name: &str| {
            if bound.attained {
                format!("{name} {} at x = {}", short(bound.value), short(bound.at))
            } else {
                format!("{name} {}, which is approached and never reached", short(bound.value))
            }
        };
        let text = match (low.value.is_finite(), high.value.is_finite()) {
            (true, true) if low.value == high.value => {
                format!(
                    "f is {} wherever it has a value: it is constant, and passes nothing on.",
                    short(low.value)
                )
            }
            (true, true) => format!(
                "f is bounded: {}, {}.",
                reached(low, "its smallest value is"),
                reached(high, "its largest is")
            ),
            (true, false) => {
                format!("f is bounded below, and unbounded above: {}.", reached(low, "its smallest value is"))
            }
            (false, true) => {
                format!("f is bounded above, and unbounded below: {}.", reached(high, "its largest value is"))
            }
            (false, false) => "f takes values without bound in both directions.".to_owned(),
        };
        self.say(Topic::Shape, text, &figures);
        if let [part, rest @ ..] = self.analysis.domain.as_slice()
            && (!rest.is_empty() || part.low.is_finite() || part.high.is_finite())
        {
            let parts = &self.analysis.domain;
            let (low, high) = (part.low, rest.last().unwrap_or(part).high);
            let holes = parts.windows(2).filter(|pair| pair[0].high == pair[1].low);
            let holes: Vec<String> = holes.map(|pair| short(pair[0].high)).collect();
            let text = if low.is_infinite() && high.is_infinite() && holes.len() + 1 == parts.len() {
                format!("It has no finite value at x = {}.", holes.join(", "))
            } else {
                let parts = domain(self.analysis).join(" and ");
                format!("It has no value outside {parts}: inputs there become NaN.")
            };
            self.say(Topic::Shape, text, &[("domain[0]", low), ("domain[1]", high)]);
        }
    }

    pub(super) fn ends(&mut self) {
        let analysis = self.analysis;
        let lines = [
            ("negative", analysis.asymptotes.left, analysis.limits.left, "limits[0]"),
            ("positive", analysis.asymptotes.right, analysis.limits.right, "limits[1]"),
        ];
        for (side, line, limit, name) in lines {
            let text = match (line, limit) {
                (Some(line), _) if line.slope == 0.0 => {
                    format!("Large {side} inputs all become {}", short(line.offset))
                }
                (Some(line), _) if line.slope == 1.0 && line.offset == 0.0 => {
                    format!("Large {side} inputs pass nearly unchanged")
                }
                (Some(line), _) => {
                    let offset = match line.offset {
                        0.0 => String::new(),
                        offset if offset < 0.0 => format!(" - {}", short(-offset)),
                        offset => format!(" + {}", short(offset)),
                    };
                    let slope = match line.slope {
                        1.0 => "x".to_owned(),
                        -1.0 => "-x".to_owned(),
                        slope => format!("{} x", short(slope)),
                    };
                    format!("Large {side} inputs x become {slope}{offset}")
                }
                (None, Some(limit)) if limit.is_infinite() => {
                    format!("For large {side} inputs f goes to {}, along no straight line", short(limit))
                }
                (None, Some(limit)) => format!("Large {side} inputs become {}", short(limit)),
                (None, None) => continue,
            };
            self.say(Topic::Shape, format!("{text}."), &[(name, limit.unwrap_or(f64::NAN))]);
        }
    }

    pub(super) fn direction(&mut self) {
        let analysis = self.analysis;
        let (mut text, mut figures) = match (analysis.monotone, analysis.strict) {
            (Monotone::Increasing, true) => (
                "It rises everywhere: a larger input gives a larger output, and none is lost".to_owned(),
                vec![],
            ),
            (Monotone::Increasing, false) => ("It never falls".to_owned(), vec![]),
            (Monotone::Decreasing, true) => ("It falls everywhere".to_owned(), vec![]),
            (Monotone::Decreasing, false) => ("It never rises".to_owned(), vec![]),
            (Monotone::Constant, _) => return,
            (Monotone::None, _) => match analysis.extrema.as_slice() {
                [] => return,
                [turn] => (
                    format!(
                        "It is not monotone: it turns at x = {}, where it is {}",
                        short(turn.x),
                        short(turn.value)
                    ),
                    vec![("extrema[0].x", turn.x), ("extrema[0].value", turn.value)],
                ),
                turns if analysis.unresolved.is_empty() => (
                    format!("It is not monotone: it turns {} times", turns.len()),
                    vec![("extrema", turns.len() as f64)],
                ),
                turns => {
                    let nearest = turns
                        .iter()
                        .map(|turn| turn.x)
                        .fold(f64::INFINITY, |a, x| if x.abs() < a.abs() { x } else { a });
                    (
                        format!(
                            "It rises and falls again and again, as far as it was followed; its turn nearest to 0 is at x = {}",
                            short(nearest)
                        ),
                        vec![("extrema[].x", nearest)],
                    )
                }
            },
        };
        let parity = match analysis.parity {
            Parity::Odd => "; f(-x) = -f(x)",
            Parity::Even => "; f(-x) = f(x), so that the sign of an input is lost",
            Parity::None => "",
        };
        text += parity;
        if figures.is_empty() {
            figures.push(("slope_range[0]", analysis.slopes.low.value));
        }
        self.say(Topic::Shape, text + ".", &figures);
    }

    pub(super) fn smoothness(&mut self) {
        let analysis = self.analysis;
        let of_kind = |wanted: &[KinkKind]| -> Vec<f64> {
            analysis.kinks.iter().filter(|kink| wanted.contains(&kink.kind)).map(|kink| kink.x).collect()
        };
        let places = |points: &[f64]| -> String {
            let shown: Vec<String> = points.iter().take(4).map(|&x| short(x)).collect();
            let more =
                if points.len() > 4 { format!(" and {} more", points.len() - 4) } else { String::new() };
            shown.join(", ") + &more
        };
        let (jumps, kinks, bends) = (
            of_kind(&[KinkKind::Jump, KinkKind::Pole]),
            of_kind(&[KinkKind::Kink]),
            of_kind(&[KinkKind::Bend]),
        );
        let figures = |points: &[f64]| -> Vec<(&'static str, f64)> {
            points.iter().take(4).map(|&x| ("kinks[].x", x)).collect()
        };
        if !jumps.is_empty() {
            let text = format!(
                "It jumps or goes to infinity at x = {}: a small change of the input may change the output by much, and f' does not see it.",
                places(&jumps)
            );
            self.say(Topic::Smoothness, text, &figures(&jumps));
        }
        if !kinks.is_empty() {
            let kink = analysis.kinks.iter().find(|kink| kink.kind == KinkKind::Kink);
            let slopes = kink.and_then(|kink| Some((kink.slopes.left?, kink.slopes.right?)));
            let slopes = slopes
                .map(|(left, right)| {
                    format!(", where its slope changes from {} to {}", short(left), short(right))
                })
                .unwrap_or_default();
            let text = match kinks.as_slice() {
                [x] => format!("It has a kink at x = {}{slopes}.", short(*x)),
                kinks => format!("It has kinks at x = {}.", places(kinks)),
            };
            self.say(Topic::Smoothness, text, &figures(&kinks));
        }
        if !bends.is_empty() && kinks.is_empty() && jumps.is_empty() {
            let text =
                format!("Its slope is continuous; its second derivative jumps at x = {}.", places(&bends));
            self.say(Topic::Smoothness, text, &figures(&bends));
        }
        if analysis.smoothness == Smoothness::Smooth
            && analysis.kinks.is_empty()
            && analysis.unresolved.is_empty()
        {
            self.say(Topic::Smoothness, "It has all derivatives, everywhere.".to_owned(), &[("kinks", 0.0)]);
        }
    }
}
