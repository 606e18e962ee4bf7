//! A program as the body of a generic function.

use crate::program::{Program, Slot, Step};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

/// The statements and the value(s) of a program over `R: Real`, with the user's own names for variable and parameters.
pub(super) fn body(program: &Program, variable: &Ident, parameters: &[&Ident]) -> TokenStream {
    let mut uses = vec![0_usize; program.steps.len()];
    for step in &program.steps {
        step.reads().into_iter().for_each(|slot| uses[slot] += 1);
    }
    program.outputs.iter().for_each(|&slot| uses[slot] += 1);

    let variable = &super::local(variable);
    let mut writer = Writer { program, variable, parameters, names: vec![None; program.steps.len()] };
    let mut statements = TokenStream::new();
    for (index, &parameter) in parameters.iter().enumerate() {
        if program.steps.contains(&Step::Parameter(index)) {
            let local = super::local(parameter);
            statements.extend(quote!(let #local = #variable.literal(self.#parameter);));
        }
    }
    let mut count = 0;
    for (slot, step) in program.steps.iter().enumerate() {
        let leaf = matches!(step, Step::Variable | Step::Parameter(_) | Step::Number(_));
        if uses[slot] > 1 && !leaf {
            let value = writer.expression(slot).tokens;
            // Mixed-site: a parameter of the same name is another one.
            let name = Ident::new(&format!("t{count}"), Span::mixed_site());
            statements.extend(quote!(let #name = #value;));
            writer.names[slot] = Some(name);
            count += 1;
        }
    }
    let outputs: Vec<TokenStream> =
        program.outputs.iter().map(|&slot| writer.expression(slot).tokens).collect();
    match outputs.as_slice() {
        [single] => quote!(#statements #single),
        several => quote!(#statements (#(#several),*)),
    }
}

struct Writer<'a> {
    program: &'a Program,
    variable: &'a Ident,
    parameters: &'a [&'a Ident],
    names: Vec<Option<Ident>>,
}

/// How tightly an emitted expression binds, as Rust sees it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Negation,
    Method,
}

struct Piece {
    tokens: TokenStream,
    strength: Strength,
}

impl Piece {
    fn new(tokens: TokenStream, strength: Strength) -> Self {
        Piece { tokens, strength }
    }

    fn within(self, at_least: Strength) -> TokenStream {
        let tokens = self.tokens;
        if self.strength < at_least { quote!((#tokens)) } else { tokens }
    }
}

impl Writer<'_> {
    /// `a` or `b`: `b` where the `order` is that of size. Of x and a number, one comparison chooses x where it is NaN.
    fn extreme(&self, a: Slot, b: Slot, method: &str, order: [Slot; 2]) -> Piece {
        let step = |slot: Slot| self.program.steps[slot];
        let first = self.expression(a);
        let second = self.expression(b).tokens;
        let [less, more] = order.map(|slot| self.expression(slot));
        let tokens = match (step(a), step(b)) {
            (Step::Variable, Step::Number(_)) => {
                let (first, less, more) = (first.tokens, less.within(Strength::Method), more.tokens);
                quote!(R::select(#less.less(#more), #second, #first))
            }
            (Step::Number(_), Step::Variable) => {
                let (first, more, less) = (first.tokens, more.within(Strength::Method), less.tokens);
                quote!(R::select(#more.less_equal(#less), #first, #second))
            }
            _ => {
                let (first, name) = (first.within(Strength::Method), format_ident!("{}", method));
                quote!(#first.#name(#second))
            }
        };
        Piece::new(tokens, Strength::Method)
    }

    fn expression(&self, slot: Slot) -> Piece {
        if let Some(name) = &self.names[slot] {
            return Piece::new(quote!(#name), Strength::Method);
        }
        let variable = self.variable;
        let binary = |a: Slot, symbol: TokenStream, b: Slot, own: Strength, right: Strength| {
            let (a, b) = (self.expression(a).within(own), self.expression(b).within(right));
            Piece::new(quote!(#a #symbol #b), own)
        };
        let method = |a: Slot, call: TokenStream| {
            let a = self.expression(a).within(Strength::Method);
            Piece::new(quote!(#a.#call), Strength::Method)
        };
        match self.program.steps[slot] {
            Step::Variable => Piece::new(quote!(#variable), Strength::Method),
            Step::Parameter(index) => {
                let parameter = self.parameters.get(index).map(|parameter| super::local(parameter));
                Piece::new(quote!(#parameter), Strength::Method)
            }
            Step::Number(number) => {
                let tokens = match number.parts() {
                    None => {
                        let value = super::number(number.value);
                        quote!(#variable.literal(#value))
                    }
                    Some(parts) => {
                        let parts = parts.map(super::number);
                        quote!(#variable.constant([#(#parts),*]))
                    }
                };
                Piece::new(tokens, Strength::Method)
            }
            Step::Negate(a) => {
                let a = self.expression(a).within(Strength::Negation);
                Piece::new(quote!(-#a), Strength::Negation)
            }
            Step::Add(a, b) => binary(a, quote!(+), b, Strength::Sum, Strength::Product),
            Step::Subtract(a, b) => binary(a, quote!(-), b, Strength::Sum, Strength::Product),
            Step::Multiply(a, b) => binary(a, quote!(*), b, Strength::Product, Strength::Negation),
            Step::Divide(a, b) => binary(a, quote!(/), b, Strength::Product, Strength::Negation),
            Step::Whole(a, exponent) => {
                let exponent = Literal::i32_unsuffixed(exponent);
                method(a, quote!(powi(#exponent)))
            }
            Step::Sqrt(a) => method(a, quote!(sqrt())),
            Step::Power(a, b) => {
                let b = self.expression(b).tokens;
                method(a, quote!(pow(#b)))
            }
            Step::Call(function, a) => {
                let name = format_ident!("{}", function.row().method);
                method(a, quote!(#name()))
            }
            Step::Min(a, b) => self.extreme(a, b, "min", [b, a]),
            Step::Max(a, b) => self.extreme(a, b, "max", [a, b]),
            Step::Select(choice) => {
                let left = self.expression(choice.left);
                let [right, then, otherwise] =
                    [choice.right, choice.then, choice.otherwise].map(|slot| self.expression(slot).tokens);
                let tokens = if choice.guarded {
                    let left = left.tokens;
                    let name = format_ident!("{}", if choice.or_equal { "if_less_equal" } else { "if_less" });
                    quote!(R::#name(#left, #right, #then, #otherwise))
                } else {
                    let left = left.within(Strength::Method);
                    let name = format_ident!("{}", if choice.or_equal { "less_equal" } else { "less" });
                    quote!(R::select(#left.#name(#right), #then, #otherwise))
                };
                Piece::new(tokens, Strength::Method)
            }
        }
    }
}
