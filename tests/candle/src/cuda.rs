//! Everything on a GPU as on the CPU: results, gradients, learned parameters, gates. Needs the feature `cuda`, and says that it is
//! skipped where no GPU is found.
//!
//! Kernels compute in double precision, and in double-double arithmetic for `f64`, as the exports do; the functions of this library
//! are others. Both are nearest for `f16` and `bf16`, within 1 ULP for `f32`, within 2 and 4 ULP for `f64`.

use crate::tensors::{elements, factors, for_all_types, inputs, layouts, tensor, wide};
use activation_core::candle::{Activate, Derivative, Element, Layer, Learned, Monitored, softmax};
use activation_core::catalogue::{Gelu, LeakyRelu, Mish, Prelu, Relu, Silu, Swish};
use activation_core::gated::Gate;
use activation_core::{Declared, Fast, Output, Pointwise, Scalar, all, by_name, define_activation};
use candle_core::{CustomOp1, DType, Device, Module, Result, Tensor, Var};
use candle_nn::{Optimizer, SGD};

define_activation! {
    /// Two learned parameters around one that is not.
    pub Ridge(x; learn gate = 1, height = 0.5, learn width = 2 in 0.7..10) = {
        x * sigmoid(gate * x) + height * exp(-(x / width)^2)
    };
}

const CPU: &Device = &Device::Cpu;

/// The GPU, if there is one.
fn gpu(test: &str) -> Option<Device> {
    match Device::new_cuda(0) {
        Ok(device) => Some(device),
        Err(error) => {
            let error = error.to_string();
            let why = error.lines().next().unwrap_or_default();
            eprintln!("SKIPPED {test}: there is no GPU to run it on: {why}");
            None
        }
    }
}

/// How far results may be apart, in numbers of their type.
fn bound(dtype: DType) -> u64 {
    match dtype {
        DType::F32 => 1,
        DType::F64 => 6,
        _ => 0,
    }
}

/// The place of a number among all of its type.
fn place<T: Element>(value: T) -> i64 {
    let value = wide(value);
    let bits = match T::DTYPE {
        DType::F64 => value.to_bits() as i64,
        DType::F32 => i64::from((value as f32).to_bits() as i32) << 32,
        DType::F16 => i64::from(half::f16::from_f64(value).to_bits() as i16) << 48,
        _ => i64::from(half::bf16::from_f64(value).to_bits() as i16) << 48,
    };
    let ordered = if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits };
    ordered >> (64 - 8 * T::DTYPE.size_in_bytes())
}

fn assert_close<T: Element>(what: &str, cpu: &Tensor, gpu: &Tensor) -> Result<()> {
    assert_eq!((cpu.dims(), cpu.dtype()), (gpu.dims(), gpu.dtype()), "{what}");
    assert!(gpu.device().is_cuda(), "{what}");
    let (cpu, gpu) = (elements::<T>(cpu)?, elements::<T>(&gpu.to_device(CPU)?)?);
    for (index, (&cpu, &gpu)) in cpu.iter().zip(&gpu).enumerate() {
        let distance = place(cpu).abs_diff(place(gpu));
        let (a, b) = (wide(cpu), wide(gpu));
        let both_nan = a.is_nan() && b.is_nan();
        assert!(
            both_nan || distance <= bound(T::DTYPE),
            "{what}, {:?} number {index}: {a:e}, {b:e}",
            T::DTYPE
        );
    }
    Ok(())
}

/// The same numbers in every layout, on a device. candle cannot make tensors without elements on a GPU.
fn laid_out<T: Element>(numbers: &[T], device: &Device) -> Result<Vec<(&'static str, Tensor)>> {
    let mut all = layouts(&tensor(numbers, &[3, 4, 5])?.to_device(device)?)?;
    all.retain(|(_, tensor)| tensor.elem_count() > 0);
    Ok(all)
}

/// What is made of numbers in every layout.
fn check<T: Element>(
    device: &Device,
    what: &str,
    operation: impl Fn(&Tensor) -> Result<Tensor>,
) -> Result<()> {
    let numbers = inputs::<T>();
    for ((layout, cpu), (_, gpu)) in laid_out(&numbers, CPU)?.into_iter().zip(laid_out(&numbers, device)?) {
        assert_close::<T>(&format!("{what}, {layout}"), &operation(&cpu)?, &operation(&gpu)?)?;
    }
    Ok(())
}

/// Gradients of a function of one tensor and of further variables, which are made on each device.
fn check_gradients<T: Element>(
    device: &Device,
    what: &str,
    function: impl Fn(&Tensor) -> Result<(Tensor, Vec<Var>)>,
) -> Result<()> {
    let numbers: Vec<T> = inputs::<T>().into_iter().filter(|&x| wide(x).abs() < 100.0).take(48).collect();
    let [cpu, gpu] = [CPU, device].map(|device| -> Result<Vec<Tensor>> {
        let x = Var::from_tensor(&tensor(&numbers, &[3, 4, 4])?.to_device(device)?)?;
        let (y, vars) = function(&x)?;
        let factors = Tensor::from_slice(&factors::<T>()[..y.elem_count()], y.dims(), device)?;
        let gradients = (&y * factors)?.backward()?;
        let of = |var: &Var| gradients.get(var).expect("a gradient").clone();
        Ok([vec![y, of(&x)], vars.iter().map(of).collect()].concat())
    });
    for (index, (cpu, gpu)) in cpu?.iter().zip(&gpu?).enumerate() {
        let what = format!("{what}: {}", ["the result", "by x"].get(index).unwrap_or(&"by a parameter"));
        match cpu.dtype() {
            DType::F32 => assert_close::<f32>(&what, cpu, gpu)?,
            DType::F64 => assert_close::<f64>(&what, cpu, gpu)?,
            _ => assert_close::<T>(&what, cpu, gpu)?,
        }
    }
    Ok(())
}

/// f, f' and the way back, in every layout.
fn check_layer<T: Element>(device: &Device, activation: &(impl Pointwise + std::fmt::Debug)) -> Result<()> {
    check::<T>(device, &format!("{activation:?}"), |xs| xs.activate(activation))?;
    check::<T>(device, &format!("{activation:?}'"), |xs| xs.apply(&Derivative(activation.clone())))?;
    check_backward::<T>(device, activation)
}

fn check_backward<T: Element>(
    device: &Device,
    activation: &(impl Pointwise + std::fmt::Debug),
) -> Result<()> {
    let [cpu, gpu] = [CPU, device].map(|device| -> Result<Vec<Tensor>> {
        let both = laid_out(&inputs::<T>(), device)?.into_iter().zip(laid_out(&factors::<T>(), device)?);
        both.map(|((_, x), (_, grad))| {
            let back = Layer(activation.clone()).bwd(&x, &x, &grad)?;
            Ok(back.expect("there is a way back"))
        })
        .collect()
    });
    for ((layout, _), (cpu, gpu)) in laid_out(&inputs::<T>(), CPU)?.iter().zip(cpu?.iter().zip(&gpu?)) {
        assert_close::<T>(&format!("gradient of {activation:?}, {layout}"), cpu, gpu)?;
    }
    Ok(())
}

#[test]
fn every_type_and_layout() {
    let Some(device) = gpu("every_type_and_layout") else { return };
    for_all_types!(check_layer, &device, &Gelu);
    for_all_types!(check_layer, &device, &LeakyRelu { slope: 0.2 });
    for_all_types!(check_layer, &device, &Swish { beta: 1.7 });
    for_all_types!(check_layer, &device, &by_name("mish").unwrap());
    for_all_types!(check_layer, &device, &Ridge { height: -0.25, ..Ridge::default() });
}

#[test]
fn whole_catalogue() -> Result<()> {
    let Some(device) = gpu("whole_catalogue") else { return Ok(()) };
    for entry in all() {
        let activation = entry.activation();
        check::<f32>(&device, &format!("{activation:?}"), |xs| xs.activate(&activation))?;
        check_backward::<f32>(&device, &activation)?;
    }
    Ok(())
}

/// There is no fast tier on a GPU: the kernels are the same.
#[test]
fn fast_tier_is_exact() -> Result<()> {
    let Some(device) = gpu("fast_tier_is_exact") else { return Ok(()) };
    let xs = tensor(&inputs::<f32>(), &[60])?;
    let fast = xs.to_device(&device)?.activate(&Fast(Mish))?;
    assert_close::<f32>("fast", &xs.activate(&Mish)?, &fast)
}

#[test]
fn learned_parameters() {
    fn of<T: Element>(device: &Device) -> Result<()> {
        for (what, channels, axis) in [("one for all", 0, 1), ("channels", 4, 1), ("the last axis", 4, 2)] {
            check_gradients::<T>(device, what, |xs| {
                let (dtype, device) = (T::DTYPE, xs.device());
                let ridge = Ridge { gate: 1.5, height: -0.25, width: 1.25 };
                let learned = match channels {
                    0 => Learned::new(ridge, dtype, device)?,
                    _ => Learned::per_channel(ridge, channels, dtype, device)?.on_axis(axis),
                };
                Ok((learned.forward(xs)?, learned.vars()?))
            })?;
        }
        // Parameters of another type than the tensor; more elements of a channel than there are sums.
        check_gradients::<T>(device, "parameters in f64", |xs| {
            let learned = Learned::new(Prelu { slope: 0.3 }, DType::F64, xs.device())?;
            Ok((learned.forward(xs)?, learned.vars()?))
        })
    }
    let Some(device) = gpu("learned_parameters") else { return };
    for_all_types!(of, &device);
}

/// More elements than there are sums, and threads.
#[test]
fn large_tensors() -> Result<()> {
    let Some(device) = gpu("large_tensors") else { return Ok(()) };
    let numbers: Vec<f64> = (0..300_000).map(|n| (f64::from(n) * 0.618_034).fract() * 6.0 - 3.0).collect();
    let [cpu, gpu] = [CPU, &device].map(|device| -> Result<_> {
        let xs = Tensor::from_slice(&numbers, (1000, 3, 100), device)?;
        let swish = Learned::per_channel(Swish::default(), 3, DType::F64, device)?;
        let ys = xs.apply(&swish)?;
        let gradient = ys.backward()?.get(&swish.vars()?[0]).expect("a gradient").to_device(CPU)?;
        Ok((ys, gradient.to_vec1::<f64>()?))
    });
    let (cpu, gpu) = (cpu?, gpu?);
    assert_close::<f64>("swish", &cpu.0, &gpu.0)?;
    for (cpu, gpu) in cpu.1.iter().zip(&gpu.1) {
        assert!((cpu - gpu).abs() < 1e-12 * cpu.abs(), "{cpu} {gpu}");
    }
    Ok(())
}

#[test]
fn gates() {
    fn of<T: Element>(device: &Device) -> Result<()> {
        for gate in [Gate::First, Gate::Second] {
            check_gradients::<T>(device, &format!("halves, {gate:?}"), |xs| {
                Ok((xs.gated(&Silu, gate)?, Vec::new()))
            })?;
        }
        check_gradients::<T>(device, "two tensors", |xs| {
            let gate = Var::from_tensor(&tensor(&factors::<T>()[..48], &[3, 4, 4])?.to_device(xs.device())?)?;
            Ok((xs.times_activated(&gate, &Gelu)?, vec![gate]))
        })
    }
    let Some(device) = gpu("gates") else { return };
    for_all_types!(of, &device);
}

#[test]
fn training() -> Result<()> {
    let Some(device) = gpu("training") else { return Ok(()) };
    let [cpu, gpu] = [CPU, &device].map(|device| -> Result<(f32, f64)> {
        let swish = Learned::new(Swish { beta: 0.5 }, DType::F32, device)?;
        let xs = Tensor::from_slice(&inputs::<f32>()[20..], (40, 1), device)?;
        let target = xs.apply(&Layer(Swish { beta: 2.0 }))?;
        let mut optimiser = SGD::new(swish.vars()?, 0.1)?;
        let loss = || candle_nn::loss::mse(&xs.apply(&swish)?, &target);
        for _ in 0..50 {
            optimiser.backward_step(&loss()?)?;
        }
        Ok((loss()?.to_scalar()?, swish.activations()?[0].beta))
    });
    let (cpu, gpu) = (cpu?, gpu?);
    assert!((cpu.1 - gpu.1).abs() < 1e-4, "beta is {} and {}", cpu.1, gpu.1);
    assert!((cpu.0 - gpu.0).abs() < 1e-5, "losses are {} and {}", cpu.0, gpu.0);
    Ok(())
}

/// A function that may be known as a formula, and on a GPU only.
#[derive(Clone, Debug)]
struct Known(Option<Declared>);

impl Known {
    fn new(declaration: &str, fixed: &[(&str, f64)], learned: &[f64]) -> Self {
        let fixed = fixed.iter().map(|&(name, value)| (name.to_owned(), value)).collect();
        Known(Some(Declared { declaration: declaration.into(), fixed, learned: learned.to_vec() }))
    }
}

impl Pointwise for Known {
    fn name(&self) -> &'static str {
        "known"
    }

    fn evaluate_into<T: Scalar>(&self, _: Output, _: &[T], _: &mut [T]) {}

    fn backward_into<T: Scalar>(&self, _: &[T], _: &[T], _: &mut [T]) {}

    fn declared(&self) -> Option<Declared> {
        self.0.clone()
    }
}

#[test]
fn formulas_of_run_time() -> Result<()> {
    let Some(device) = gpu("formulas_of_run_time") else { return Ok(()) };
    let text = "Mine(x; k = 2, learn height = 5, unused = 3) = height * x / (1 + exp(-k * x)) + 0 * unused";
    let mine = Known::new(text, &[("k", 1.0)], &[1.0]);
    let xs = tensor(&inputs::<f32>(), &[12, 5])?;
    let gpu = xs.to_device(&device)?;
    assert_close::<f32>("a formula", &xs.activate(&Silu)?, &gpu.activate(&mine)?)?;
    assert_close::<f32>("its slope", &xs.apply(&Derivative(Silu))?, &gpu.apply(&Derivative(mine))?)
}

#[test]
fn mistakes() -> Result<()> {
    let Some(device) = gpu("mistakes") else { return Ok(()) };
    let says = |result: Result<Tensor>, what: &str| {
        let error = result.expect_err(what).to_string();
        assert!(error.contains(what), "{error}\nsays nothing of {what}");
    };
    let xs = tensor(&inputs::<f32>(), &[12, 5])?.to_device(&device)?;
    says(xs.activate(&Known(None)), "`known` has no formula");
    says(xs.activate(&Known::new("x * sigmod(x)", &[], &[])), "did you mean `sigmoid`?");
    says(xs.activate(&Known::new("F(x; learn k = 1) = k * x", &[], &[])), "has 1, and 0 values are declared");
    says(xs.activate(&Known::new("F(x; k = 1) = k * x", &[("l", 2.0)], &[])), "no parameter `l`");
    says(softmax(&xs), "`softmax` has no kernel for tensors on CUDA; move them to the CPU");
    says(xs.apply(&Monitored::new(Relu)), "`relu` has no kernel for tensors on CUDA; move them to the CPU");
    says(xs.activate(&LeakyRelu { slope: f64::NAN }), "slope");
    let ridge = Learned::new(Ridge { width: 100.0, ..Ridge::default() }, DType::F32, &device)?;
    says(xs.apply(&ridge), "between 0.7 and 10");
    says(Tensor::new(&[1_u32, 2], &device)?.activate(&Gelu), "`gelu` of a tensor of u32");
    Ok(())
}
