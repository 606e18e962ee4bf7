//! Every kernel of the catalogue through NVRTC, with the options of the candle adapter; skipped where that library is not found.

use activation_core::{Output, all};
use activation_export::{Element, Kernels, Operation, Options};
use cudarc::nvrtc::{CompileOptions, compile_ptx_with_opts};

fn compiled(text: &str) -> Result<String, String> {
    let options = CompileOptions { ftz: Some(false), fmad: Some(false), ..CompileOptions::default() };
    compile_ptx_with_opts(text, options).map(|ptx| ptx.to_src()).map_err(|error| format!("{error}\n{text}"))
}

/// Whether the library can be loaded; if not, the panic of this has said where it was looked for.
fn is_there() -> bool {
    std::panic::catch_unwind(|| compiled("")).is_ok()
}

/// In double precision a kernel is a hundred kilobytes and a third of a second: all of the catalogue's in single precision, and in
/// the other types the two that between them load and store everything.
fn kernels(learned: usize) -> Vec<(Operation, Element)> {
    let mut operations = vec![Operation::Total, Operation::Product];
    operations
        .extend([Output::Forward, Output::Derivative, Output::SecondDerivative].map(Operation::Evaluate));
    operations.extend((0..learned).map(Operation::Gradient));
    let single = operations.into_iter().map(|operation| (operation, Element::F32));
    let others = Element::ALL.into_iter().map(|element| (Operation::ProductBackward, element));
    single.chain(others).chain([(Operation::Backward, Element::F64)]).collect()
}

#[test]
fn every_kernel_compiles() {
    if !is_there() {
        eprintln!(
            "SKIPPED: kernels were not compiled, because NVRTC (libnvrtc.so of CUDA 11 to 13) was not found;"
        );
        eprintln!("         `pip install nvidia-cuda-nvrtc` has it, and LD_LIBRARY_PATH says where");
        return;
    }
    for activation in all() {
        let text = activation.info().declaration();
        let made = Kernels::new(&text, &Options::default()).expect("the catalogue can be exported");
        let kernels = kernels(made.learned());
        let ptx =
            compiled(&made.text(&kernels).expect("all are there")).unwrap_or_else(|log| panic!("{log}"));
        for (operation, element) in kernels {
            let name = made.name(operation, element);
            assert!(ptx.contains(&format!(".visible .entry {name}(")), "{name} is no entry");
        }
        // But for what NVIDIA's own divisions and exponentials begin with, nothing flushes subnormal numbers to 0.
        let mut flushing = ptx.lines().map(str::trim).filter(|line| line.contains(".ftz"));
        let is_begin = |line: &str| line.starts_with("rcp.approx") || line.starts_with("ex2.approx");
        assert_eq!(flushing.find(|line| !is_begin(line)), None, "{text}");
    }
}

#[test]
fn mistakes_are_reported() {
    if is_there() {
        let log = compiled("__global__ void broken() { undeclared(); }").expect_err("a mistake");
        assert!(log.contains("undeclared"), "{log}");
    }
}

#[test]
fn parameters_that_are_not_there() {
    let swish =
        Kernels::new("Swish(x; learn beta = 1, k = 2) = x * sigmoid(k * beta * x)", &Options::default());
    let swish = swish.expect("it can be exported");
    for operation in [Operation::Gradient(1), Operation::Evaluate(Output::ParameterDerivative(1))] {
        assert_eq!(swish.text(&[(operation, Element::F32)]), None, "{operation:?}");
    }
    let by_beta = swish.text(&[(Operation::Evaluate(Output::ParameterDerivative(0)), Element::F32)]);
    assert!(by_beta.is_some_and(|text| text.contains("activation_swish_single_derivative_by_beta(")));
}
