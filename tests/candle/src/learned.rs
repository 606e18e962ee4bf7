//! Parameters that are tensors: gradients against finite differences of `f64` and against scalars, channels, ranges.

use activation_core::candle::Learned;
use activation_core::catalogue::{Prelu, Swish};
use activation_core::{Activation, define_activation};
use candle_core::{DType, Device, Result, Tensor, Var};
use candle_nn::{Init, VarBuilder, VarMap};

define_activation! {
    /// Two learned parameters around one that is not.
    pub Bump(x; learn gate = 1, height = 0.5, learn width = 2 in 0.7..10) = {
        x * sigmoid(gate * x) + height * exp(-(x / width)^2)
    };
}

const CPU: &Device = &Device::Cpu;

fn inputs(count: usize) -> Vec<f64> {
    (0..count).map(|index| (index as f64 * 0.618_034).fract() * 6.0 - 3.0).collect()
}

/// Gradients by x and by every parameter.
fn assert_differences<A: Activation>(learned: &Learned<A>, dims: &[usize]) -> Result<()> {
    let xs = Var::from_tensor(&Tensor::new(inputs(dims.iter().product()), CPU)?.reshape(dims)?)?;
    let factors = Tensor::new(inputs(xs.elem_count()), CPU)?.affine(0.3, 1.1)?.reshape(dims)?;
    let loss = || -> Result<Tensor> { (xs.apply(learned)? * &factors)?.sum_all() };
    let gradients = loss()?.backward()?;
    for var in [vec![xs.clone()], learned.vars()?].concat() {
        let before = var.flatten_all()?.to_vec1::<f64>()?;
        let gradient = gradients.get(&var).unwrap();
        assert_eq!(gradient.dims(), var.dims());
        for (index, gradient) in gradient.flatten_all()?.to_vec1::<f64>()?.into_iter().enumerate() {
            let at = |step: f64| -> Result<f64> {
                let mut values = before.clone();
                values[index] += step;
                var.set(&Tensor::new(values, CPU)?.reshape(var.dims())?)?;
                loss()?.to_scalar::<f64>()
            };
            let difference = (at(1e-5)? - at(-1e-5)?) / 2e-5;
            let tolerance = 1e-8 * (1.0 + gradient.abs());
            assert!((gradient - difference).abs() < tolerance, "{index}: {gradient}, {difference}");
        }
        var.set(&Tensor::new(before, CPU)?.reshape(var.dims())?)?;
    }
    Ok(())
}

#[test]
fn finite_differences() -> Result<()> {
    assert_differences(&Learned::new(Swish { beta: 0.8 }, DType::F64, CPU)?, &[7, 5])?;
    assert_differences(&Learned::new(Bump::default(), DType::F64, CPU)?, &[7, 5])?;
    assert_differences(&Learned::per_channel(Prelu::default(), 5, DType::F64, CPU)?, &[7, 5])?;
    assert_differences(&Learned::per_channel(Bump::default(), 3, DType::F64, CPU)?, &[2, 3, 2, 2])?;
    assert_differences(&Learned::per_channel(Bump::default(), 4, DType::F64, CPU)?.on_axis(0), &[4, 3])?;
    // One parameter for all channels beside one for each.
    let mixed = Learned::with(Bump::default(), |name, start| {
        let shape: &[usize] = if name == "gate" { &[] } else { &[3] };
        Ok(Var::from_tensor(&Tensor::full(start, shape, CPU)?)?.into_inner())
    })?;
    assert_differences(&mixed, &[4, 3])
}

/// Values of every channel are those of the activation with its parameters; sums are rounded once, to the parameter's type.
#[test]
fn channels() -> Result<()> {
    let slopes = [0.1_f32, 0.2, -0.3];
    let learned = Learned::with(Prelu::default(), |_, _| Ok(Var::new(&slopes, CPU)?.into_inner()))?;
    let x = inputs(24);
    let xs = Tensor::new(x.clone(), CPU)?.reshape((2, 3, 4))?.to_dtype(DType::F16)?;
    let ys = xs.apply(&learned)?;
    assert_eq!(ys.dtype(), DType::F16);
    let xs_rounded = xs.flatten_all()?.to_vec1::<half::f16>()?;
    for (index, (y, x)) in ys.flatten_all()?.to_vec1::<half::f16>()?.into_iter().zip(&xs_rounded).enumerate()
    {
        let slope = f64::from(slopes[index / 4 % 3]);
        assert_eq!(y, Prelu { slope }.forward(*x), "{index}");
    }
    let gradient = ys.sum_all()?.backward()?.get(&learned.vars()?[0]).unwrap().to_vec1::<f32>()?;
    for (channel, gradient) in gradient.into_iter().enumerate() {
        let of_channel = xs_rounded.iter().enumerate().filter(|(index, _)| index / 4 % 3 == channel);
        let exact: f64 = of_channel.map(|(_, x)| x.to_f64().min(0.0)).sum();
        assert_eq!(gradient, exact as f32, "channel {channel}");
    }
    Ok(())
}

/// A long sum of f32 that plain summation in f32 would get wrong in the third digit.
#[test]
fn long_sums() -> Result<()> {
    let count = 1_u32 << 22;
    let learned = Learned::new(Prelu::default(), DType::F32, CPU)?;
    let xs = Tensor::full(-0.1_f32, count as usize, CPU)?;
    let by_slope = xs.apply(&learned)?.sum_all()?.backward()?;
    let gradient = by_slope.get(&learned.vars()?[0]).unwrap().to_scalar::<f32>()?;
    assert_eq!(gradient, (f64::from(-0.1_f32) * f64::from(count)) as f32);
    Ok(())
}

#[test]
fn parameters_of_a_var_map() -> Result<()> {
    let map = VarMap::new();
    let vb = VarBuilder::from_varmap(&map, DType::F32, CPU);
    let vb = vb.pp("swish");
    let swish =
        Learned::with(Swish { beta: 1.5 }, |name, start| vb.get_with_hints((), name, Init::Const(start)))?;
    assert!(map.data().lock().unwrap().contains_key("swish.beta"));
    assert_eq!(map.all_vars().len(), 1);
    let names: Vec<&str> = swish.parameters().map(|(name, _)| name).collect();
    assert_eq!(names, ["beta"]);

    map.all_vars()[0].set(&Tensor::new(0.25_f32, CPU)?)?;
    assert_eq!(swish.activations()?, [Swish { beta: 0.25 }]);
    let ys = Tensor::new(&[2.0_f32], CPU)?.apply(&swish)?;
    assert_eq!(ys.to_vec1::<f32>()?, [Swish { beta: 0.25 }.forward(2.0_f32)]);
    Ok(())
}

/// 0.7 in `f32` is a little less than 0.7: the end of a range is in the range in every type.
#[test]
fn ranges() -> Result<()> {
    for dtype in [DType::F16, DType::BF16, DType::F32, DType::F64] {
        let bump = Learned::new(Bump { width: 0.7, ..Bump::default() }, dtype, CPU)?;
        let xs = Tensor::new(&[0.5_f64, -1.0], CPU)?.to_dtype(dtype)?;
        xs.apply(&bump)?;
        assert_eq!(
            bump.activations()?[0].width,
            if dtype == DType::F64 { 0.7 } else { bump.activations()?[0].width.max(0.7) }
        );

        let width = &bump.vars()?[1];
        for (outside, end) in [(0.1, 0.7), (-3.0, 0.7), (11.0, 10.0)] {
            width.set(&Tensor::new(outside, CPU)?.to_dtype(dtype)?)?;
            let error = xs.apply(&bump).unwrap_err().to_string();
            assert!(error.contains("parameter `width` must lie between 0.7 and 10"), "{error}");
            assert!(error.contains("clamp"), "{error}");
            bump.clamp()?;
            assert!((bump.activations()?[0].width - end).abs() < 0.01);
            xs.apply(&bump)?;
        }
        width.set(&Tensor::new(f64::NAN, CPU)?.to_dtype(dtype)?)?;
        let error = xs.apply(&bump).unwrap_err().to_string();
        assert!(
            error.contains("`width` must be a finite number, not NaN; the training has diverged"),
            "{error}"
        );
    }
    Ok(())
}
