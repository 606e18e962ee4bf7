//! What a function makes of normally distributed inputs: moments, probabilities, and the gains that keep signals and
//! gradients at their size.

use crate::analysis::{Analysis, Interval, KinkKind, Parity};
use crate::function::{Function, Side};
use crate::normal::Normal;
use crate::quadrature::{Integrals, MOST_PIECES, expectations};
use activation_math::{Germ, Output, Real};

/// How exact integrals are, relative to the integral of the size.
const TOLERANCE: f64 = 1e-13;

/// An integral that is further off is not given.
const TOO_ROUGH: f64 = 1e-9;

/// The expectation of something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// It is this number, to 1e-9 of the expectation of its size, and mostly to 1e-13.
    Finite(f64),
    /// The integral diverges to ∞.
    Infinite,
    /// There is none: the function has no value with a positive probability, or its integral diverges both ways, or to -∞.
    Undefined,
    /// It was not found: the integral does not settle, or is beyond the range of `f64`.
    Unknown,
}

impl Moment {
    /// The number, if it is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Moment::Finite(value) => Some(value),
            _ => None,
        }
    }
}

/// Expectations under a normal distribution of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// The distribution.
    pub normal: Normal,
    /// E f
    pub mean: Moment,
    /// E (f - E f)²
    pub variance: Moment,
    /// E f²
    pub second_moment: Moment,
    /// E f'
    pub derivative_mean: Moment,
    /// E f'²
    pub derivative_second_moment: Moment,
    /// P(f = 0); `None` where there may be more zeros than are known.
    pub sparsity: Option<f64>,
    /// P(f' = 0), likewise.
    pub dead_probability: Option<f64>,
    /// P(|f'| < threshold), likewise.
    pub saturation_probability: Option<f64>,
    /// 1 / √E f²: weights of variance gain²/inputs keep the second moment of signals at 1.
    ///
    /// PyTorch's table (`calculate_gain`) has √2 for relu and √(2 / (1 + slope²)) for leaky_relu, which is this number under
    /// N(0, 1). Its 5/3 for tanh and 3/4 for selu are rules of thumb: this is 1.5925 and 1.
    pub gain_forward: Option<f64>,
    /// 1 / √E f'²: weights of variance gain²/outputs keep gradients at their size.
    pub gain_backward: Option<f64>,
}

impl Moments {
    /// Whether the mean is 0, as far as it is known.
    pub fn is_zero_centred(&self) -> Option<bool> {
        const NOTHING: f64 = 1e-9;
        let (mean, second) = (self.mean.value()?, self.second_moment.value()?);
        Some(mean.abs() <= NOTHING * second.sqrt())
    }

    /// The expectations of a function whose analysis is given.
    pub fn of(function: Function<'_>, analysis: &Analysis, normal: Normal) -> Self {
        let expected = Expected { function, analysis, normal };
        let walls = expected.walls();
        let growths = expected.all_growths();
        let is_defined = expected.is_defined();
        let integrals = expectations(
            |z| {
                if !is_defined {
                    return [0.0; 4];
                }
                let x = normal.at(z);
                let (value, slope) =
                    (function.quick(Output::Forward, x), function.quick(Output::Derivative, x));
                let all = [value, value * value, slope, slope * slope];
                // What diverges would draw all pieces to where it does.
                let mut kept = all;
                for (index, kept) in kept.iter_mut().enumerate() {
                    if growths[index].diverges() {
                        *kept = 0.0;
                    }
                }
                kept
            },
            &walls,
            TOLERANCE,
            MOST_PIECES,
        );
        let moment = |index: usize, output| expected.moment(&integrals, index, output, &growths[index]);
        let mut mean = moment(0, Output::Forward);
        if analysis.parity == Parity::Odd && normal.mean() == 0.0 && mean.value().is_some() {
            mean = Moment::Finite(0.0);
        }
        let mut derivative_mean = moment(2, Output::Derivative);
        if analysis.parity == Parity::Even && normal.mean() == 0.0 && derivative_mean.value().is_some() {
            derivative_mean = Moment::Finite(0.0);
        }
        let second_moment = moment(1, Output::Forward);
        let variance = match (mean, second_moment) {
            (Moment::Finite(mean), Moment::Finite(_)) => {
                let centred = expectations(
                    |z| {
                        let off = function.quick(Output::Forward, normal.at(z)) - mean;
                        [off * off]
                    },
                    &walls,
                    TOLERANCE,
                    MOST_PIECES,
                );
                expected.settled(&centred, 0)
            }
            (Moment::Finite(_), other) => other,
            (Moment::Unknown, _) => Moment::Unknown,
            _ => Moment::Undefined,
        };
        let derivative_second_moment = moment(3, Output::Derivative);
        let gain =
            |moment: Moment| moment.value().filter(|&value| value > 0.0).map(|value| 1.0 / value.sqrt());
        Moments {
            normal,
            mean,
            variance,
            second_moment,
            derivative_mean,
            derivative_second_moment,
            sparsity: expected.probability(&analysis.zeros.intervals, &analysis.zeros.unknown),
            dead_probability: expected.probability(&analysis.dead, &analysis.unresolved),
            saturation_probability: expected
                .probability(&analysis.saturation.intervals, &analysis.saturation.unknown),
            gain_forward: gain(second_moment),
            gain_backward: gain(derivative_second_moment),
        }
    }
}

/// What expectations are taken of.
pub(crate) struct Expected<'a> {
    pub(crate) function: Function<'a>,
    pub(crate) analysis: &'a Analysis,
    pub(crate) normal: Normal,
}

/// How a power of the function grows wherever it may.
struct Growths {
    /// Whether it diverges to -∞ somewhere, and to ∞.
    divergent: [bool; 2],
    is_known: bool,
}

impl Growths {
    fn diverges(&self) -> bool {
        self.divergent != [false, false]
    }
}

/// What a growth says about an integral.
#[derive(Clone, Copy, PartialEq)]
enum Growth {
    Integrable,
    /// To infinity, in the direction of this sign.
    Divergent(f64),
    Unknown,
}

impl Expected<'_> {
    /// Where pieces of the integrals end, in standard deviations: wherever the function does something.
    pub(crate) fn walls(&self) -> Vec<f64> {
        const SPREAD: [f64; 6] = [1.0, 3.0, 6.0, 10.0, 20.0, Normal::REACH];
        let analysis = self.analysis;
        let features = (analysis.kinks.iter().map(|kink| kink.x))
            .chain(analysis.extrema.iter().map(|turn| turn.x))
            .chain(analysis.inflections.iter().map(|inflection| inflection.x))
            .chain(analysis.saturation.intervals.iter().flat_map(|part| [part.low, part.high]))
            .chain(analysis.domain.iter().flat_map(|part| [part.low, part.high]))
            .chain((-4..=10).step_by(2).flat_map(|power| [2.0_f64.powi(power), -(2.0_f64.powi(power))]))
            .chain([0.0]);
        let mut walls: Vec<f64> = features
            .map(|x| self.normal.standardised(x))
            .chain(SPREAD.into_iter().flat_map(|z| [z, -z]))
            .filter(|z| z.abs() <= Normal::REACH)
            .collect();
        walls.sort_by(f64::total_cmp);
        walls.dedup_by(|a, b| (*a - *b).abs() <= 1e-300 || a == b);
        walls
    }

    /// An expectation: of those found the one at `index`.
    fn moment(&self, integrals: &Integrals<4>, index: usize, output: Output, growths: &Growths) -> Moment {
        if !self.is_defined() {
            return Moment::Undefined;
        }
        match growths.divergent {
            [false, false] if growths.is_known => self.settled(integrals, index),
            [false, false] => match self.settled(integrals, index) {
                // An integral that settles where nothing is known of the growth: bounded functions.
                found if self.is_bounded(output) => found,
                _ => Moment::Unknown,
            },
            [false, true] => Moment::Infinite,
            _ => Moment::Undefined,
        }
    }

    /// Whether almost all inputs have a value.
    fn is_defined(&self) -> bool {
        self.normal.probability_of(&self.analysis.domain) > 1.0 - 1e-15
    }

    /// Of f, f², f' and f'².
    fn all_growths(&self) -> [Growths; 4] {
        let powers =
            [(Output::Forward, 1), (Output::Forward, 2), (Output::Derivative, 1), (Output::Derivative, 2)];
        powers.map(|(output, power)| {
            let mut growths = Growths { divergent: [false; 2], is_known: true };
            for growth in self.growths(output, power) {
                match growth {
                    Growth::Integrable => {}
                    Growth::Divergent(sign) => growths.divergent[usize::from(sign > 0.0)] = true,
                    Growth::Unknown => growths.is_known = false,
                }
            }
            growths
        })
    }

    /// An integral, if it is exact enough.
    pub(crate) fn settled<const N: usize>(&self, integrals: &Integrals<N>, index: usize) -> Moment {
        let (value, error) = (integrals.values[index], integrals.errors[index]);
        let scale = integrals.sizes[index];
        let is_settled = value.is_finite() && scale.is_finite() && error <= TOO_ROUGH * scale;
        if is_settled { Moment::Finite(value + 0.0) } else { Moment::Unknown }
    }

    fn is_bounded(&self, output: Output) -> bool {
        let range = if output == Output::Forward { self.analysis.range } else { self.analysis.slopes };
        range.low.value.is_finite() && range.high.value.is_finite()
    }

    /// How the integrand grows wherever it may: at both infinities, and at poles and steep edges.
    fn growths(&self, output: Output, power: i32) -> Vec<Growth> {
        let domain = &self.analysis.domain;
        let ends = [
            (f64::NEG_INFINITY, Side::Right, domain.first().map(|part| part.low)),
            (f64::INFINITY, Side::Left, domain.last().map(|part| part.high)),
        ];
        let mut growths: Vec<Growth> = ends
            .into_iter()
            // Where there is no value there is nothing to integrate.
            .filter(|&(end, _, reached)| reached == Some(end))
            .map(|(end, side, _)| self.growth_at_infinity(output, power, end, side))
            .collect();
        for kink in &self.analysis.kinks {
            let is_steep = |limit: Option<f64>| limit.is_none_or(|limit| limit.is_infinite());
            let limits = if output == Output::Forward { kink.values } else { kink.slopes };
            if kink.kind == KinkKind::Bend || kink.kind == KinkKind::Join {
                continue;
            }
            let sides = [
                (Side::Left, limits.left, kink.x.next_down()),
                (Side::Right, limits.right, kink.x.next_up()),
            ];
            for (side, limit, beside) in sides {
                if is_steep(limit) && !self.function.at(Output::Forward, beside).is_nan() {
                    growths.push(self.growth_at(output, power, kink.x, side));
                }
            }
        }
        growths
    }

    fn growth_at_infinity(&self, output: Output, power: i32, end: f64, side: Side) -> Growth {
        let x = Germ::at_infinity(end < 0.0);
        let z = (x - x.literal(self.normal.mean())) / x.literal(self.normal.std());
        let density = (-(z * z) / x.literal(2.0)).exp();
        let germ = self.function.germ(output, end, side).powi(power) * density;
        let size = x.abs();
        growth(germ, size * size.sqrt(), size)
    }

    fn growth_at(&self, output: Output, power: i32, point: f64, side: Side) -> Growth {
        let germ = self.function.germ(output, point, side).powi(power);
        let distance = Germ::at_point(0.0, side == Side::Left).abs();
        growth(germ, distance.sqrt() * distance.sqrt().sqrt(), distance)
    }
}

/// Of an integrand that vanishes even if it is multiplied by `generous` there is an integral, and there is none if it does
/// not vanish multiplied by `strict`.
fn growth(integrand: Germ, generous: Germ, strict: Germ) -> Growth {
    if (integrand * generous).limit() == Some(0.0) {
        return Growth::Integrable;
    }
    match (integrand * strict).limit() {
        Some(limit) if limit != 0.0 => Growth::Divergent(limit.signum()),
        _ => Growth::Unknown,
    }
}

impl Expected<'_> {
    /// The probability of intervals, if there cannot be more of them where inputs are.
    fn probability(&self, intervals: &[Interval], unknown: &[Interval]) -> Option<f64> {
        const NOTHING: f64 = 1e-12;
        (self.normal.probability_of(unknown) <= NOTHING).then(|| self.normal.probability_of(intervals))
    }
}
