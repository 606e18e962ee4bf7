#!/usr/bin/env python3
"""Holds what `activation export` writes against a corpus of exact values, target by target.

    activation corpus --output corpus --points 60
    scripts/check_exports.py --activation target/release/activation --corpus corpus --folder exports c rust-plain python onnx

Writes the exports of every activation of the corpus into FOLDER (or takes those that are there, with --keep), compiles or
imports them, and prints the largest error of f, f', f'' and the derivatives by learned parameters: in units in the last
place (ULP) of float64, and of float32 for what computes in that. A target whose tool is missing is skipped, loudly. What
fails in one activation is told, and the others go on. Ends with 1 if a target is beyond its bound. A row for EXPORTS.md stands
below every target.

JAX functions are compiled as users have them compiled, and XLA takes about half an hour for the catalogue; jax-eager are not.
With --gradients, PyTorch's gradcheck and gradgradcheck are run beside, and JAX's check_grads.
"""

import argparse
import ctypes
import importlib.util
import json
import pathlib
import shutil
import subprocess
import sys
import time

import numpy as np

# The largest error that each target may have: in ULP of the type, and beside that an absolute one. Beside a root, and where
# a result is subnormal, plain arithmetic has few digits: there the absolute bound counts, times 1 or the value's size. In
# pairs of doubles only results at the very end of the range, below 1e-300, are off by more: by 1e-319 at most.
# Sines of numbers beyond 2^24 are what a framework makes of them, in plain arithmetic; see OSCILLATING.
BOUNDS = {
    "c": ("float64", 2.0, 1e-319),
    "c-f32": ("float32", 1.0, 0.0),
    "rust-plain": ("float64", 2.0, 1e-319),
    "rust-plain-f32": ("float32", 1.0, 0.0),
    "python": ("float64", 2.0, 1e-319),
    "pytorch": ("float64", 2.0, 1e-319),
    "jax": ("float64", 2.0, 1e-319),
    "jax-eager": ("float64", 2.0, 1e-319),
    "jax-f32": ("float32", 8.0, 1e-5),
    "onnx": ("float32", 8.0, 1e-5),
    "onnx-f64": ("float64", 8.0, 1e-6),
    "wgsl": ("float32", 16.0, 1e-5),
    "cuda": ("float64", 2.0, 1e-319),
    "cuda-f32": ("float32", 1.0, 0.0),
    "triton": ("float32", 8.0, 1e-5),
    "triton-f64": ("float64", 8.0, 1e-6),
}

# What says that a function is not there.
MISSING = (AttributeError, KeyError)

OSCILLATING = {"sin", "gcu", "snake"}
FRAMEWORKS_SINES = {"jax-f32", "onnx", "onnx-f64", "wgsl", "triton", "triton-f64"}


def cases(folder, name):
    """{function: (x, exact float64, exact float32)} of an activation; functions as exports call them."""
    found = {}
    for line in (folder / name / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        function = case["function"]
        known = {"forward": "", "derivative": "_derivative", "second_derivative": "_second_derivative"}
        function = known.get(function, function.replace("d_", "_derivative_by_", 1))
        found.setdefault(function, []).append((number(case["x"]), number(case["f64"]), number(case["f32"])))
    return {function: tuple(np.array(column) for column in zip(*rows)) for function, rows in found.items()}


def number(text):
    return float(text)


def distance(got, exact, kind):
    """How far apart in units in the last place; infinite where one is no number and the other is."""
    kind = np.dtype(kind)
    got, exact = np.asarray(got, kind), np.asarray(exact, kind)
    with np.errstate(all="ignore"):
        integer = {8: np.int64, 4: np.int32}[kind.itemsize]
        least = np.iinfo(integer).min

        def rank(values):
            bits = (values + kind.type(0.0)).view(integer).astype(np.int64)
            return np.where(bits < 0, np.int64(least) - bits, bits).astype(np.float64)

        apart = np.abs(rank(got) - rank(exact))
        both_nan = np.isnan(got) & np.isnan(exact)
        one_nan = np.isnan(got) != np.isnan(exact)
        return np.where(both_nan, 0.0, np.where(one_nan, np.inf, apart))


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_c(path, name, learned, folder, ending, number_type, compiler=("cc", "-O2", "-std=c99", "-Wall", "-Wextra", "-Werror")):
    library = folder / f"{name}-{path.suffix[1:]}.so"
    is_new = library.exists() and library.stat().st_mtime > path.stat().st_mtime
    if path.suffix == ".c":
        command = [*compiler, "-shared", "-fPIC", str(path), "-o", str(library), "-lm"]
    else:
        # Exported functions of Rust have mangled names: a wrapper gives them plain ones.
        wrapper = folder / f"{name}-wrapper.rs"
        text = path.read_text()
        lines = [f"#[path = {json.dumps(str(path))}] mod it;"]
        for line in text.splitlines():
            if line.startswith("pub fn "):
                head = line.removeprefix("pub fn ").removesuffix(" {")
                function, rest = head.split("(", 1)
                arguments = rest.split(")")[0]
                names = ", ".join(argument.split(":")[0] for argument in arguments.split(", "))
                lines.append(f'#[unsafe(no_mangle)] pub extern "C" fn {head} {{ it::{function}({names}) }}')
        wrapper.write_text("\n".join(lines))
        command = ["rustc", "-O", "--edition=2024", "--crate-type=cdylib", str(wrapper), "-o", str(library)]
    if not is_new:
        subprocess.run(command, check=True)
    loaded = ctypes.CDLL(str(library))

    def function(suffix):
        one = getattr(loaded, f"activation_{name}{suffix}{ending}")
        one.restype = number_type
        one.argtypes = [number_type] + [ctypes.c_double] * len(learned)
        return lambda x: np.array([one(value, *learned) for value in x])

    return function


def with_python(path, name, learned, folder, kind):
    module = load(path, f"{name}_numpy")

    def function(suffix):
        one = getattr(module, name + suffix)
        return lambda x: one(x.astype(kind), *learned)

    return function


def with_torch(path, name, learned, folder, kind):
    import torch

    module = load(path, f"{name}_torch")
    parameters = [torch.tensor(value, dtype=torch.float64) for value in learned]

    def function(suffix):
        one = getattr(module, name + suffix)
        return lambda x: one(torch.tensor(x), *parameters).detach().numpy()

    return function


def with_jax(path, name, learned, folder, kind, compiled=True):
    import jax

    jax.config.update("jax_enable_x64", kind == "float64")
    jax.config.update("jax_disable_jit", not compiled)
    module = load(path, f"{name}_jax_{kind}")
    # Arrays of one length: a length is compiled for.
    length = 512

    def function(suffix):
        one = getattr(module, name + suffix)
        run = jax.jit(lambda x: one(x, *learned))

        def at(x):
            padded = np.concatenate([x, np.zeros(-len(x) % length)])
            parts = [np.asarray(run(jax.numpy.asarray(part, kind))) for part in padded.reshape(-1, length)]
            return np.concatenate(parts)[: len(x)]

        return at

    return function


# Where gradients are held against differences: beside no kink of the catalogue.
SMOOTH = [-4.3, -2.17, -0.77, -0.31, 0.23, 0.68, 1.37, 2.71, 4.61]


def torch_gradients(path, name, learned):
    import torch

    one = getattr(load(path, f"{name}_gradients"), name)
    x = torch.tensor(SMOOTH, dtype=torch.float64, requires_grad=True)
    values = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in learned]
    torch.autograd.gradcheck(one, (x, *values))
    torch.autograd.gradgradcheck(one, (x, *values))


def jax_gradients(path, name, learned):
    import jax
    from jax.test_util import check_grads

    one = getattr(load(path, f"{name}_gradients"), name)
    check_grads(one, (jax.numpy.asarray(SMOOTH), *map(jax.numpy.float64, learned)), order=2, modes=("fwd", "rev"), eps=1e-4)


GRADIENTS = {"pytorch": torch_gradients, "jax": jax_gradients}


def with_onnx(path, name, learned, folder, kind):
    import onnx
    import onnxruntime

    onnx.checker.check_model(onnx.load(path), full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    inputs = [one.name for one in session.get_inputs()]

    def function(suffix):
        output = suffix[1:] or "y"
        if output not in [one.name for one in session.get_outputs()]:
            raise AttributeError(output)
        return lambda x: session.run([output], {inputs[0]: x.astype(kind)})[0]

    return function


def with_wgsl(path, name, learned, folder, kind):
    from wgpu.utils.compute import compute_with_buffers

    text = path.read_text()
    arguments = "".join(f", {float(np.float32(value))!r}f" for value in learned)

    def function(suffix):
        if f"fn activation_{name}{suffix}(" not in text:
            raise AttributeError(suffix)
        main = f"""
@group(0) @binding(0) var<storage, read> given: array<f32>;
@group(0) @binding(1) var<storage, read_write> results: array<f32>;
@compute @workgroup_size(1)
fn main(@builtin(global_invocation_id) index: vec3<u32>) {{
    results[index.x] = activation_{name}{suffix}(given[index.x]{arguments});
}}
"""

        def at(x):
            out = compute_with_buffers({0: x.astype(np.float32)}, {1: (len(x), "f")}, text + main, n=len(x))
            return np.frombuffer(out[1], np.float32)

        return at

    return function


def base_of(target):
    return target.removesuffix("-f32").removesuffix("-f64").removesuffix("-eager")


def available(target):
    base = base_of(target)
    tools = {"c": "cc", "rust-plain": "rustc"}
    modules = {"pytorch": ["torch"], "jax": ["jax"], "onnx": ["onnx", "onnxruntime"], "wgsl": ["wgpu"]}
    if base in tools and shutil.which(tools[base]) is None:
        return f"`{tools[base]}` is not installed"
    for module in modules.get(base, []):
        if importlib.util.find_spec(module) is None:
            return f"the Python package `{module}` is not installed"
    return None


def opener(target):
    base = base_of(target)
    kind = BOUNDS[target][0]
    if base in ("c", "rust-plain"):
        ending, number_type = ("_f32", ctypes.c_float) if kind == "float32" else ("", ctypes.c_double)
        return lambda *arguments: with_c(*arguments, ending, number_type)
    if base == "jax":
        return lambda *arguments: with_jax(*arguments, kind, not target.endswith("-eager"))
    return lambda *arguments: {
        "python": with_python,
        "pytorch": with_torch,
        "onnx": with_onnx,
        "wgsl": with_wgsl,
    }[base](*arguments, kind)


ENDINGS = {"c": "c", "rust-plain": "rs", "python": "py", "pytorch": "py", "jax": "py", "onnx": "onnx", "wgsl": "wgsl"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--activation", default="activation", help="the command")
    parser.add_argument("--corpus", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--keep", action="store_true", help="take the exports that are in the folder")
    parser.add_argument("--only", help="these activations, with commas between")
    parser.add_argument("--gradients", action="store_true", help="also hold what PyTorch and JAX differentiate against differences")
    parser.add_argument("targets", nargs="+", choices=[target for target in BOUNDS if not target.startswith(("cuda", "triton"))])
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    names = options.only.split(",") if options.only else sorted(path.name for path in options.corpus.iterdir() if path.is_dir())
    tallies = []
    for target in options.targets:
        missing = available(target)
        if missing:
            print(f"SKIPPED {target}: {missing}", flush=True)
            continue
        tallies.append(check(target, names, options))
    end(tallies)


# Written in this run.
EXPORTED = set()


def check(target, names, options):
    base = base_of(target)
    tally = Tally(target)
    for name in names:
        # One export serves both types, but for ONNX.
        kind = "onnx-f64" if target == "onnx-f64" else base
        path = options.folder.resolve() / f"{name}-{kind}.{ENDINGS[base]}"
        try:
            if path not in EXPORTED and not (options.keep and path.exists()):
                EXPORTED.add(path)
                dtype = ["--dtype", "f64"] if target == "onnx-f64" else []
                command = [options.activation, "export", name, "--target", base, "--output", str(path), *dtype]
                subprocess.run(command, check=True)
            data = cases(options.corpus, name)
            learned = defaults(options.activation, name)
            function = opener(target)(path, name, learned, options.folder)
        except Exception as error:
            if "NOT_IMPLEMENTED" in str(error):
                print(f"SKIPPED {target} of {name}: {str(error).split(':')[-1].strip()}", flush=True)
            else:
                tally.fail(name, error)
            continue
        tally.add(name, data, function)
        if options.gradients and target in GRADIENTS:
            try:
                GRADIENTS[target](path, name, learned)
            except Exception as error:
                tally.fail(f"gradients of {name}", error)
    return tally.tell()


class Tally:
    """What is found out about a target."""

    def __init__(self, target):
        self.target = target
        self.kind, self.ulps, self.absolute = BOUNDS[target]
        self.begun, self.done, self.compared, self.worst, self.beyond = time.time(), 0, 0, (0.0, ""), []

    def seconds(self):
        return time.time() - self.begun

    def fail(self, what, error):
        self.beyond.append(f"  {what}: {type(error).__name__}: {str(error)[:2000]}")

    def add(self, name, data, function):
        """All functions of an activation: data as from `cases`, and what makes a function of a suffix."""
        self.done += 1
        for suffix, (x, double, single) in data.items():
            try:
                got = function(suffix)(x)
            except Exception as error:
                # Derivatives by fixed parameters are not exported.
                if not (isinstance(error, MISSING) and suffix.startswith("_derivative_by")):
                    self.fail(name + suffix, error)
                continue
            exact = double if self.kind == "float64" else single
            error, fine = self.judge(name, x, got, exact)
            self.compared += len(x)
            place = int(np.argmax(error))
            if error[place] > self.worst[0]:
                self.worst = (float(error[place]), f"{name}{suffix} at {float(x[place])!r}")
            for place in np.flatnonzero(~fine)[:1]:
                count = f"{int((~fine).sum())} of {len(x)}"
                self.beyond.append(f"  {name}{suffix} at {x[place]!r}: {got[place]!r}, exactly {exact[place]!r}, {error[place]:.0f} ULP ({count})")

    def judge(self, name, x, got, exact):
        """How far results are off in units, and which of them are within the bound."""
        error = distance(got, exact, self.kind)
        with np.errstate(all="ignore"):
            off = np.abs(np.asarray(got, np.float64) - np.asarray(exact, np.float64))
            scale = np.maximum(1.0, np.abs(exact)) if self.absolute > 1e-300 else 1.0
            fine = (error <= self.ulps) | ((off <= self.absolute * scale) if self.absolute else False)
        if self.target in FRAMEWORKS_SINES and name in OSCILLATING:
            beyond_sines = ~(np.abs(x) <= 2.0**24)
            fine, error = fine | beyond_sines, np.where(beyond_sines, 0.0, error)
        return error, fine

    def tell(self):
        error, where = self.worst
        print(f"{self.target}: {self.compared} values of {self.done} activations, largest error {error:.0f} ULP of {self.kind} ({where}); {len(self.beyond)} beyond the bound, {self.seconds():.0f} s", flush=True)
        for line in self.beyond[:60]:
            print(line, flush=True)
        bound = f"{self.ulps:g} ULP of {self.kind}" + (f", or {self.absolute:g}" if self.absolute else "")
        self.row = f"| {self.target} | {self.done} | {self.compared} | {error:.0f} ({where}) | {bound} | {len(self.beyond)} | {self.seconds():.0f} |"
        return self


def end(tallies):
    """The rows of all targets, and the exit code."""
    print("\n| target | activations | values | largest error, ULP | bound | beyond | s |\n|---|--:|--:|---|---|--:|--:|")
    for tally in tallies:
        print(tally.row, flush=True)
    sys.exit(any(tally.beyond or not tally.compared for tally in tallies))


def defaults(command, name):
    shown = json.loads(subprocess.run([command, "show", name, "--format", "json"], check=True, capture_output=True).stdout)
    return [parameter["default"] for parameter in shown["parameters"] if parameter["learned"]]


if __name__ == "__main__":
    main()
