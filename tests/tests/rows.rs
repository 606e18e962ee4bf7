//! Functions of rows, held against their definitions in multi-precision; gradients against difference quotients too.

use activation_core::{Scalar, rows};
use activation_math::Real;
use half::{bf16, f16};

type Wide = activation_math::Wide<8>;

/// The digits of a type, and the exponent of its smallest number.
trait Format: Scalar {
    const DIGITS: i64;
    const LEAST: i64;
    /// What may be lost, in units in the last place, and what has been measured and should not get worse unnoticed.
    const MEASURED: f64;
}

/// The same of the fast tier.
const MEASURED_FAST: f64 = 3.9;

impl Format for f32 {
    const DIGITS: i64 = 24;
    const LEAST: i64 = -149;
    const MEASURED: f64 = 0.501;
}

impl Format for f64 {
    const DIGITS: i64 = 53;
    const LEAST: i64 = -1074;
    const MEASURED: f64 = 3.6;
}

impl Format for f16 {
    const DIGITS: i64 = 11;
    const LEAST: i64 = -24;
    const MEASURED: f64 = 0.5001;
}

impl Format for bf16 {
    const DIGITS: i64 = 8;
    const LEAST: i64 = -133;
    const MEASURED: f64 = 0.5001;
}

/// How far `got` is from `exact`, in units in the last place.
fn ulps<T: Format>(got: T, exact: Wide) -> f64 {
    let unit = exact.exponent().max(T::LEAST + T::DIGITS - 1) - (T::DIGITS - 1);
    (wide(got) - exact).scaled(-unit).magnitude().to_f64()
}

fn wide<T: Scalar>(x: T) -> Wide {
    Wide::from_f64(x.to_f64())
}

/// From input, output, gradient and the length of a row to the gradient by the input.
type Backward<T> = fn(&[T], &[T], &[T], usize, &mut [T]);
type ExactBackward = fn(&[Wide], &[Wide], &[Wide]) -> Vec<Wide>;

/// A row-wise function and its definition.
struct Case<T> {
    name: &'static str,
    forward: fn(&[T], usize, &mut [T]),
    exact: fn(&[Wide]) -> Vec<Wide>,
    backward: Backward<T>,
    /// The same from what the function itself is given, as its documentation has it.
    exact_backward: ExactBackward,
}

/// The fast tier, whose way back is that of the other one.
fn fast_cases() -> [Case<f32>; 3] {
    let [softmax, softmin, log_softmax, ..] = cases::<f32>();
    [
        Case { forward: rows::fast::softmax_into, ..softmax },
        Case { forward: rows::fast::softmin_into, ..softmin },
        Case { forward: rows::fast::log_softmax_into, ..log_softmax },
    ]
}

fn cases<T: Format>() -> [Case<T>; 5] {
    [
        Case {
            name: "softmax",
            forward: rows::softmax_into,
            exact: softmax,
            backward: |_, y, g, n, to| rows::softmax_backward_into(y, g, n, to),
            exact_backward: |_, y, g| softmax_gradient(y, g),
        },
        Case {
            name: "softmin",
            forward: rows::softmin_into,
            exact: |x| softmax(&x.iter().map(|&x| -x).collect::<Vec<_>>()),
            backward: |_, y, g, n, to| rows::softmin_backward_into(y, g, n, to),
            exact_backward: |_, y, g| softmax_gradient(y, g).iter().map(|&x| -x).collect(),
        },
        Case {
            name: "log_softmax",
            forward: rows::log_softmax_into,
            exact: |x| {
                let (largest, rest) = log_parts(x);
                x.iter().map(|&x| (x - largest) - rest).collect()
            },
            backward: |_, y, g, n, to| rows::log_softmax_backward_into(y, g, n, to),
            exact_backward: |_, y, g| {
                let total = sum(g.iter().copied());
                y.iter().zip(g).map(|(y, &g)| g - y.exp() * total).collect()
            },
        },
        Case {
            name: "logsumexp",
            forward: rows::logsumexp_into,
            exact: |x| vec![logsumexp(x)],
            backward: |x, _, g, n, to| rows::logsumexp_backward_into(x, g, n, to),
            exact_backward: |x, _, g| softmax(x).iter().map(|&p| p * g[0]).collect(),
        },
        Case {
            name: "sparsemax",
            forward: rows::sparsemax_into,
            exact: sparsemax,
            backward: |_, y, g, n, to| rows::sparsemax_backward_into(y, g, n, to),
            exact_backward: |_, y, g| {
                let kept = || y.iter().zip(g).filter(|(y, _)| !y.is_zero());
                let mean = sum(kept().map(|(_, &g)| g)) / Wide::from_f64(kept().count() as f64);
                y.iter().zip(g).map(|(y, &g)| if y.is_zero() { Wide::ZERO } else { g - mean }).collect()
            },
        },
    ]
}

fn sum(terms: impl Iterator<Item = Wide>) -> Wide {
    terms.fold(Wide::ZERO, |sum, term| sum + term)
}

fn softmax(x: &[Wide]) -> Vec<Wide> {
    let total = sum(x.iter().map(|x| x.exp()));
    x.iter().map(|x| x.exp() / total).collect()
}

fn softmax_gradient(p: &[Wide], g: &[Wide]) -> Vec<Wide> {
    let mean = sum(p.iter().zip(g).map(|(&p, &g)| p * g)) / sum(p.iter().copied());
    p.iter().zip(g).map(|(&p, &g)| p * (g - mean)).collect()
}

fn logsumexp(x: &[Wide]) -> Wide {
    let (largest, rest) = log_parts(x);
    largest + rest
}

/// The largest and what is to be added to it, `ln(1 + Σ exp(x - largest))` over the others: it may be smaller than the last
/// of 512 bits.
fn log_parts(x: &[Wide]) -> (Wide, Wide) {
    let place = (0..x.len()).max_by(|&a, &b| x[a].partial_cmp(&x[b]).expect("numbers")).expect("a row");
    let others = (0..x.len()).filter(|&index| index != place);
    (x[place], sum(others.map(|index| (x[index] - x[place]).exp())).log1p())
}

/// By sorting, as it was published.
fn sparsemax(x: &[Wide]) -> Vec<Wide> {
    let mut sorted = x.to_vec();
    sorted.sort_by(|a, b| b.partial_cmp(a).expect("numbers"));
    let (mut total, mut threshold) = (-Wide::ONE, Wide::ZERO);
    for (count, &x) in (1..).map(f64::from).zip(&sorted) {
        total = total + x;
        if (x * Wide::from_f64(count) - total).is_negative() {
            break;
        }
        threshold = total / Wide::from_f64(count);
    }
    x.iter().map(|&x| if x < threshold { Wide::ZERO } else { x - threshold }).collect()
}

/// Numbers that look random, the same ones every time (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    /// In -1..1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / 2.0_f64.powi(52) - 1.0
    }

    fn row<T: Scalar>(&mut self, length: usize, size: f64) -> Vec<T> {
        (0..length).map(|_| T::from_f64(size * self.next())).collect()
    }
}

/// Rows of all sorts: every remainder of the lanes, every size, ties, and sums that cancel in a logarithm.
fn sample<T: Scalar>() -> Vec<Vec<T>> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut rows: Vec<Vec<T>> = Vec::new();
    for length in (1..=17).chain([31, 33, 64, 65, 100]) {
        rows.extend([0.01, 1.0, 8.0, 100.0].map(|size| numbers.row(length, size)));
    }
    rows.extend([1e-30, 1e-5, 700.0, 3e4].map(|size| numbers.row(6, size)));
    rows.push(vec![T::from_f64(0.3); 10]);
    rows.push([0.0, -30.0, -30.5, -80.0].map(T::from_f64).to_vec());
    rows.push([1.0, 1.0, 0.0, 0.0, -1.0, -1.0].map(T::from_f64).to_vec());
    for _ in 0..30 {
        let first = T::from_f64(-numbers.next().abs() - 0.05);
        let second = T::from_f64((-first.to_f64().exp_m1()).ln());
        rows.push(vec![first, second]);
        rows.push(vec![first, second, T::from_f64(-37.0)]);
    }
    rows
}

fn hold<T: Format>(cases: impl IntoIterator<Item = Case<T>>, measured: f64) {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let mut worst = [("", 0.0); 2];
    for case in cases {
        for row in sample::<T>() {
            let (n, x) = (row.len(), row.iter().map(|&x| wide(x)).collect::<Vec<_>>());
            let exact = (case.exact)(&x);
            let mut output = vec![T::default(); exact.len()];
            (case.forward)(&row, n, &mut output);
            let y: Vec<Wide> = output.iter().map(|&y| wide(y)).collect();
            for (&got, &exact) in output.iter().zip(&exact) {
                let cancels =
                    if case.name == "logsumexp" { log_parts(&x).0.magnitude().to_f64() } else { 0.0 };
                check(case.name, &row, got, exact, (measured, cancels * CANCELLED), &mut worst[0]);
            }
            // Gradients of every kind: of any size, one element's, all the same.
            let mut one = vec![T::default(); exact.len()];
            one[exact.len() / 2] = T::from_f64(-1.0);
            for gradient in [numbers.row(exact.len(), 3.0), one, vec![T::from_f64(0.75); exact.len()]] {
                let g: Vec<Wide> = gradient.iter().map(|&g| wide(g)).collect();
                let mut back = vec![T::default(); n];
                (case.backward)(&row, &output, &gradient, n, &mut back);
                for (&got, &exact) in back.iter().zip(&(case.exact_backward)(&x, &y, &g)) {
                    check(case.name, &row, got, exact, (T::MEASURED, 3.0 * CANCELLED), &mut worst[1]);
                }
            }
        }
    }
    println!("{worst:?}");
}

/// Where terms cancel, so much of them is left: 2^-100.
const CANCELLED: f64 = 1.0 / (1_u128 << 100) as f64;

fn check<T: Format>(
    name: &'static str,
    row: &[T],
    got: T,
    exact: Wide,
    (allowed, noise): (f64, f64),
    worst: &mut (&'static str, f64),
) {
    let error = ulps(got, exact);
    if (wide(got) - exact).magnitude().to_f64() <= noise {
        return;
    }
    assert!(error <= allowed, "{name} of {row:?}: {got:?}, off by {error} of {:e}", exact.to_f64());
    if error > worst.1 {
        *worst = (name, error);
    }
}

#[test]
fn single_precision_is_rounded_once() {
    hold(cases::<f32>(), f32::MEASURED);
}

#[test]
fn the_fast_tier_is_within_the_promise() {
    const { assert!(MEASURED_FAST <= 4.0) }
    hold(fast_cases(), MEASURED_FAST);
}

#[test]
fn double_precision_is_within_the_promise() {
    const { assert!(<f64 as Format>::MEASURED <= 4.0) }
    hold(cases::<f64>(), f64::MEASURED);
}

#[test]
fn half_precision_is_nearest() {
    hold(cases::<f16>(), f16::MEASURED);
    hold(cases::<bf16>(), bf16::MEASURED);
}

/// The gradients are those of the functions: d/dx of Σ g[j] f[j](x), by a symmetric difference in 512 bits.
#[test]
fn gradients_are_slopes() {
    let mut numbers = Numbers(77);
    for case in cases::<f64>() {
        for n in [1, 2, 5, 12] {
            let row: Vec<f64> = numbers.row(n, 1.5);
            let x: Vec<Wide> = row.iter().map(|&x| wide(x)).collect();
            let outputs = (case.exact)(&x).len();
            let gradient: Vec<f64> = numbers.row(outputs, 2.0);
            let (mut output, mut back) = (vec![0.0; outputs], vec![0.0; n]);
            (case.forward)(&row, n, &mut output);
            (case.backward)(&row, &output, &gradient, n, &mut back);
            for (index, &got) in back.iter().enumerate() {
                let at = |step: Wide| {
                    let mut moved = x.clone();
                    moved[index] = moved[index] + step;
                    sum((case.exact)(&moved).iter().zip(&gradient).map(|(&y, &g)| y * wide(g)))
                };
                let step = Wide::ONE.scaled(-100);
                let slope = ((at(step) - at(-step)) / (step + step)).to_f64();
                assert!(
                    (got - slope).abs() <= 1e-14,
                    "{} at {index} of {row:?}: {got}, not {slope}",
                    case.name
                );
            }
        }
    }
}

/// Longer than what is kept of a row between its sum and its results, and longer than one block of every loop.
#[test]
fn long_rows() {
    let row: Vec<f32> = Numbers(5).row(3001, 4.0);
    let x: Vec<Wide> = row.iter().map(|&x| wide(x)).collect();
    let accurate = cases::<f32>().into_iter().map(|case| (case, f32::MEASURED));
    for (case, measured) in accurate.chain(fast_cases().into_iter().map(|case| (case, MEASURED_FAST))) {
        let exact = (case.exact)(&x);
        let mut output = vec![0.0; exact.len()];
        (case.forward)(&row, 3001, &mut output);
        for (&got, &exact) in output.iter().zip(&exact) {
            assert!(ulps(got, exact) <= measured, "{}", case.name);
        }
    }
}

#[test]
fn several_rows_are_each_their_own_and_in_place_is_the_same() {
    let input: Vec<f32> = Numbers(9).row(3 * 37, 5.0);
    type InPlace = fn(&mut [f32], usize);
    let in_place: [InPlace; 7] = [
        rows::softmax_in_place,
        rows::softmin_in_place,
        rows::log_softmax_in_place,
        rows::sparsemax_in_place,
        rows::fast::softmax_in_place,
        rows::fast::softmin_in_place,
        rows::fast::log_softmax_in_place,
    ];
    let into = cases::<f32>().into_iter().filter(|case| case.name != "logsumexp").chain(fast_cases());
    for (case, in_place) in into.zip(in_place) {
        let (mut all, mut one, mut values) = (vec![0.0; input.len()], vec![0.0; 37], input.clone());
        (case.forward)(&input, 37, &mut all);
        in_place(&mut values, 37);
        assert_eq!(all, values, "{}", case.name);
        for (row, all) in input.chunks(37).zip(all.chunks(37)) {
            (case.forward)(row, 37, &mut one);
            assert_eq!(one, all, "{}", case.name);
        }
    }
}

/// The table of the documentation.
#[test]
fn special_values() {
    const INF: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;
    let table: [(&[f64], [&[f64]; 4]); 7] = [
        (&[1.0, NAN, INF], [&[NAN; 3], &[NAN; 3], &[NAN], &[NAN; 3]]),
        (
            &[2.0, -INF, 2.0],
            [
                &[0.5, 0.0, 0.5],
                &[-f64::ln(2.0), -INF, -f64::ln(2.0)],
                &[2.0 + f64::ln(2.0)],
                &[0.5, 0.0, 0.5],
            ],
        ),
        (&[-INF; 2], [&[NAN; 2], &[NAN; 2], &[-INF], &[NAN; 2]]),
        (&[1.0, INF, -INF], [&[0.0, 1.0, 0.0], &[-INF, 0.0, -INF], &[INF], &[0.0, 1.0, 0.0]]),
        (&[INF, 0.0, INF], [&[NAN, 0.0, NAN], &[NAN, -INF, NAN], &[INF], &[NAN, 0.0, NAN]]),
        (&[f64::MAX, f64::MIN], [&[1.0, 0.0], &[0.0, -INF], &[f64::MAX], &[1.0, 0.0]]),
        (&[-745.0, 0.0], [&[5e-324, 1.0], &[-745.0, -5e-324], &[5e-324], &[0.0, 1.0]]),
    ];
    for (row, expected) in table {
        let functions =
            [rows::softmax_into, rows::log_softmax_into, rows::logsumexp_into, rows::sparsemax_into];
        for (function, expected) in functions.into_iter().zip(expected) {
            let mut got = vec![0.5; expected.len()];
            function(row, row.len(), &mut got);
            for (&got, &expected) in got.iter().zip(expected) {
                assert!(
                    got == expected || got.is_nan() && expected.is_nan(),
                    "{row:?}: {got}, not {expected}"
                );
            }
        }
    }
    let mut softmin = [0.0; 3];
    rows::softmin_into(&[-INF, 3.0, INF], 3, &mut softmin);
    assert_eq!(softmin, [1.0, 0.0, 0.0]);
}

/// Those of the fast tier are the same.
#[test]
fn special_values_of_the_fast_tier() {
    const INF: f32 = f32::INFINITY;
    let table: [&[f32]; 9] = [
        &[1.0, f32::NAN, INF],
        &[2.0, -INF, 2.0],
        &[-INF; 2],
        &[1.0, INF, -INF],
        &[INF, 0.0, INF],
        &[f32::MAX, f32::MIN, 0.0],
        &[-103.0, 0.0, -90.0, -200.0, -0.0],
        &[3e38, 2.9e38, f32::MAX],
        &[-1e-45, 1e-45, f32::MIN_POSITIVE],
    ];
    for row in table {
        for (accurate, fast) in cases::<f32>().into_iter().zip(fast_cases()) {
            let [mut expected, mut got] = [(); 2].map(|()| vec![0.5; row.len()]);
            (accurate.forward)(row, row.len(), &mut expected);
            (fast.forward)(row, row.len(), &mut got);
            for (&got, &expected) in got.iter().zip(&expected) {
                let is_near = || expected.is_finite() && ulps(got, wide(expected)) <= 4.0;
                let is_same = got == expected || got.is_nan() && expected.is_nan();
                assert!(is_same || is_near(), "{} of {row:?}: {got}, not {expected}", fast.name);
            }
        }
    }
}

/// Nothing of a gradient overflows that need not.
#[test]
fn large_gradients() {
    let mut back = [0.0_f64; 2];
    rows::softmax_backward_into(&[0.5, 0.5], &[f64::MAX, f64::MIN], 2, &mut back);
    assert_eq!(back, [f64::MAX / 2.0, f64::MIN / 2.0]);
    rows::log_softmax_backward_into(&[-f64::ln(2.0); 2], &[f64::MAX / 1.5, f64::MAX / 1.5], 2, &mut back);
    assert!(back.iter().all(|x| x.abs() < 1e293), "{back:?}");
    rows::sparsemax_backward_into(&[0.5, 0.5], &[f64::MAX, f64::MAX], 2, &mut back);
    assert_eq!(back, [0.0; 2]);
}

#[test]
fn maxout_takes_the_first_largest() {
    let input = [1.0_f32, 3.0, 2.0, 5.0, 5.0, -1.0, -0.0, 0.0, f32::NAN];
    let (mut output, mut back) = ([0.0; 3], [9.0; 9]);
    rows::maxout_into(&input, 3, &mut output);
    assert_eq!(output[..2], [3.0, 5.0]);
    assert!(output[2].is_nan());
    rows::maxout_backward_into(&input, &[0.5, -2.0, 1.0], 3, &mut back);
    assert_eq!(back[..6], [0.0, 0.5, 0.0, -2.0, 0.0, 0.0]);
    assert!(back[6..].iter().all(|x| x.is_nan()), "{back:?}");
    rows::maxout_into(&input[..3], 1, &mut output);
    assert_eq!(output, [1.0, 3.0, 2.0]);
}

fn panic_of(function: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = std::panic::catch_unwind(function).expect_err("a panic");
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into()))
        .expect("a message")
}

#[test]
fn wrong_lengths_are_told() {
    for (message, expected) in [
        (
            panic_of(|| rows::softmax_in_place(&mut [0.0_f32; 10], 3)),
            "`values` has 10 elements, which is no whole number of rows of 3",
        ),
        (
            panic_of(|| rows::softmax_into::<f32>(&[], 0, &mut [])),
            "a row needs at least one element: `row_length` is 0",
        ),
        (
            panic_of(|| rows::sparsemax_into(&[0.0_f32; 4], 2, &mut [0.0; 6])),
            "the slices must have one length: `output` has 6 elements, `input` has 4",
        ),
        (
            panic_of(|| rows::logsumexp_into(&[0.0_f32; 4], 2, &mut [0.0; 4])),
            "`output` needs one element a row: 2 of them, not 4",
        ),
        (
            panic_of(|| rows::maxout_backward_into(&[0.0_f64; 4], &[0.0; 2], 2, &mut [0.0; 3])),
            "the slices must have one length: `grad_input` has 3 elements, `input` has 4",
        ),
        (
            panic_of(|| rows::softmax_backward_into(&[0.0_f64; 4], &[0.0; 2], 2, &mut [0.0; 4])),
            "the slices must have one length: `grad_output` has 2 elements, `output` has 4",
        ),
    ] {
        assert_eq!(message, expected);
    }
    // No rows at all are none to do.
    rows::softmax_into::<f32>(&[], 5, &mut []);
}
