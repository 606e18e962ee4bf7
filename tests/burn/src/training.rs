//! Networks with activations of one's own: they train, their gradients are slopes, their parameters are saved.

use activation_core::burn::{Layer, Learned};
use activation_core::catalogue::{Prelu, Swish};
use activation_core::define_activation;
use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::optim::{AdamConfig, GradientsParams, SgdConfig};
use burn::store::ModuleRecord;
use burn::tensor::{DType, Device, Tensor, TensorData};

define_activation! {
    /// A sigmoid gate with a learned steepness, over a learned bump.
    pub GatedBump(x; learn gate = 1, learn width = 2 in 0.5..10) = x * sigmoid(gate * x) + exp(-(x / width)^2);
    /// Without parameters.
    pub Ripple(x) = x + sin(x)^2;
}

#[derive(Module, Debug)]
struct Model {
    first: Linear,
    bump: Learned<GatedBump>,
    second: Linear,
    ripple: Layer<Ripple>,
    last: Linear,
}

impl Model {
    fn new(device: &Device) -> Self {
        device.seed(7);
        Model {
            first: LinearConfig::new(2, 8).init(device),
            bump: Learned::new(GatedBump::default(), device),
            second: LinearConfig::new(8, 4).init(device),
            ripple: Layer(Ripple),
            last: LinearConfig::new(4, 1).init(device),
        }
    }

    fn loss(&self, x: Tensor<2>, target: Tensor<2>) -> Tensor<1> {
        let hidden = self.bump.forward(self.first.forward(x));
        let y = self.last.forward(self.ripple.forward(self.second.forward(hidden)));
        (y - target).square().mean()
    }
}

/// Points of a grid, and a function that no line is near.
fn grid(device: &Device) -> (Tensor<2>, Tensor<2>) {
    let points: Vec<[f32; 2]> =
        (0..64).map(|at| [(at % 8) as f32 / 2.0 - 1.75, (at / 8) as f32 / 2.0 - 1.75]).collect();
    let targets: Vec<[f32; 1]> = points.iter().map(|[a, b]| [(a * b).sin() + 0.5 * a]).collect();
    let tensor =
        |numbers: Vec<f32>, width: usize| Tensor::from_data(TensorData::new(numbers, [64, width]), device);
    (tensor(points.concat(), 2), tensor(targets.concat(), 1))
}

fn number(tensor: Tensor<1>) -> f64 {
    tensor.into_data().iter::<f64>().next().expect("one element")
}

/// From a new crate's point of view: a formula, a field, a call.
#[test]
fn a_custom_activation_trains_with_its_network() {
    let device = Device::flex().autodiff();
    let (x, target) = grid(&device);
    let mut model = Model::new(&device);
    let before = number(model.loss(x.clone(), target.clone()));
    let mut optimiser = AdamConfig::new().init();
    for _ in 0..300 {
        let gradients = model.loss(x.clone(), target.clone()).backward();
        let gradients = GradientsParams::from_grads(gradients, &model);
        model = optimiser.step(0.02, model, gradients);
        model.bump = model.bump.clamped();
    }
    let after = number(model.loss(x, target));
    assert!(after < before / 20.0, "the loss went from {before} to {after}");
    let [bump] = model.bump.activations()[..] else { panic!("one for all channels") };
    assert!((bump.gate - 1.0).abs() > 1e-3 && (bump.width - 2.0).abs() > 1e-3, "{bump:?} has not moved");
}

/// A slope that is known is found again.
#[test]
fn a_learned_slope_is_found() {
    let device = Device::flex().autodiff();
    let x = Tensor::<2>::from_floats([[-4.0, -2.0, -1.0], [1.0, -3.0, 2.0]], &device);
    let target = Layer(Prelu { slope: 0.7 }).forward(x.clone());
    let mut model = Learned::new(Prelu::default(), &device);
    let mut optimiser = SgdConfig::new().init();
    for _ in 0..100 {
        let loss = (model.forward(x.clone()) - target.clone()).square().mean();
        let gradients = GradientsParams::from_grads(loss.backward(), &model);
        model = optimiser.step(0.05, model, gradients);
    }
    let found = model.activations()[0].slope;
    assert!((found - 0.7).abs() < 1e-5, "{found}");
}

/// Through bytes and through a file; parameters are named after the field.
#[test]
fn learned_parameters_are_in_records() {
    let device = Device::flex().autodiff();
    let mut model = Model::new(&device);
    model.bump = Learned::new(GatedBump { gate: 1.25, width: 0.75 }, &device);
    let (x, target) = grid(&device);
    let loss = number(model.loss(x.clone(), target.clone()));
    let bytes = model.clone().into_record().into_bytes().expect("a record is bytes");
    let other = Model::new(&device);
    assert_eq!(other.bump.activations(), [GatedBump::default()]);
    let other = other.load_record(ModuleRecord::from_bytes(bytes).expect("bytes are a record"));
    assert_eq!(other.bump.activations(), [GatedBump { gate: 1.25, width: 0.75 }]);
    assert_eq!(number(other.loss(x.clone(), target.clone())), loss);

    let path = std::env::temp_dir().join(format!("activation-burn-{}.bpk", std::process::id()));
    model.save_file(&path).expect("it can be written");
    let read = Model::new(&device).load_file(&path);
    // Files are read when their tensors are.
    assert_eq!(number(read.loss(x, target)), loss);
    std::fs::remove_file(&path).expect("it was there");
    assert_eq!(read.num_params(), (2 * 8 + 8) + 2 + (8 * 4 + 4) + (4 + 1));

    let slopes = Learned::per_channel(Prelu::default(), 3, &device);
    let wider = Learned::per_channel(Prelu::default(), 4, &device);
    assert!(slopes.try_load_record(wider.into_record()).is_err());
}

/// Every gradient of a small network in `f64`, by weights and by learned parameters, is the slope of its loss.
#[test]
fn finite_differences_of_a_network() {
    let device = Device::flex().autodiff();
    let numbers =
        |count: usize, step: f64| -> Vec<f64> { (0..count).map(|at| (at as f64 * step).sin()).collect() };
    let tensor = |numbers: &[f64], shape: [usize; 2]| {
        Tensor::<2>::from_data(TensorData::new(numbers.to_vec(), shape), (&device, DType::F64))
    };
    let x = tensor(&numbers(10, 1.7), [5, 2]);
    // Two layers and two parameters that are learned, all in one list.
    let start = [numbers(6, 2.3), numbers(3, 0.9), vec![1.5, 0.25]].concat();
    let loss = |numbers: &[f64]| {
        let (first, last) =
            (tensor(&numbers[..6], [2, 3]).require_grad(), tensor(&numbers[6..9], [3, 1]).require_grad());
        let learned =
            |value: f64| Tensor::<1>::from_data(TensorData::new(vec![value], [1]), (&device, DType::F64));
        let mut swish = Learned::new(Swish::default(), &device);
        let mut prelu = Learned::new(Prelu::default(), &device);
        swish.parameters[0] = burn::module::Param::from_tensor(learned(numbers[9]));
        prelu.parameters[0] = burn::module::Param::from_tensor(learned(numbers[10]));
        let hidden = swish.forward(x.clone().matmul(first.clone()));
        let y = prelu.forward(hidden.matmul(last.clone()));
        ((y.clone() * y).sum(), first, last, [swish.parameters[0].val(), prelu.parameters[0].val()])
    };
    let (value, first, last, learned) = loss(&start);
    let gradients = value.backward();
    let flat = |data: TensorData| data.iter::<f64>().collect::<Vec<f64>>();
    let mut found = flat(first.grad(&gradients).expect("it takes part").into_data());
    found.extend(flat(last.grad(&gradients).expect("it takes part").into_data()));
    for parameter in &learned {
        found.extend(flat(parameter.grad(&gradients).expect("it takes part").into_data()));
    }
    assert_eq!(found.len(), start.len());
    for (at, &found) in found.iter().enumerate() {
        let at_step = |step: f64| {
            let mut moved = start.clone();
            moved[at] += step;
            number(loss(&moved).0)
        };
        let slope = |step: f64| (at_step(step) - at_step(-step)) / (2.0 * step);
        // Of the fourth order.
        let expected = (4.0 * slope(1e-4) - slope(2e-4)) / 3.0;
        assert!((found - expected).abs() <= 1e-9 * (1.0 + expected.abs()), "{at}: {found} is not {expected}");
    }
}

/// A parameter that has left its range is a mistake that says what to do.
#[test]
#[should_panic(
    expected = "parameter `width` must lie between 0.5 and 10, not be 0.25; `Learned::clamped` after every step"
)]
fn parameters_outside_their_range() {
    let device = Device::flex();
    let mut bump = Learned::new(GatedBump::default(), &device);
    bump.parameters[1] = burn::module::Param::from_tensor(Tensor::from_floats([0.25], &device));
    assert_eq!(bump.clone().clamped().activations()[0].width, 0.5);
    let _ = bump.forward(Tensor::<1>::zeros([3], &device));
}

#[test]
fn modules_say_what_they_are() {
    let model = Model::new(&Device::flex());
    let shown = model.to_string();
    assert!(shown.contains("Ripple"), "{shown}");
    assert!(format!("{:?}", model.bump).contains("GatedBump"));
}
