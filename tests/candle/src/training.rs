//! Networks that are trained: with an activation of one's own on real measurements, and against finite differences.

use activation_core::candle::{Activate, Layer, Learned};
use activation_core::catalogue::{Gelu, Mish, Prelu};
use activation_core::define_activation;
use candle_core::{D, DType, Device, Module, Result, Tensor, Var};
use candle_nn::{AdamW, Init, Optimizer, ParamsAdamW, VarBuilder, VarMap, linear, seq};

define_activation! { pub Gated(x; learn k = 1.5) = x * sigmoid(k * x); }

const CPU: &Device = &Device::Cpu;
const IRIS: &str = include_str!("../../../examples/iris.csv");

/// Measurements, each with mean 0 and deviation 1, `[150, 4]`, and the species, `[150]`.
fn iris() -> Result<(Tensor, Tensor)> {
    let rows: Vec<Vec<&str>> = IRIS.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let numbers: Vec<f32> =
        rows.iter().flat_map(|row| row[..4].iter().map(|number| number.parse().unwrap())).collect();
    let species = ["setosa", "versicolor", "virginica"];
    let classes: Vec<u32> =
        rows.iter().map(|row| species.iter().position(|name| *name == row[4]).unwrap() as u32).collect();
    let xs = Tensor::from_vec(numbers, (rows.len(), 4), CPU)?;
    let xs = xs.broadcast_sub(&xs.mean_keepdim(0)?)?;
    let xs = xs.broadcast_div(&xs.sqr()?.mean_keepdim(0)?.sqrt()?)?;
    Ok((xs, Tensor::new(classes, CPU)?))
}

/// Weights that are the same in every run, as candle's generator on the CPU has no seed.
fn settle(map: &VarMap) -> Result<()> {
    let vars = map.data().lock().unwrap();
    let mut names: Vec<&String> = vars.keys().filter(|name| name.contains("weight")).collect();
    names.sort();
    for (at, name) in names.into_iter().enumerate() {
        let (var, width) = (&vars[name], vars[name].dim(1)? as f64);
        let weight = |index: usize| ((index + 31 * at + 1) as f64 * 0.618_033_988_7).fract() * 2.0 - 1.0;
        let weights: Vec<f64> = (0..var.elem_count()).map(|index| weight(index) / width.sqrt()).collect();
        var.set(&Tensor::new(weights, CPU)?.to_dtype(var.dtype())?.reshape(var.dims())?)?;
    }
    Ok(())
}

#[test]
fn own_activation_learns_iris() -> Result<()> {
    let (xs, species) = iris()?;
    let map = VarMap::new();
    let vb = VarBuilder::from_varmap(&map, DType::F32, CPU);
    let gated =
        Learned::with(Gated::default(), |name, start| vb.get_with_hints((), name, Init::Const(start)))?;
    let net = seq().add(linear(4, 8, vb.pp("in"))?).add(gated.clone()).add(linear(8, 3, vb.pp("out"))?);
    settle(&map)?;

    let mut optimiser = AdamW::new(map.all_vars(), ParamsAdamW { lr: 0.02, ..Default::default() })?;
    let loss = || candle_nn::loss::cross_entropy(&net.forward(&xs)?, &species);
    let before = loss()?.to_scalar::<f32>()?;
    for _ in 0..200 {
        optimiser.backward_step(&loss()?)?;
    }
    let after = loss()?.to_scalar::<f32>()?;
    let right = net.forward(&xs)?.argmax(D::Minus1)?.eq(&species)?.to_dtype(DType::F32)?.sum_all()?;
    let right = right.to_scalar::<f32>()?;
    let k = gated.activations()?[0].k;
    assert!(after < before / 5.0 && after < 0.1, "loss {before} to {after}");
    assert!(right >= 145.0, "{right} of 150");
    assert!((k - 1.5).abs() > 0.05, "k has not moved: {k}");
    Ok(())
}

/// Every weight, bias and parameter of a network of f64 against differences of its loss.
#[test]
fn whole_network_against_finite_differences() -> Result<()> {
    let (xs, species) = iris()?;
    let (xs, species) = (xs.to_dtype(DType::F64)?.narrow(0, 40, 20)?, species.narrow(0, 40, 20)?);
    let map = VarMap::new();
    let vb = VarBuilder::from_varmap(&map, DType::F64, CPU);
    let gated =
        Learned::with(Gated::default(), |name, start| vb.get_with_hints((), name, Init::Const(start)))?;
    let slopes =
        Learned::with(Prelu::default(), |name, start| vb.get_with_hints(5, name, Init::Const(start)))?;
    let net = seq()
        .add(linear(4, 6, vb.pp("a"))?)
        .add(gated)
        .add(linear(6, 5, vb.pp("b"))?)
        .add(slopes)
        .add(linear(5, 8, vb.pp("c"))?)
        .add(Layer(Mish))
        .add(|xs: &Tensor| activation_core::candle::geglu(xs, activation_core::gated::Gate::Second))
        .add(linear(4, 3, vb.pp("d"))?);
    settle(&map)?;
    let loss = || -> Result<Tensor> {
        let scores = activation_core::candle::log_softmax(&net.forward(&xs)?)?;
        scores.gather(&species.unsqueeze(1)?, 1)?.mean_all()?.neg()
    };
    let gradients = loss()?.backward()?;
    let mut compared = 0;
    for var in map.all_vars() {
        let before = var.flatten_all()?.to_vec1::<f64>()?;
        let gradient =
            gradients.get(&var).expect("every variable has a gradient").flatten_all()?.to_vec1::<f64>()?;
        for (index, gradient) in gradient.into_iter().enumerate() {
            let at = |step: f64| -> Result<f64> {
                let mut values = before.clone();
                values[index] += step;
                var.set(&Tensor::new(values, CPU)?.reshape(var.dims())?)?;
                loss()?.to_scalar::<f64>()
            };
            let difference = (at(1e-5)? - at(-1e-5)?) / 2e-5;
            assert!((gradient - difference).abs() < 1e-9 + 1e-7 * gradient.abs(), "{gradient}, {difference}");
            compared += 1;
        }
        var.set(&Tensor::new(before, CPU)?.reshape(var.dims())?)?;
    }
    assert_eq!(compared, 4 * 6 + 6 + 1 + 6 * 5 + 5 + 5 + 5 * 8 + 8 + 4 * 3 + 3);
    Ok(())
}

/// The way from a file of weights back to the same outputs.
#[test]
fn parameters_are_saved_and_loaded() -> Result<()> {
    let path = std::env::temp_dir().join(format!("activation-candle-{}.safetensors", std::process::id()));
    let build = |map: &VarMap| -> Result<Learned<Gated>> {
        let vb = VarBuilder::from_varmap(map, DType::F32, CPU);
        Learned::with(Gated::default(), |name, start| vb.get_with_hints((), name, Init::Const(start)))
    };
    let (first, mut second) = (VarMap::new(), VarMap::new());
    let (saved, loaded) = (build(&first)?, build(&second)?);
    saved.vars()?[0].set(&Tensor::new(0.75_f32, CPU)?)?;
    first.save(&path)?;
    second.load(&path)?;
    std::fs::remove_file(&path)?;
    assert_eq!(loaded.activations()?, [Gated { k: 0.75 }]);
    Ok(())
}

/// A step with bf16 activations and f32 parameters.
#[test]
fn mixed_precision() -> Result<()> {
    let slopes = Learned::new(Prelu::default(), DType::F32, CPU)?;
    let weight = Var::from_tensor(&Tensor::new(&[[0.5_f32], [-1.5]], CPU)?.to_dtype(DType::BF16)?)?;
    let xs = Tensor::new(&[[1.0_f32, 2.0], [-1.0, 0.5]], CPU)?.to_dtype(DType::BF16)?;
    let loss = xs.matmul(&weight)?.apply(&slopes)?.activate(&Gelu)?.sum_all()?;
    let gradients = loss.backward()?;
    assert_eq!(gradients.get(&weight).unwrap().dtype(), DType::BF16);
    assert_eq!(gradients.get(&slopes.vars()?[0]).unwrap().dtype(), DType::F32);
    Ok(())
}
