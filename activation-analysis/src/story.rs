//! An analysis in words: what the function does, and what that means for training. Every sentence is made from figures of
//! that very function, and is left out where they do not say it.

use crate::analysis::{Analysis, Interval, KinkKind, Monotone, Parity, Smoothness};
use crate::maps::Maps;
use crate::moments::{Moment, Moments};
use crate::number::{interval, percent, short};

/// A sentence or two on one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// What it is about.
    pub topic: Topic,
    /// In English, without markup; the function is called f.
    pub text: String,
    /// The figures that it rests on, by the names that they have in the analysis.
    pub figures: Vec<(&'static str, f64)>,
}

/// What a sentence is about, in the order of the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Its values, and what becomes of large inputs.
    Shape,
    /// Kinks and jumps.
    Smoothness,
    /// Where slopes are small, and how large they are at most.
    Saturation,
    /// Where units get no gradient at all.
    Dying,
    /// The mean of what comes out.
    Centring,
    /// How many values are exactly 0.
    Sparsity,
    /// What becomes of variances, and the weights to begin with.
    Initialisation,
}

impl Topic {
    /// A heading.
    pub fn title(self) -> &'static str {
        match self {
            Topic::Shape => "What it does",
            Topic::Smoothness => "Smoothness",
            Topic::Saturation => "Saturation",
            Topic::Dying => "Dying units",
            Topic::Centring => "Centring",
            Topic::Sparsity => "Sparsity",
            Topic::Initialisation => "Initialisation",
        }
    }
}

/// A slope or a probability that matters.
const NOTABLE: f64 = 1e-4;

/// How many layers a chain of slopes is told for.
const LAYERS: i32 = 10;

/// Everything that can be told of a function.
pub fn story(analysis: &Analysis, moments: &Moments, maps: Option<&Maps>) -> Vec<Sentence> {
    let teller = Teller { analysis, moments, maps, told: Vec::new() };
    teller.tell()
}

struct Teller<'a> {
    analysis: &'a Analysis,
    moments: &'a Moments,
    maps: Option<&'a Maps>,
    told: Vec<Sentence>,
}

impl Teller<'_> {
    fn say(&mut self, topic: Topic, text: String, figures: &[(&'static str, f64)]) {
        self.told.push(Sentence { topic, text, figures: figures.to_vec() });
    }

    fn tell(mut self) -> Vec<Sentence> {
        self.shape();
        self.ends();
        self.direction();
        self.smoothness();
        self.saturation();
        self.steepness();
        self.dying();
        self.centring();
        self.sparsity();
        self.gains();
        self.variances();
        self.told
    }

    /// The distribution, as in "under N(0, 1)".
    fn inputs(&self) -> String {
        let normal = self.moments.normal;
        let variance =
            if normal.std() == 1.0 { "1".to_owned() } else { format!("{}^2", short(normal.std())) };
        format!("N({}, {variance})", short(normal.mean()))
    }

    fn shape(&mut self) {
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
            let parts: Vec<String> = self.analysis.domain.iter().map(|&part| interval(part)).collect();
            let (low, high) = (part.low, rest.last().unwrap_or(part).high);
            self.say(
                Topic::Shape,
                format!("It has no value outside {}: inputs there become NaN.", parts.join(" and ")),
                &[("domain[0]", low), ("domain[1]", high)],
            );
        }
    }

    fn ends(&mut self) {
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

    fn direction(&mut self) {
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

    fn smoothness(&mut self) {
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

    fn saturation(&mut self) {
        let saturation = &self.analysis.saturation;
        let threshold = saturation.threshold;
        let tails: Vec<&Interval> = saturation
            .intervals
            .iter()
            .filter(|part| part.low.is_infinite() || part.high.is_infinite())
            .collect();
        let probability = self.moments.saturation_probability;
        let often = |probability: f64| format!("{} of inputs under {}", percent(probability), self.inputs());
        if saturation.within.is_some() && tails.is_empty() {
            return;
        }
        if tails.is_empty() {
            let text = match probability {
                Some(probability) if probability > 0.0 => format!(
                    "It does not saturate: |f'| is below {} only around points where it turns or is flat, for {}.",
                    short(threshold),
                    often(probability)
                ),
                _ => format!("It does not saturate: |f'| is nowhere below {}.", short(threshold)),
            };
            self.say(Topic::Saturation, text, &[("saturation_probability", probability.unwrap_or(f64::NAN))]);
            return;
        }
        let parts: Vec<String> = tails.iter().map(|&&part| interval(part)).collect();
        let mut figures: Vec<(&'static str, f64)> = tails
            .iter()
            .flat_map(|part| [part.low, part.high])
            .filter(|end| end.is_finite())
            .map(|end| ("saturation.intervals[]", end))
            .collect();
        let chance = match probability {
            Some(probability) => {
                figures.push(("saturation_probability", probability));
                format!(", {}", often(probability))
            }
            None => String::new(),
        };
        let both = if tails.len() > 1 {
            "on both sides"
        } else if tails[0].low.is_infinite() {
            "on the left"
        } else {
            "on the right"
        };
        let both = if tails.len() == 1 && tails[0].low.is_infinite() && tails[0].high.is_infinite() {
            "everywhere"
        } else {
            both
        };
        let text = format!(
            "It saturates {both}: |f'| is below {} in {}{chance}. What is there learns slowly or not at all, because gradients are multiplied by f'.",
            short(threshold),
            parts.join(" and ")
        );
        self.say(Topic::Saturation, text, &figures);
    }

    fn steepness(&mut self) {
        let lipschitz = self.analysis.lipschitz;
        let value = lipschitz.value;
        if value.is_nan() {
            return;
        }
        let figures = [("lipschitz", value)];
        let text = if value.is_infinite() {
            if self.analysis.smoothness == Smoothness::Discontinuous {
                return;
            }
            "Its slope has no bound: gradients can grow through it by any factor.".to_owned()
        } else if value == 0.0 {
            "Its slope is 0 wherever it has one: no gradient passes.".to_owned()
        } else if value < 1.0 {
            format!(
                "Its steepest slope is {}, at x = {}: through {LAYERS} layers, f' alone shrinks a gradient to {} of its size at best. That is how gradients vanish.",
                short(value),
                short(lipschitz.at),
                short(value.powi(LAYERS))
            )
        } else if value == 1.0 {
            "Its slope is nowhere steeper than 1: f' alone never makes a gradient grow.".to_owned()
        } else {
            format!(
                "Its steepest slope is {}, at x = {}: f' can make a gradient grow, by up to {} through {LAYERS} layers.",
                short(value),
                short(lipschitz.at),
                short(value.powi(LAYERS))
            )
        };
        self.say(Topic::Saturation, text, &figures);
    }

    fn dying(&mut self) {
        let dead = &self.analysis.dead;
        let Some(probability) = self.moments.dead_probability else { return };
        let figures = [("dead_probability", probability)];
        if dead.is_empty() {
            if self.analysis.unresolved.is_empty() {
                let text = "f' is 0 on no interval: every unit keeps getting a gradient, however small, and none can die for good.";
                self.say(Topic::Dying, text.to_owned(), &figures);
            }
            return;
        }
        let parts: Vec<String> = dead.iter().map(|&part| interval(part)).collect();
        let whole = dead.iter().any(|part| part.low.is_infinite() && part.high.is_infinite());
        let text = if whole {
            "f' is 0 everywhere: nothing before it learns by gradients at all.".to_owned()
        } else {
            format!(
                "f' is exactly 0 in {}, {} of inputs under {}. A unit whose inputs all fall there gets no gradient and stays as it is: it has died.",
                parts.join(" and "),
                percent(probability),
                self.inputs()
            )
        };
        self.say(Topic::Dying, text, &figures);
    }

    fn centring(&mut self) {
        let (Some(mean), Some(second)) = (self.moments.mean.value(), self.moments.second_moment.value())
        else {
            return;
        };
        let figures = [("mean", mean), ("second_moment", second)];
        let inputs = self.inputs();
        let text = if self.moments.is_zero_centred() == Some(true) {
            format!("Outputs are centred: their mean under {inputs} is 0.")
        } else {
            let share = if second > 0.0 { mean * mean / second } else { 0.0 };
            format!(
                "Outputs are not centred: their mean under {inputs} is {}, which makes up {} of their mean square. The next layer sees a common offset of that size.",
                short(mean),
                percent(share)
            )
        };
        self.say(Topic::Centring, text, &figures);
    }

    fn sparsity(&mut self) {
        let Some(sparsity) = self.moments.sparsity else { return };
        let figures = [("sparsity", sparsity)];
        let text = if sparsity >= NOTABLE {
            format!(
                "Outputs are sparse: {} of them are exactly 0 under {}.",
                percent(sparsity),
                self.inputs()
            )
        } else if sparsity > 0.0 {
            format!("Hardly any output is exactly 0: {} under {}.", percent(sparsity), self.inputs())
        } else {
            "Outputs are not sparse: f is exactly 0 on no interval.".to_owned()
        };
        self.say(Topic::Sparsity, text, &figures);
    }

    fn gains(&mut self) {
        let inputs = self.inputs();
        let moments = self.moments;
        match (moments.gain_forward, moments.gain_backward) {
            (Some(forward), Some(backward)) => {
                let text = format!(
                    "Under {inputs}, E f^2 = {} and E f'^2 = {}. Begin with weights of standard deviation {} / sqrt(inputs) to keep signals at their size, or {} / sqrt(outputs) to keep gradients at theirs.",
                    short(1.0 / (forward * forward)),
                    short(1.0 / (backward * backward)),
                    short(forward),
                    short(backward)
                );
                self.say(
                    Topic::Initialisation,
                    text,
                    &[("gain_forward", forward), ("gain_backward", backward)],
                );
            }
            (Some(forward), None) => {
                let why = match moments.derivative_second_moment {
                    Moment::Infinite => "E f'^2 is infinite",
                    Moment::Finite(_) => "f' is 0 for almost all inputs",
                    _ => "E f'^2 is not known",
                };
                let text = format!(
                    "Under {inputs}, weights of standard deviation {} / sqrt(inputs) keep signals at their size; no weights do that for gradients, because {why}.",
                    short(forward)
                );
                self.say(Topic::Initialisation, text, &[("gain_forward", forward)]);
            }
            (None, _) if moments.second_moment == Moment::Infinite => {
                let text =
                    format!("E f^2 is infinite under {inputs}: no weights keep signals at their size.");
                self.say(Topic::Initialisation, text, &[("second_moment", f64::INFINITY)]);
            }
            (None, _) => {}
        }
    }

    fn variances(&mut self) {
        let Some(maps) = self.maps else { return };
        if let [fixed] = maps.variance.points.as_slice()
            && fixed.mean.abs() < 1e-9
            && fixed.slope.abs() < 1.0
        {
            let text = format!(
                "With weights of variance 1/inputs whose sum is 0 it normalises itself: activations are drawn to mean 0 and variance {}.",
                short(fixed.variance)
            );
            let figures = [("variance_map.variance", fixed.variance), ("variance_map.slope", fixed.slope)];
            return self.say(Topic::Initialisation, text, &figures);
        }
        if maps.second_moment.all {
            let text = "Weights of variance 1/inputs keep every variance as it is.".to_owned();
            return self.say(Topic::Initialisation, text, &[("second_moment", 1.0)]);
        }
        if let [fixed] = maps.second_moment.points.as_slice() {
            let text = if fixed.slope.abs() < 1.0 {
                format!(
                    "With weights of variance 1/inputs, the variance of pre-activations settles at {} from layer to layer.",
                    short(fixed.variance)
                )
            } else {
                format!(
                    "With weights of variance 1/inputs, a variance of pre-activations below {} dies out from layer to layer and one above it explodes.",
                    short(fixed.variance)
                )
            };
            self.say(
                Topic::Initialisation,
                text,
                &[("variance_map.variance", fixed.variance), ("variance_map.slope", fixed.slope)],
            );
        } else if maps.second_moment.points.is_empty()
            && let Some(second) = self.moments.second_moment.value()
            && self.moments.normal == crate::Normal::STANDARD
        {
            let what = if second < 1.0 { "dies out" } else { "grows without end" };
            let text = format!(
                "With weights of variance 1/inputs, a variance of 1 becomes {} after a layer and {what}: there is none above 0 that it would settle at.",
                short(second)
            );
            self.say(Topic::Initialisation, text, &[("second_moment", second)]);
        }
    }
}
