//! Activations as text and in configurations: what is printed is read as the same, what is wrong is told with its place.
#![allow(
    unnameable_test_items,
    reason = "one activation is defined inside a function, to see that it is written too"
)]

use activation_core::catalogue::{Elu, Gelu, LeakyRelu, Prelu, Silu, Squareplus};
use activation_core::notation::{self, Mistake};
use activation_core::{Activation, AnyActivation, all, define_activation};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Activations of a user's own.
mod own {
    activation_core::define_activation! {
        #![list(pub LIST)]

        /// Two parameters, one with a range.
        #[alias(bump_gate)]
        pub GatedBump(x; learn gate = 1, width = 2 in 0.1..10) = x * sigmoid(gate * x) + exp(-x^2 / width^2);
    }

    activation_core::define_activation! {
        /// Deprecated, and still in old configurations.
        #[deprecated(note = "use GatedBump")]
        pub Bump(x) = exp(-x^2);
    }
}

/// Every activation of the catalogue, with parameters of many sizes, comes back as the same.
#[test]
fn what_is_printed_is_read_as_the_same() {
    const VALUES: [f64; 12] =
        [0.0, -0.0, 1.0, 0.1, 1.0 / 3.0, -2.5e-7, 5e-324, f64::MAX, f64::MIN, 1e16, 123456789.125, 1e-5];
    let mut compared = 0;
    for entry in all() {
        let default = entry.activation();
        assert_eq!(default.to_string().parse(), Ok(default.clone()));
        assert_eq!(format!("{default:?}"), default.to_string());
        for parameter in entry.info().parameters {
            for value in VALUES.into_iter().filter(|&value| parameter.check(value).is_ok()) {
                let changed = default.clone().with_parameter(parameter.name, value).expect("it may be that");
                let text = changed.to_string();
                let back: AnyActivation = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
                assert_eq!(back.info().name, entry.info().name);
                let bits =
                    |it: &AnyActivation| it.parameters().into_iter().map(f64::to_bits).collect::<Vec<_>>();
                assert_eq!(bits(&back), bits(&changed), "{text}");
                assert!(text.len() < 200, "{text}");
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "only {compared} texts were compared");
    assert_eq!(notation::text(&LeakyRelu { slope: 1e300 }), "leaky_relu(slope=1e300)");
    assert_eq!(notation::text(&Gelu), "gelu");
}

#[test]
fn names_spaces_and_defaults_are_free() {
    for text in [
        "leaky_relu",
        "Leaky-ReLU()",
        "lrelu",
        " LEAKY RELU ( ) ",
        "leakyrelu(slope=0.01)",
        "leaky_relu( slope = 1e-2 , )",
    ] {
        assert_eq!(notation::parse(text), Ok(LeakyRelu { slope: 0.01 }), "{text}");
        assert_eq!(text.parse(), Ok(AnyActivation::new(LeakyRelu { slope: 0.01 })), "{text}");
    }
    let order = ["selu(alpha=2, scale=3)", "selu(scale=3,alpha=2)"].map(|text| text.parse::<AnyActivation>());
    assert_eq!(order[0], order[1]);
    assert_eq!(order[0].as_ref().map(ToString::to_string), Ok("selu(scale=3, alpha=2)".to_owned()));
    assert_eq!("swish1".parse(), Ok(AnyActivation::new(Silu)));
    assert_eq!(
        AnyActivation::parse("BumpGate(width=3)", all().chain(own::LIST)).map(|it| it.to_string()),
        Ok("gated_bump(gate=1, width=3)".to_owned())
    );
}

#[test]
fn mistakes_are_told_with_their_place() {
    let told = |text: &str| text.parse::<AnyActivation>().map(|it| it.to_string()).unwrap_err().to_string();
    for (text, expected) in [
        ("geluu", "unknown activation `geluu`; did you mean `gelu`, `celu`, `elu`?"),
        ("  laeky_relu  ", "unknown activation `laeky_relu`; did you mean `leaky_relu`?"),
        (
            "laeky_relu(slope=1)",
            "unknown activation `laeky_relu`; did you mean `leaky_relu`? (character 1 of `laeky_relu(slope=1)`)",
        ),
        ("zzzzzz", "unknown activation `zzzzzz`; `activation_core::all()` has the catalogue"),
        ("elu(alpah=1)", "`elu` has no parameter `alpah`; it has `alpha` (character 5 of `elu(alpah=1)`)"),
        ("gelu(a=1)", "`gelu` has no parameters, so there is no `a` (character 6 of `gelu(a=1)`)"),
        (
            "elu(alpha=1, alpha=2)",
            "parameter `alpha` is there twice (character 14 of `elu(alpha=1, alpha=2)`)",
        ),
        (
            "squareplus(b = -1)",
            "parameter `b` must be at least 0, not -1 (character 16 of `squareplus(b = -1)`)",
        ),
        (
            "elu(alpha=inf)",
            "parameter `alpha` must be a finite number, not inf (character 11 of `elu(alpha=inf)`)",
        ),
        (
            "elu(alpha=1e999)",
            "parameter `alpha` must be a finite number, not inf (character 11 of `elu(alpha=1e999)`)",
        ),
        (
            "elu(alpha=1/3)",
            "parameter `alpha` must be a number such as 0.25, and not `1/3` (character 11 of `elu(alpha=1/3)`)",
        ),
        (
            "elu(alpha=)",
            "parameter `alpha` must be a number such as 0.25, and not `` (character 11 of `elu(alpha=)`)",
        ),
        ("elu(0.5)", "expected a parameter and a number, as in `slope=0.2` (character 5 of `elu(0.5)`)"),
        (
            "elu(alpha:0.5)",
            "expected a parameter and a number, as in `slope=0.2` (character 5 of `elu(alpha:0.5)`)",
        ),
        ("elu(,)", "expected a parameter and a number, as in `slope=0.2` (character 5 of `elu(,)`)"),
        (
            "elu((alpha=1))",
            "expected a parameter and a number, as in `slope=0.2` (character 5 of `elu((alpha=1))`)",
        ),
        ("elu(alpha=1", "expected `)` behind the last parameter (character 12 of `elu(alpha=1`)"),
        ("elu(alpha=1) x", "expected nothing behind `)` (character 14 of `elu(alpha=1) x`)"),
        ("gelu())", "expected nothing behind `)` (character 7 of `gelu())`)"),
        ("", "expected an activation's name, as in `leaky_relu(slope=0.2)` (character 1 of ``)"),
        (
            "(slope=1)",
            "expected an activation's name, as in `leaky_relu(slope=0.2)` (character 1 of `(slope=1)`)",
        ),
        ("x*x", "expected an activation's name, as in `leaky_relu(slope=0.2)`"),
        (
            "ß(é=ö)",
            "unknown activation `ß`; `activation_core::all()` has the catalogue (character 1 of `ß(é=ö)`)",
        ),
        ("élu(é=ö)", "unknown activation `élu`; did you mean `elu`? (character 1 of `élu(é=ö)`)"),
    ] {
        assert!(told(text).starts_with(expected), "{text}: {}", told(text));
    }
    let other = notation::parse::<Gelu>("relu").unwrap_err();
    assert_eq!(other.to_string(), "this must be `gelu` and its parameters, and not `relu`");
    let mistake = "  elu(alpha=x)".parse::<AnyActivation>().unwrap_err();
    assert_eq!(mistake.range(), 12..13);
    assert_eq!(mistake.mistake(), &Mistake::Number { parameter: "alpha", found: "x".to_owned() });
}

/// Any text is read or refused.
#[test]
fn no_text_is_too_much() {
    let pieces = ["elu", "(", ")", "=", ",", " ", "alpha", "1", "ſ", "\u{0}", "-", "𝒇", "ǅ"];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(state >> 60) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) as usize % pieces.len()];
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if let Err(error) = text.parse::<AnyActivation>() {
            assert!(text.get(error.range()).is_some(), "{text:?}: {:?}", error.range());
            assert!(!error.to_string().is_empty());
        }
    }
    assert!(format!("{}({})", "x".repeat(100_000), "a=1,".repeat(10_000)).parse::<AnyActivation>().is_err());
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Layer {
    width: u32,
    activation: AnyActivation,
    output: LeakyRelu,
    own: own::GatedBump,
    others: BTreeMap<String, AnyActivation>,
}

fn layer() -> Layer {
    let others = [("gate".to_owned(), AnyActivation::new(Elu { alpha: 0.5 }))].into();
    Layer {
        width: 64,
        activation: AnyActivation::new(Gelu),
        output: LeakyRelu { slope: 0.2 },
        own: own::GatedBump { gate: 1.5, width: 3.0 },
        others,
    }
}

#[test]
fn configurations_hold_activations() {
    let json = r#"{"width":64,"activation":"gelu","output":"leaky_relu(slope=0.2)","own":"gated_bump(gate=1.5, width=3)","others":{"gate":"elu(alpha=0.5)"}}"#;
    assert_eq!(serde_json::to_string(&layer()).expect("it can be written"), json);
    assert_eq!(serde_json::from_str::<Layer>(json).expect("it can be read"), layer());
    let toml = toml::to_string(&layer()).expect("it can be written");
    assert!(toml.contains("output = \"leaky_relu(slope=0.2)\"\n"), "{toml}");
    assert_eq!(toml::from_str::<Layer>(&toml).expect("it can be read"), layer());
    let value = serde_json::to_value(layer()).expect("it can be written");
    assert_eq!(serde_json::from_value::<Layer>(value).expect("it can be read"), layer());
}

#[test]
#[allow(deprecated, reason = "old configurations hold it")]
fn every_type_reads_its_own_names() {
    assert_eq!(serde_json::from_str::<Prelu>("\"Parametric ReLU\"").expect("an alias"), Prelu::default());
    assert_eq!(serde_json::from_str::<own::Bump>("\"bump\"").expect("its name"), own::Bump);
    let told = |text: &str| serde_json::from_str::<Squareplus>(text).unwrap_err().to_string();
    assert!(
        told("\"softplus\"").starts_with("this must be `squareplus` and its parameters, and not `softplus`")
    );
    assert!(told("\"squareplus(b=-1)\"").contains("parameter `b` must be at least 0"));
    assert!(
        told("7").starts_with("invalid type: integer `7`, expected the name and parameters of an activation")
    );
    let error = toml::from_str::<Layer>("width = 1\nactivation = \"gelo\"").unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("did you mean `gelu`"), "{error}");
}

#[test]
fn what_nobody_could_read_is_not_written() {
    let error = serde_json::to_string(&LeakyRelu { slope: f64::NAN }).unwrap_err().to_string();
    assert_eq!(error, "parameter `slope` of `leaky_relu` must be a finite number, not NaN");
}

fn ours_too<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AnyActivation, D::Error> {
    activation_core::serde::deserialize_among(deserializer, all().chain(own::LIST))
}

#[test]
fn lists_of_ones_own_are_read_too() {
    #[derive(Deserialize)]
    struct Both(#[serde(deserialize_with = "ours_too")] AnyActivation);

    let read = |text: &str| serde_json::from_str::<Both>(text).map(|Both(activation)| activation.to_string());
    assert_eq!(read("\"bump-gate\"").expect("ours"), "gated_bump(gate=1, width=2)");
    assert_eq!(read("\"silu\"").expect("the catalogue's"), "silu");
    assert!(read("\"gated_bumb\"").unwrap_err().to_string().contains("did you mean `gated_bump`?"));
    assert!(serde_json::from_str::<AnyActivation>("\"gated_bump\"").is_err());
}

/// A declaration that derives its own form has that one.
#[test]
fn derived_forms_are_kept() {
    mod derived {
        activation_core::define_activation! {
            /// As a map.
            #[derive(serde::Serialize, serde::Deserialize)]
            pub AsMap(x; scale = 1) = scale * x;
        }
    }
    let map = serde_json::to_string(&derived::AsMap { scale: 2.0 }).expect("it can be written");
    assert_eq!(map, r#"{"scale":2.0}"#);
    assert_eq!(serde_json::from_str::<derived::AsMap>(&map).expect("it can be read").forward(3.0_f32), 6.0);
}

#[test]
fn an_activation_inside_a_function_is_written() {
    define_activation! { Local(x; k = 2) = x / (1 + abs(k * x)); }
    assert_eq!(serde_json::to_string(&Local { k: 3.0 }).expect("it can be written"), "\"local(k=3)\"");
}
