//! What a function does to signals and gradients: saturation, dying units, means, variances, the weights to begin with.

use super::{LAYERS, NOTABLE, Teller, Topic};
use crate::analysis::{Interval, Smoothness};
use crate::moments::Moment;
use crate::number::{interval, percent, short};

impl Teller<'_> {
    pub(super) fn saturation(&mut self) {
        let saturation = &self.analysis.saturation;
        let threshold = saturation.threshold;
        let tails: Vec<&Interval> = saturation
            .intervals
            .iter()
            .filter(|part| part.low.is_infinite() || part.high.is_infinite())
            .collect();
        let probability = self.moments.saturation_probability;
        let often = |probability: f64| format!("{} of inputs under {}", percent(probability), self.inputs());
        if !saturation.unknown.is_empty() && tails.is_empty() {
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

    pub(super) fn steepness(&mut self) {
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

    pub(super) fn dying(&mut self) {
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

    pub(super) fn centring(&mut self) {
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

    pub(super) fn sparsity(&mut self) {
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

    pub(super) fn gains(&mut self) {
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

    pub(super) fn variances(&mut self) {
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
