//! Networks learn: with the catalogue's activations, with a formula, and with parameters of their own.

use activation_formula::compile;
use activation_lab::digits::Split;
use activation_lab::{Contender, Initialisation, Network, Outcome, Recipe, Shape, train};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

fn recipe(rate: f64, epochs: usize) -> Recipe {
    Recipe {
        shape: Shape { depth: 2, width: 32 },
        initialisation: Initialisation::Matched,
        rate,
        momentum: 0.9,
        epochs,
        looks: 2,
    }
}

fn trained(contender: &Contender, recipe: &Recipe) -> (Network, Outcome) {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let split = Split::random(&mut random).expect("tensors");
    let network = Network::new(contender, recipe.shape, recipe.initialisation, &mut random).expect("tensors");
    let outcome = train(&network, &split, &split.test, recipe, &mut random, || Ok(())).expect("it trains");
    (network, outcome)
}

#[test]
fn digits_are_learned() {
    let text = "Mine(x; learn k = 2) = x * sigmoid(k * x)";
    let mine =
        Contender::formula("mine", text, compile(text).expect("a formula")).expect("it can be trained");
    let contenders = ["tanh", "gelu", "prelu"].map(|name| Contender::named(name).expect("it exists"));
    for contender in contenders.iter().chain([&mine]) {
        let (network, outcome) = trained(contender, &recipe(0.02, 6));
        assert!(outcome.accuracy() > 0.9 && !outcome.diverged, "{contender:?}: {outcome:?}");
        assert!(outcome.moments[0].accuracy < 0.3 && outcome.moments.len() == 13, "{contender:?}");
        assert!(
            outcome.epochs_to(0.9).is_some_and(|epochs| epochs < 6.0) && outcome.epochs_to(1.1).is_none()
        );
        for (layer, learned) in network.learned().expect("numbers").iter().enumerate() {
            assert_eq!(learned.len(), contender.learned().len());
            let start = contender.parameters();
            assert!(learned.iter().zip(start).all(|(now, then)| now != then), "{contender:?} {layer}");
        }
    }
}

#[test]
fn learned_parameters_stay_in_their_ranges() {
    let text = "Mine(x; learn k = 1 in 0.9..1.1) = k * tanh(x)";
    let mine =
        Contender::formula("mine", text, compile(text).expect("a formula")).expect("it can be trained");
    let (network, outcome) = trained(&mine, &recipe(0.1, 3));
    let learned: Vec<f64> = network.learned().expect("numbers").concat();
    assert!(outcome.accuracy() > 0.8 && !outcome.diverged, "{outcome:?}");
    assert!(learned.iter().all(|k| (0.9 - 1e-6..=1.1 + 1e-6).contains(k)), "{learned:?}");
    assert!(learned.iter().any(|k| (k - 1.0).abs() > 0.05), "{learned:?}");
}

#[test]
fn divergence_is_noticed_and_leaves_numbers() {
    let (network, outcome) = trained(&Contender::named("leaky_relu").expect("it exists"), &recipe(100.0, 2));
    assert!(outcome.diverged);
    for var in network.variables() {
        let values = var.flatten_all().and_then(|all| all.to_vec1::<f32>()).expect("numbers");
        assert!(values.iter().all(|value| value.is_finite()));
    }
}
