//! Values and gradients have the bits of the scalar functions: for the whole catalogue, every type and every layout.

use crate::tensors::{assert_same, elements, factors, for_all_types, inputs, layouts, rounded, tensor, wide};
use activation_core::candle::{Activate, Derivative, Element, Layer};
use activation_core::catalogue::{Gelu, HardSwish, LeakyRelu};
use activation_core::gated::Gate;
use activation_core::{
    Activation, AnyActivation, Fast, Output, Pointwise, all, catalogue, define_activation,
};
use candle_core::{DType, Device, Result, Tensor, Var};

define_activation! {
    /// A user's own.
    pub Gate2(x; learn k = 1.5) = x * sigmoid(k * x);
}

#[test]
fn whole_catalogue() {
    for entry in all() {
        let activation = entry.activation();
        for_all_types!(check, &activation, &activation);
    }
}

#[test]
fn types_of_the_catalogue_and_of_users() {
    fn of<T: Element + std::fmt::Debug>(activation: impl Activation) -> Result<()> {
        check::<T>(&activation, &AnyActivation::new(activation))
    }
    for_all_types!(of, Gelu);
    for_all_types!(of, HardSwish);
    for_all_types!(of, LeakyRelu { slope: 0.3 });
    for_all_types!(of, Gate2 { k: -0.7 });
}

/// Through `activation` as through `scalar`, one number after the other.
fn check<T: Element + std::fmt::Debug>(activation: &impl Pointwise, scalar: &AnyActivation) -> Result<()> {
    let base = Var::from_tensor(&tensor(&inputs::<T>(), &[3, 4, 5])?)?;
    let factors = tensor(&factors::<T>(), &[3, 4, 5])?;
    for ((layout, xs), (_, factors)) in layouts(&base)?.into_iter().zip(layouts(&factors)?) {
        let what = format!("{scalar:?} of {:?}, {layout}", T::DTYPE);
        let x = elements::<T>(&xs)?;

        let ys = xs.activate(activation)?;
        assert_eq!((ys.dims(), ys.dtype()), (xs.dims(), xs.dtype()), "{what}");
        let expected: Vec<T> = x.iter().map(|&x| scalar.forward(x)).collect();
        assert_same(&elements::<T>(&ys)?, &expected, &what);

        // What comes back to the whole tensor is 0 where the layout does not reach.
        if xs.elem_count() > 0 {
            let by_base = (ys * &factors)?.sum_all()?.backward()?.get(&base).unwrap().clone();
            let (_, by_x) = layouts(&by_base)?.into_iter().find(|(name, _)| *name == layout).unwrap();
            let expected: Vec<T> = x
                .iter()
                .zip(elements::<T>(&factors)?)
                .map(|(&x, factor)| product(scalar, x, factor))
                .collect();
            // candle adds what comes back to 0; subnormal numbers of bf16 are lost in that, but for the last few of a tensor.
            let found = elements::<T>(&by_x)?;
            let is_lost = |(&found, &expected): (&T, &T)| {
                T::DTYPE == DType::BF16
                    && wide(found) == 0.0
                    && wide(expected).abs() < f64::from(f32::MIN_POSITIVE)
            };
            let expected: Vec<T> = found
                .iter()
                .zip(&expected)
                .map(|pair| if is_lost(pair) { *pair.0 } else { *pair.1 })
                .collect();
            assert_same(&found, &expected, &format!("gradient: {what}"));
        }
    }
    Ok(())
}

/// What `factor · f'(x)` is, rounded once.
fn product<T: Element>(scalar: &AnyActivation, x: T, factor: T) -> T {
    let slope =
        scalar.evaluate_unrounded(Output::Derivative, wide(x), <T as activation_core::Scalar>::PRECISION);
    rounded(slope * wide(factor))
}

#[test]
fn broadcast() {
    fn of<T: Element + std::fmt::Debug>() -> Result<()> {
        let row = Var::from_tensor(&tensor(&inputs::<T>(), &[60])?)?;
        let ys = row.broadcast_as((2, 60))?.activate(&Gelu)?;
        let expected: Vec<T> = elements::<T>(&row)?.iter().map(|&x| Gelu.forward(x)).collect();
        assert_same(&elements::<T>(&ys)?, &expected.repeat(2), "broadcast");
        let slope = ys.sum_all()?.backward()?.get(&row).unwrap().clone();
        let twice: Vec<T> =
            elements::<T>(&row)?.iter().map(|&x| rounded(2.0 * wide(Gelu.derivative(x)))).collect();
        assert_same(&elements::<T>(&slope)?, &twice, "gradient of broadcast");
        Ok(())
    }
    for_all_types!(of);
}

/// Parts that threads take, and what is left.
#[test]
fn large_tensors() -> Result<()> {
    let x: Vec<f32> = (0..300_001_i32).map(|index| index as f32 / 30_000.0 - 5.0).collect();
    let xs = Var::from_slice(&x, x.len(), &Device::Cpu)?;
    let [mut forward, mut backward] = [vec![0.0; x.len()], vec![0.0; x.len()]];
    Gelu.forward_with_derivative_into(&x, &mut forward, &mut backward);
    let ys = xs.activate(&Gelu)?;
    assert_same(&ys.to_vec1::<f32>()?, &forward, "forward");
    assert_same(&ys.sum_all()?.backward()?.get(&xs).unwrap().to_vec1::<f32>()?, &backward, "backward");
    Ok(())
}

/// The fast tier has its own bits for `f32`, and those of the accurate one for everything else.
#[test]
fn fast_tier() -> Result<()> {
    let x: Vec<f32> = (0..1000_i16).map(|index| f32::from(index) / 100.0 - 5.0).collect();
    let xs = Var::from_slice(&x, x.len(), &Device::Cpu)?;
    let [mut values, mut slopes] = [vec![0.0; 1000], vec![0.0; 1000]];
    Fast(Gelu).forward_with_derivative_into(&x, &mut values, &mut slopes);
    for ys in [xs.activate(&Fast(Gelu))?, xs.activate(&Fast(AnyActivation::new(Gelu)))?] {
        assert_same(&ys.to_vec1::<f32>()?, &values, "fast");
        let by_x = ys.sum_all()?.backward()?;
        assert_same(&by_x.get(&xs).unwrap().to_vec1::<f32>()?, &slopes, "fast backward");
    }
    assert_ne!(xs.activate(&Gelu)?.to_vec1::<f32>()?, values, "the tiers differ somewhere");
    for_all_types!(not_fast);
    Ok(())
}

fn not_fast<T: Element + std::fmt::Debug>() -> Result<()> {
    if T::DTYPE != DType::F32 {
        check::<T>(&Fast(Gelu), &AnyActivation::new(Gelu))?;
    }
    Ok(())
}

#[test]
fn derivatives_as_functions() -> Result<()> {
    let x = inputs::<f64>();
    let xs = Var::from_slice(&x, 60, &Device::Cpu)?;
    for entry in all() {
        let (activation, name) = (entry.activation(), entry.info().name);
        let slopes = xs.apply(&Derivative(activation.clone()))?;
        let expected: Vec<f64> = x.iter().map(|&x| activation.derivative(x)).collect();
        assert_same(&slopes.to_vec1::<f64>()?, &expected, name);
        let bends = slopes.sum_all()?.backward()?.get(&xs).unwrap().to_vec1::<f64>()?;
        let expected: Vec<f64> = x.iter().map(|&x| activation.second_derivative(x)).collect();
        assert_same(&bends, &expected, name);
    }
    Ok(())
}

#[test]
fn modules() -> Result<()> {
    use candle_core::Module;
    let xs = Tensor::new(&[[-1.0_f32, 2.0]], &Device::Cpu)?;
    let net =
        candle_nn::seq().add(Layer(catalogue::Relu)).add(Layer(activation_core::by_name("mish").unwrap()));
    let expected = [catalogue::Mish.forward(0.0_f32), catalogue::Mish.forward(2.0_f32)];
    assert_eq!(net.forward(&xs)?.to_vec2::<f32>()?, [expected]);
    assert_eq!(xs.apply_op1(Layer(Gelu))?.to_vec2::<f32>()?, [[-1.0_f32, 2.0].map(|x| Gelu.forward(x))]);
    Ok(())
}

/// Gated products against products of scalars, for both ways to ask for them and both halves.
#[test]
fn gated() {
    fn of<T: Element + std::fmt::Debug>() -> Result<()> {
        let (values, gates, factors) =
            (inputs::<T>(), inputs::<T>().into_iter().rev().collect::<Vec<T>>(), factors::<T>());
        let exact = |output, x: T| {
            catalogue::Silu.evaluate_unrounded(output, wide(x), <T as activation_core::Scalar>::PRECISION)
        };
        let forward: Vec<T> =
            values.iter().zip(&gates).map(|(&v, &g)| rounded(wide(v) * exact(Output::Forward, g))).collect();
        let by_value: Vec<T> =
            gates.iter().zip(&factors).map(|(&g, &d)| rounded(wide(d) * exact(Output::Forward, g))).collect();
        let by_gate: Vec<T> = values
            .iter()
            .zip(&gates)
            .zip(&factors)
            .map(|((&v, &g), &d)| rounded(exact(Output::Derivative, g) * (wide(d) * wide(v))))
            .collect();
        let [value, gate, factor] =
            [&values, &gates, &factors].map(|numbers| tensor(numbers, &[12, 5]).unwrap());
        let (value, gate) = (Var::from_tensor(&value)?, Var::from_tensor(&gate)?);

        let apart = value.times_activated(&gate, &catalogue::Silu)?;
        let halves =
            Tensor::cat(&[value.as_tensor(), gate.as_tensor()], 1)?.gated(&catalogue::Silu, Gate::Second)?;
        let swapped = activation_core::candle::swiglu(
            &Tensor::cat(&[gate.as_tensor(), value.as_tensor()], 1)?,
            Gate::First,
        )?;
        for (way, ys) in [("two tensors", apart), ("two halves", halves), ("the gate first", swapped)] {
            assert_same(&elements::<T>(&ys)?, &forward, way);
            let gradients = (ys * &factor)?.sum_all()?.backward()?;
            assert_same(&elements::<T>(gradients.get(&value).unwrap())?, &by_value, way);
            assert_same(&elements::<T>(gradients.get(&gate).unwrap())?, &by_gate, way);
        }
        Ok(())
    }
    for_all_types!(of);
}
