//! Experiments in small: they are complete, they repeat themselves, and what they measure is what theory says.

use activation_formula::compile;
use activation_lab::report::{Data, csv, markdown, page};
use activation_lab::{
    Contender, EXPERIMENTS, Error, Experiment, Findings, Laboratory, Setup, Stage, Unwatched, Verdict,
    Watcher,
};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn experiment(name: &str) -> &'static Experiment {
    EXPERIMENTS.iter().find(|experiment| experiment.name == name).expect("it exists")
}

fn named(names: &[&str]) -> Vec<Contender> {
    names.iter().map(|name| Contender::named(name).expect("it exists")).collect()
}

fn formula(text: &str) -> Contender {
    Contender::formula(text, text, compile(text).expect("a formula")).expect("it can be trained")
}

fn small(runs: usize, epochs: usize) -> Setup {
    Setup { runs, epochs: Some(epochs), ..Setup::quick() }
}

fn made(name: &str, setup: Setup, contenders: &[Contender]) -> Findings {
    experiment(name).run(&Laboratory::new(setup, &Unwatched), contenders).expect("it comes to its end")
}

/// Every experiment, with a formula beside those that it has by itself.
fn everything() -> Vec<Findings> {
    let of = |experiment: &Experiment| {
        let mut contenders = named(experiment.usual);
        contenders.push(formula("Mine(x; learn k = 2) = x * sigmoid(k * x)"));
        made(experiment.name, small(2, 1), &contenders)
    };
    EXPERIMENTS.iter().map(of).collect()
}

#[test]
fn findings_are_complete_and_so_is_their_page() {
    let all = everything();
    for findings in &all {
        let name = findings.experiment.name;
        assert!(!findings.method.is_empty() && !findings.tables.is_empty(), "{name}");
        for contender in &findings.contenders {
            let is_its = |one: &&activation_lab::Measurement| one.activation == contender.name();
            assert!(findings.measurements.iter().any(|one| is_its(&one)), "{name}: {contender:?}");
        }
        for one in &findings.measurements {
            assert!(
                one.values.len() <= 2 && one.values.iter().all(|value| value.is_finite()),
                "{name}: {one:?}"
            );
        }
        for claim in &findings.claims {
            assert!(claim.text.ends_with('.') && !claim.measured.is_empty(), "{name}: {claim:?}");
        }
        for table in &findings.tables {
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{name}: {table:?}");
        }
        for figure in &findings.figures {
            assert!(
                figure.name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')),
                "{figure:?}"
            );
            assert_eq!(figure.chart.series.len(), figure.chart.ribbons.len(), "{name}");
            assert!(
                figure.chart.series.iter().any(|series| series.curve.points().count() > 1),
                "{name}: {figure:?}"
            );
        }
        let (header, rows) = csv(findings);
        assert_eq!(rows.len(), findings.measurements.len(), "{name}");
        assert!(rows.iter().all(|row| row.len() == header.len()), "{name}");
    }
    let html = page(&all);
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(&html, options).expect("well-formed");
    let text: String =
        document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    for findings in &all {
        assert!(document.descendants().any(|node| node.attribute("id") == Some(findings.experiment.name)));
        for claim in &findings.claims {
            assert!(text.contains(&claim.text), "{}", claim.text);
        }
        for contender in &findings.contenders {
            assert!(text.contains(contender.text()), "{contender:?}");
        }
    }
    let pictures =
        document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
    assert_eq!(pictures.count(), all.iter().map(|findings| findings.figures.len()).sum::<usize>());
    // Nothing comes from elsewhere.
    for node in document.descendants().filter(|node| node.is_element()) {
        assert!(!["script", "link", "img", "iframe"].contains(&node.tag_name().name()));
        for attribute in node.attributes().filter(|attribute| ["src", "href"].contains(&attribute.name())) {
            assert!(attribute.value().starts_with('#'), "{attribute:?}");
        }
    }
    assert!(!html.contains("NaN") && !html.contains("inf ") && !html.contains("url("), "a number is missing");
    let text = markdown(&all);
    assert!(all.iter().all(|findings| text.contains(&format!("## {}\n", findings.experiment.title))));
}

/// All of the data, as text.
fn data(findings: &Findings) -> String {
    serde_json::to_string(&Data::of(findings)).expect("JSON")
}

#[test]
fn a_seed_gives_the_same_results_on_any_number_of_threads() {
    let contenders = [named(&["tanh", "prelu"]), vec![formula("x * sigmoid(2 * x)")]].concat();
    let on_threads = |name: &str, threads: usize, seed: u64| {
        let setup = Setup { seed, ..small(3, 1) };
        let laboratory = Laboratory::new(setup, &Unwatched).on_threads(threads).expect("threads");
        data(&experiment(name).run(&laboratory, &contenders).expect("it comes to its end"))
    };
    for name in ["zero-centred", "dead-neurons"] {
        let once = on_threads(name, 1, 1);
        assert_eq!(once, on_threads(name, 3, 1), "{name}");
        assert_ne!(once, on_threads(name, 3, 2), "{name}");
    }
}

/// The means over runs of what was measured in every layer of the deepest networks, before training.
fn by_layer(findings: &Findings, activation: &str, what: &str, initialisation: &str) -> Vec<f64> {
    let is_it = |one: &&activation_lab::Measurement| {
        let conditions = one.conditions;
        one.activation == activation
            && one.what == what
            && conditions.depth == Some(12)
            && conditions.stage == Some(Stage::Before)
            && conditions.initialisation.is_some_and(|own| own.name() == initialisation)
    };
    findings.measurements.iter().filter(is_it).map(|one| one.estimate().mean).collect()
}

#[test]
fn gradients_shrink_by_what_the_analysis_expects() {
    let contenders = named(&["sigmoid", "tanh", "relu"]);
    let findings = made("killing-gradients", small(4, 1), &contenders);
    for contender in &contenders {
        let norms = by_layer(&findings, contender.name(), "gradient norm", "matched");
        assert_eq!(norms.len(), 12);
        // Over ten layers, per layer.
        let measured = (norms[1] - norms[11]) / 10.0;
        let expected = contender.expected().gradient_factor.log10();
        assert!((measured - expected).abs() < 0.1, "{contender:?}: {measured} {expected}");
    }
    // Without the gain, by √(E f'² / 3): weights have a third of the variance 1/inputs.
    let norms = by_layer(&findings, "relu", "gradient norm", "naive");
    let measured = (norms[1] - norms[11]) / 10.0;
    assert!((measured - (1.0_f64 / 6.0).sqrt().log10()).abs() < 0.05, "{measured}");
}

#[test]
fn verdicts_follow_from_what_is_certain() {
    let verdict = |findings: &Findings, part: &str| {
        let claim = findings.claims.iter().find(|claim| claim.text.contains(part));
        claim.unwrap_or_else(|| panic!("no claim has {part}")).verdict()
    };
    let sparsity = made("sparsity", small(5, 1), &named(&["relu", "leaky_relu"]));
    assert_eq!(verdict(&sparsity, "half of its outputs 0 (before"), Verdict::Holds);
    assert_eq!(verdict(&sparsity, "Of leaky_relu next to no output is 0 (after"), Verdict::Holds);
    let centred = made("zero-centred", small(4, 1), &named(&["sigmoid", "tanh", "relu"]));
    assert_eq!(verdict(&centred, "sigmoid lies around 1/2 (before"), Verdict::Holds);
    assert_eq!(verdict(&centred, "relu is zero-centred (before"), Verdict::DoesNotHold);
    let dead = made("dead-neurons", small(5, 3), &named(&["relu", "leaky_relu"]));
    assert_eq!(verdict(&dead, "Units of relu die if the learning rate is too high"), Verdict::Holds);
    assert_eq!(verdict(&dead, "No unit of leaky_relu dies"), Verdict::Holds);
}

/// Stops after a few jobs.
struct Impatient {
    begun: AtomicBool,
    left: AtomicU64,
}

impl Watcher for Impatient {
    fn begin(&self, _: &str, steps: u64) {
        assert!(steps > 0);
        self.begun.store(true, Ordering::Relaxed);
    }
    fn advance(&self, _: u64) {
        self.left.fetch_sub(1, Ordering::Relaxed);
    }
    fn is_stopped(&self) -> bool {
        // Below 0 it wraps around.
        !(1..u64::MAX / 2).contains(&self.left.load(Ordering::Relaxed))
    }
}

#[test]
fn it_stops_when_it_is_told_to() {
    for experiment in EXPERIMENTS {
        let impatient = Impatient { begun: AtomicBool::new(false), left: AtomicU64::new(2) };
        let laboratory = Laboratory::new(small(4, 1), &impatient);
        let stopped = experiment.run(&laboratory, &named(&["relu"])).expect_err("it stops");
        assert!(matches!(stopped, Error::Stopped) && impatient.begun.into_inner(), "{}", experiment.name);
    }
}
