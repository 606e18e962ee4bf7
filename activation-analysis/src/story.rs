//! An analysis in words: what the function does, and what that means for training. Every sentence is made from figures of
//! that very function, and is left out where they do not say it.

mod shape;
mod signals;

use crate::analysis::Analysis;
use crate::maps::Maps;
use crate::moments::Moments;
use crate::number::short;

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
}
