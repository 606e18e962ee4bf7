//! What happens at an edge: the limits from both sides, and what they say.

use crate::analysis::{Ends, Kink, KinkKind, Smoothness};
use crate::edges::Edges;
use crate::function::{Function, Side};
use activation_math::Output;

/// How far apart limits may be that are one: they come from series in `f64`.
const SAME: f64 = 1e-10;

fn is_same(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= SAME * a.abs().max(b.abs()).max(1.0)
}

/// All edges at which something changes.
pub(crate) fn kinks(function: Function<'_>, edges: &Edges) -> Vec<Kink> {
    let all = edges.points.iter().map(|&x| kink(function, x));
    all.filter(|kink| kink.kind != KinkKind::Join || !function.is_one_expression(kink.x)).collect()
}

fn kink(function: Function<'_>, x: f64) -> Kink {
    let kink = kink_between(function, x, [x, x]);
    // The edge itself may be no double: then one side has both limits at x, and the neighbours have one each.
    if kink.kind == KinkKind::Join { kink_between(function, x, [x.next_down(), x.next_up()]) } else { kink }
}

/// From the limits at two points, one from the left and one from the right, between which the edge lies.
fn kink_between(function: Function<'_>, x: f64, [left, right]: [f64; 2]) -> Kink {
    let limits = |output: Output| Ends {
        left: function.limit(output, left, Side::Left),
        right: function.limit(output, right, Side::Right),
    };
    let value = function.at(Output::Forward, x);
    let exists = |beside: f64| !function.at(Output::Forward, beside).is_nan();
    let mut kink = Kink {
        x,
        kind: KinkKind::Join,
        value,
        values: limits(Output::Forward),
        slopes: limits(Output::Derivative),
        curvatures: limits(Output::SecondDerivative),
    };
    for (side, beside) in [(Side::Left, x.next_down()), (Side::Right, x.next_up())] {
        if !exists(beside) {
            kink.forget(side);
        }
    }
    kink.kind = kink.what();
    kink
}

impl Kink {
    /// Where the function has no value on a side, no form of it has limits there.
    fn forget(&mut self, side: Side) {
        for ends in [&mut self.values, &mut self.slopes, &mut self.curvatures] {
            match side {
                Side::Left => ends.left = None,
                Side::Right => ends.right = None,
            }
        }
    }

    fn what(&self) -> KinkKind {
        let [left, right] = [self.values.left, self.values.right];
        if [left, right].iter().flatten().any(|limit| limit.is_infinite()) || self.value.is_infinite() {
            return KinkKind::Pole;
        }
        let (Some(left), Some(right)) = (left, right) else { return KinkKind::Edge };
        if self.value.is_nan() {
            return if is_same(left, right) { KinkKind::Edge } else { KinkKind::Jump };
        }
        if !is_same(left, right) || !is_same(left, self.value) {
            return KinkKind::Jump;
        }
        match self.slopes {
            Ends { left: Some(left), right: Some(right) } if left.is_finite() && is_same(left, right) => {}
            _ => return KinkKind::Kink,
        }
        match self.curvatures {
            Ends { left: Some(left), right: Some(right) } if left.is_finite() && is_same(left, right) => {
                KinkKind::Join
            }
            _ => KinkKind::Bend,
        }
    }

    /// Whether the function is continuous here.
    pub fn is_continuous(&self) -> bool {
        matches!(self.kind, KinkKind::Kink | KinkKind::Bend | KinkKind::Join)
    }
}

/// The class of a function with these edges.
pub(crate) fn smoothness(kinks: &[Kink]) -> Smoothness {
    let class = |kink: &Kink| match kink.kind {
        KinkKind::Pole | KinkKind::Jump => Smoothness::Discontinuous,
        // Within its domain nothing is wrong, but for a slope without bound.
        KinkKind::Edge => Smoothness::Smooth,
        KinkKind::Kink => Smoothness::C0,
        KinkKind::Bend => Smoothness::C1,
        KinkKind::Join => Smoothness::C2,
    };
    kinks.iter().map(class).min().unwrap_or(Smoothness::Smooth)
}
