//! Operations of this crate in burn's graphs: forward and backward on the CPU backend, and with gradients over it.

use super::learned;
use super::unary::Unary;
use crate::parametric::Parametric;
use crate::{Activation, Scalar};
use ::burn_core as burn;
use burn::backend::autodiff::NodeId;
use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::CheckpointStrategy};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::flex::FlexTensor;
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Flex, TensorMetadata, backend_extension};
use burn::tensor::TensorData;

/// What is added to burn's operations.
#[backend_extension(Autodiff, Flex)]
pub(super) trait Operations: Backend {
    fn unary<O: Unary>(x: FloatTensor<Self>, operation: O) -> FloatTensor<Self>;

    /// `parameters` are those that are learned, `[parameters, channels]`.
    fn learned<A: Activation>(
        x: FloatTensor<Self>,
        parameters: FloatTensor<Self>,
        operation: Parametric<A>,
    ) -> FloatTensor<Self>;
}

/// `$body` with `$element` the type of the elements.
macro_rules! with_element {
    ($tensor:expr, |$element:ident| $body:expr) => {
        match $tensor.dtype() {
            burn::tensor::DType::F32 => {
                type $element = f32;
                $body
            }
            burn::tensor::DType::F64 => {
                type $element = f64;
                $body
            }
            burn::tensor::DType::F16 => {
                type $element = half::f16;
                $body
            }
            burn::tensor::DType::BF16 => {
                type $element = half::bf16;
                $body
            }
            other => panic!("activations take tensors of f32, f64, f16 and bf16, and not of {other:?}; convert it with `cast`"),
        }
    };
}

/// The elements in the order of the shape: where they are if they lie in a row, copied otherwise.
macro_rules! with_elements {
    (|$element:ident| ($($slice:ident = $tensor:expr),*) $body:expr) => {{
        let tensors = ($($tensor.to_contiguous(),)*);
        with_element!(tensors.0, |$element| {
            let ($($slice,)*) = &tensors;
            $(let $slice = $slice.as_slice::<$element>().expect("tensors of one operation have one type, and lie in a row now");)*
            $body
        })
    }};
}

fn tensor<T: burn::tensor::Element>(elements: Vec<T>, shape: &[usize]) -> FlexTensor {
    FlexTensor::from_data(TensorData::new(elements, shape))
}

fn dims(tensor: &FlexTensor) -> Vec<usize> {
    tensor.shape().to_vec()
}

impl Operations for Flex {
    fn unary<O: Unary>(x: FlexTensor, operation: O) -> FlexTensor {
        let dims = dims(&x);
        let output = operation.shape(&dims);
        with_elements!(|T| (x = x) {
            let mut y = vec![T::default(); output.iter().product()];
            operation.forward(&dims, x, &mut y);
            tensor(y, &output)
        })
    }

    fn learned<A: Activation>(x: FlexTensor, parameters: FlexTensor, operation: Parametric<A>) -> FlexTensor {
        let (dims, activations) = (dims(&x), activations(&operation, &parameters));
        with_elements!(|T| (x = x) {
            let mut y = vec![T::default(); x.len()];
            operation.forward(&activations, &dims, x, &mut y);
            tensor(y, &dims)
        })
    }
}

fn activations<A: Activation>(operation: &Parametric<A>, parameters: &FlexTensor) -> Vec<A> {
    with_elements!(|T| (values = parameters) {
        learned::activations(operation, &values.iter().map(|value| value.to_f64()).collect::<Vec<f64>>())
    })
}

/// The way back through a [`Unary`] operation.
#[derive(Debug)]
struct UnaryBackward<O>(O);

impl<O: Unary> Backward<Flex, 1> for UnaryBackward<O> {
    /// The input, and the output if it is needed.
    type State = (NodeId, Option<FlexTensor>);

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, checkpointer: &mut Checkpointer) {
        let (x, y) = ops.state;
        let x: FlexTensor = checkpointer.retrieve_node_output(x);
        let y = y.unwrap_or_else(|| x.clone());
        unary::<Flex, _>(ops.parents, ops.node, grads, |grad| {
            let dims = dims(&x);
            with_elements!(|T| (x = x, y = y, grad = grad) {
                let mut to = vec![T::default(); x.len()];
                self.0.backward(&dims, (x, y), grad, &mut to);
                tensor(to, &dims)
            })
        });
    }
}

/// The way back to the input and to the learned parameters.
#[derive(Debug)]
struct LearnedBackward<A>(Parametric<A>);

impl<A: Activation> Backward<Flex, 2> for LearnedBackward<A> {
    type State = (NodeId, NodeId);

    fn backward(self, ops: Ops<Self::State, 2>, grads: &mut Gradients, checkpointer: &mut Checkpointer) {
        let (operation, (x, parameters)) = (self.0, ops.state);
        let x: FlexTensor = checkpointer.retrieve_node_output(x);
        let parameters: FlexTensor = checkpointer.retrieve_node_output(parameters);
        let grad = grads.consume::<Flex>(&ops.node);
        let (dims_of_x, activations) = (dims(&x), activations(&operation, &parameters));
        let [by_x, by_parameters] = ops.parents;
        if let Some(node) = by_x {
            let gradient = with_elements!(|T| (x = x, grad = grad) {
                let mut to = vec![T::default(); x.len()];
                operation.backward(&activations, &dims_of_x, x, grad, &mut to);
                tensor(to, &dims_of_x)
            });
            grads.register::<Flex>(node.id, gradient);
        }
        if let Some(node) = by_parameters {
            let gradients = with_elements!(|T| (x = x, grad = grad) {
                operation.parameter_gradients(&activations, &dims_of_x, x, grad)
            });
            let gradient = with_element!(parameters, |P| {
                let rounded: Vec<P> = gradients.into_iter().map(<P as Scalar>::from_f64).collect();
                tensor(rounded, &dims(&parameters))
            });
            grads.register::<Flex>(node.id, gradient);
        }
    }
}

impl<C: CheckpointStrategy> Operations for Autodiff<Flex, C> {
    fn unary<O: Unary>(x: FloatTensor<Self>, operation: O) -> FloatTensor<Self> {
        let prepared = UnaryBackward(operation.clone()).prepare::<C>([x.node()]).compute_bound().stateful();
        match prepared {
            OpsKind::Tracked(mut prepared) => {
                let input = prepared.checkpoint(&x);
                let y = Flex::unary(x.into_primitive(), operation);
                let output = O::NEEDS_OUTPUT.then(|| y.clone());
                prepared.finish((input, output), y)
            }
            OpsKind::UnTracked(prepared) => prepared.finish(Flex::unary(x.into_primitive(), operation)),
        }
    }

    fn learned<A: Activation>(
        x: FloatTensor<Self>,
        parameters: FloatTensor<Self>,
        operation: Parametric<A>,
    ) -> FloatTensor<Self> {
        let nodes = [x.node(), parameters.node()];
        match LearnedBackward(operation).prepare::<C>(nodes).compute_bound().stateful() {
            OpsKind::Tracked(mut prepared) => {
                let state = (prepared.checkpoint(&x), prepared.checkpoint(&parameters));
                let y = Flex::learned(x.into_primitive(), parameters.into_primitive(), operation);
                prepared.finish(state, y)
            }
            OpsKind::UnTracked(prepared) => {
                prepared.finish(Flex::learned(x.into_primitive(), parameters.into_primitive(), operation))
            }
        }
    }
}
