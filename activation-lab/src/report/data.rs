//! Findings as data: JSON by serde, rows for CSV.

use crate::findings::{Conditions, Findings};
use crate::laboratory::Setup;
use serde::Serialize;

/// Findings, ready to be serialised. Values are plain, whatever the scale of their means.
#[derive(Serialize)]
pub struct Data<'f> {
    experiment: &'static str,
    title: &'static str,
    claim: &'static str,
    command: String,
    setup: Setup,
    contenders: Vec<ContenderData<'f>>,
    method: &'f [String],
    claims: Vec<ClaimData<'f>>,
    notes: &'f [String],
    measurements: Vec<MeasurementData<'f>>,
}

#[derive(Serialize)]
struct ContenderData<'f> {
    name: &'f str,
    formula: &'f str,
    parameters: &'f [f64],
}

#[derive(Serialize)]
struct ClaimData<'f> {
    text: &'f str,
    verdict: &'static str,
    measured: &'f str,
    wanted: String,
    #[serde(flatten)]
    estimate: EstimateData,
}

#[derive(Serialize)]
struct MeasurementData<'f> {
    activation: &'f str,
    what: &'f str,
    #[serde(flatten)]
    conditions: Conditions,
    #[serde(flatten)]
    estimate: EstimateData,
    values: Vec<f64>,
}

#[derive(Serialize)]
struct EstimateData {
    mean: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    runs: usize,
}

impl EstimateData {
    fn of(estimate: &crate::Estimate, quantity: crate::Quantity) -> Self {
        let plain =
            |value: f64| Some(value).filter(|value| value.is_finite()).map(|value| quantity.plain(value));
        let [mean, low, high] = [estimate.mean, estimate.low(), estimate.high()].map(plain);
        EstimateData { mean, low, high, runs: estimate.runs }
    }
}

impl<'f> Data<'f> {
    /// Of the findings of an experiment.
    pub fn of(findings: &'f Findings) -> Self {
        let experiment = findings.experiment;
        let contenders = findings.contenders.iter().map(|contender| ContenderData {
            name: contender.name(),
            formula: contender.text(),
            parameters: contender.parameters(),
        });
        let claims = findings.claims.iter().map(|claim| ClaimData {
            text: &claim.text,
            verdict: claim.verdict().words(),
            measured: &claim.measured,
            wanted: claim.bound_in_words(),
            estimate: EstimateData::of(&claim.estimate, claim.quantity),
        });
        let measurements = findings.measurements.iter().map(|one| MeasurementData {
            activation: &one.activation,
            what: &one.what,
            conditions: one.conditions,
            estimate: EstimateData::of(&one.estimate(), one.quantity),
            values: one.values.iter().map(|&value| one.quantity.plain(value)).collect(),
        });
        Data {
            experiment: experiment.name,
            title: experiment.title,
            claim: experiment.claim,
            command: super::command(findings),
            setup: findings.setup,
            contenders: contenders.collect(),
            method: &findings.method,
            claims: claims.collect(),
            notes: &findings.notes,
            measurements: measurements.collect(),
        }
    }
}

/// A header and the rows of everything that was measured; what does not apply or is not known is empty.
pub fn csv(findings: &Findings) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let header = vec![
        "activation",
        "what",
        "depth",
        "initialisation",
        "layer",
        "rate",
        "stage",
        "epoch",
        "runs",
        "mean",
        "low",
        "high",
    ];
    let row = |one: &crate::Measurement| {
        let conditions = one.conditions;
        let estimate = EstimateData::of(&one.estimate(), one.quantity);
        vec![
            one.activation.clone(),
            one.what.clone(),
            cell(conditions.depth),
            conditions.initialisation.map_or(String::new(), |one| one.name().to_owned()),
            cell(conditions.layer),
            cell(conditions.rate),
            conditions.stage.map_or(String::new(), |one| one.name().to_owned()),
            cell(conditions.epoch),
            estimate.runs.to_string(),
            cell(estimate.mean),
            cell(estimate.low),
            cell(estimate.high),
        ]
    };
    (header, findings.measurements.iter().map(row).collect())
}

fn cell(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
