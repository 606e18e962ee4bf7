//! `--subgradient` and `--like`: what f' is at kinks, at points and in streams.

use super::{printed, refused, run_with};

/// The derivatives that `eval` prints.
fn slopes(arguments: &[&str]) -> Vec<f64> {
    let table = printed(&[&["eval"], arguments, &["--derivative", "--format", "csv"]].concat());
    let slope = |row: &str| row.rsplit(',').next().expect("a column").parse().expect("a number");
    table.lines().skip(1).map(slope).collect()
}

#[test]
fn every_choice() {
    for (choice, expected) in [
        ("branch", [0.0, 1.0, 0.0]),
        ("left", [0.0, 1.0, 1.0]),
        ("right", [1.0, 1.0, 0.0]),
        ("zero", [0.0, 1.0, 0.0]),
        ("middle", [0.5, 1.0, 0.5]),
        ("steeper", [1.0, 1.0, 1.0]),
    ] {
        for what in ["relu6", "clamp(x, 0, 6)"] {
            for more in ["--dtype=f32", "--dtype=f64", "--tier=fast"] {
                assert_eq!(slopes(&[what, "0", "2", "6", "--subgradient", choice, more]), expected);
            }
        }
    }
}

#[test]
fn parameters_that_are_set_move_kinks() {
    let moved = ["threshold", "--set=theta=2", "--subgradient=middle", "0", "2"];
    assert_eq!(slopes(&moved), [0.0, 0.5]);
    let declared = ["F(x; k = 3) = max(k * x, x - 2)", "--set=k=5", "--subgradient=right", "0", "-0.5"];
    assert_eq!(slopes(&declared), [5.0, 5.0]);
}

/// The table has a column for f', asked for or not.
#[test]
fn the_table_shows_it() {
    assert_eq!(
        printed(&["eval", "relu", "0", "--subgradient=middle"]),
        "  x  f(x)  f'(x)\n0.0   0.0    0.5\n"
    );
}

#[test]
fn frameworks() {
    for (framework, expected) in [("pytorch", 0.01), ("jax", 1.0), ("candle", 0.505), ("burn", 1.0)] {
        assert_eq!(slopes(&["leaky-relu", "0", "--dtype=f64", "--like", framework]), [expected]);
    }
    assert_eq!(slopes(&["hard_swish", "-3", "3", "--like=flux"]), [-0.5, 1.5]);
}

#[test]
fn streams() {
    let text =
        run_with(&["eval", "relu", "--input=-", "--derivative", "--subgradient=right"], b"0 -1\n1 nan\n");
    assert_eq!((text.code, text.out.as_slice()), (Some(0), &b"1.0 0.0\n1.0 nan\n"[..]), "{text:?}");
    let input: Vec<u8> = [0.0_f64, -1.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    let raw = run_with(&["eval", "relu", "--raw=f64", "--order=1", "--like=candle"], &input);
    let expected: Vec<u8> = [1.0_f64, 0.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    assert_eq!((raw.code, &raw.out), (Some(0), &expected), "{raw:?}");
}

#[test]
fn what_is_not_known_is_told() {
    let message = refused(&["eval", "soft_shrink", "0.5", "--like", "jax"]);
    assert!(message.contains("jax does at kinks of `soft_shrink`") && message.contains("not on record"));
    assert!(message.contains("choose with `--subgradient left|"), "{message}");
    let message = refused(&["eval", "max(0, x)", "0", "--like=jax"]);
    assert!(message.contains("`max(0, x)` is a formula; choose with"), "{message}");
}
