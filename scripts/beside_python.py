"""Times activations of PyTorch and JAX beside ours, on one thread, and prints a table in Markdown.

    python3 scripts/beside_python.py target/release/activation [avx2]

The interpreter needs `torch`, `jax` and `numpy`. Every function is measured in turn: PyTorch, into memory that is there; JAX,
compiled, into new memory as it always is; `activation bench`, a process of its own; and a copy beside each. Times are the best of
several blocks, as there. Functions of PyTorch with a prime are its backward ones, which multiply by a gradient, so ours are too. With `avx2` nobody uses better instructions than these.
"""

import json
import os
import subprocess
import sys
import time

COMMAND, LEVEL = sys.argv[1], sys.argv[2:]
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
if LEVEL:
    os.environ["XLA_FLAGS"] += f" --xla_cpu_max_isa={LEVEL[0].upper()}"
    os.environ["ATEN_CPU_CAPABILITY"] = LEVEL[0]

# What JAX divides among threads it divides all the same: these share one processor.
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp
import numpy as np
import torch

torch.set_num_threads(1)
COUNTS = [1 << 16, 1 << 20]
aten = torch.ops.aten


# Name, PyTorch into a result, JAX.
FORWARD = [
    ("relu", lambda x, to: torch.clamp_min(x, 0.0, out=to), jax.nn.relu),
    ("hard_swish", lambda x, to: aten.hardswish.out(x, out=to), jax.nn.hard_swish),
    ("sigmoid", lambda x, to: torch.sigmoid(x, out=to), jax.nn.sigmoid),
    ("tanh", lambda x, to: torch.tanh(x, out=to), jnp.tanh),
    ("silu", lambda x, to: aten.silu.out(x, out=to), jax.nn.silu),
    ("gelu", lambda x, to: aten.gelu.out(x, out=to), lambda x: jax.nn.gelu(x, approximate=False)),
    ("gelu_tanh", lambda x, to: aten.gelu.out(x, approximate="tanh", out=to), jax.nn.gelu),
    ("mish", lambda x, to: aten.mish.out(x, out=to), jax.nn.mish),
    ("softplus", lambda x, to: aten.softplus.out(x, out=to), jax.nn.softplus),
    ("elu", lambda x, to: aten.elu.out(x, out=to), jax.nn.elu),
]
BACKWARD = [
    ("gelu", lambda g, x: aten.gelu_backward(g, x), FORWARD[5][2]),
    ("mish", lambda g, x: aten.mish_backward(g, x), jax.nn.mish),
    ("silu", lambda g, x: aten.silu_backward(g, x), jax.nn.silu),
]


def best(run, count):
    """Nanoseconds an element, of the best of several blocks of about two milliseconds."""
    run()
    start = time.perf_counter()
    run()
    repeats = max(1, int(2e-3 / max(time.perf_counter() - start, 1e-7)))
    blocks = []
    for _ in range(40):
        start = time.perf_counter()
        for _ in range(repeats):
            run()
        blocks.append((time.perf_counter() - start) / repeats)
    return min(blocks) * 1e9 / count


def ours(name, kernel, count):
    """Times of both tiers, and of a copy."""
    found = []
    for tier in ("accurate", "fast"):
        arguments = [COMMAND, "bench", name, "--n", str(count), "--tier", tier, "--format", "json"]
        arguments += ["--level", *LEVEL] if LEVEL else []
        rows = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
        row = next(row for row in rows if row["kernel"] == kernel)
        found.append(row["ns_per_element"])
    return found, row["memcpy_ns_per_element"]


def line(name, kernel, torch_run, jax_run, count):
    theirs = best(torch_run, count), best(jax_run, count)
    (accurate, fast), copy = ours(name, kernel, count)
    label = name if kernel == "forward" else f"{name}, backward"
    cells = [f"{value:.3f}" for value in theirs]
    mine = [f"{value:.3f} ({value / theirs[0]:.2f}, {value / theirs[1]:.2f})" for value in (accurate, fast)]
    print(f"| {label} | {count} | " + " | ".join(cells + mine + [f"{copy:.3f}"]) + " |", flush=True)


def main():
    with_level = f", {LEVEL[0].upper()}" if LEVEL else ""
    print(f"PyTorch {torch.__version__.split('+')[0]} and JAX {jax.__version__}, by `scripts/beside_python.py`: one thread{with_level}, elements of "
          "`f32` between -5 and 5. In brackets how many times as\nlong ours takes as PyTorch, and as JAX: below 1 ours is faster.\n")
    print("| function | elements | PyTorch | JAX | accurate | fast | memcpy |\n|---|---:|---:|---:|---:|---:|---:|")
    for count in COUNTS:
        numbers = np.random.default_rng(1).uniform(-5, 5, count).astype(np.float32)
        x, to, gradient = torch.from_numpy(numbers), torch.empty(count), torch.ones(count)
        y, ones = jnp.asarray(numbers), jnp.ones(count, jnp.float32)
        for name, by_torch, by_jax in FORWARD:
            compiled = jax.jit(by_jax)
            line(name, "forward", lambda: by_torch(x, to), lambda: compiled(y).block_until_ready(), count)
        for name, by_torch, by_jax in BACKWARD:
            compiled = jax.jit(lambda x, g, f=by_jax: jax.vjp(f, x)[1](g)[0])
            line(name, "backward", lambda: by_torch(gradient, x), lambda: compiled(y, ones).block_until_ready(), count)


main()
