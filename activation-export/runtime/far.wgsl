fn P_is_nan(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u;
}

fn P_is_finite(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

// From the values at an edge and at its double: what grows or falls like a power goes on to do so, what falls much faster is 0;
// `direct` is for the rest.
fn P_far(x: f32, edge: f32, a: f32, b: f32, direct: f32) -> f32 {
    if !P_is_finite(a) || a == 0.0f {
        return a;
    }
    if b == 0.0f {
        return 0.0f * a;
    }
    let ratio = abs(b / a);
    let twice = floor(2.0f * log2(ratio) + 0.5f);
    if abs(ratio / exp2(0.5f * twice) - 1.0f) > 1e-4f {
        return select(direct, 0.0f * a, P_is_nan(direct) && ratio < 1e-6f);
    }
    if twice == 0.0f {
        return a;
    }
    if !P_is_finite(x) {
        return select(select(abs(x), -abs(x), a < 0.0f), 0.0f * a, twice < 0.0f);
    }
    return a * pow(abs(x) / edge, 0.5f * twice);
}
