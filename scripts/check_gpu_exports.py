#!/usr/bin/env python3
"""Compiles what `activation export` writes for GPUs, runs it, and holds it against a corpus of exact values.

    scripts/check_gpu_exports.py prepare --activation target/release/activation --corpus corpus --folder gpu_exports
    scripts/check_gpu_exports.py run --folder gpu_exports

`prepare` needs no GPU: it writes the exports for CUDA and Triton, with inputs and exact values beside them. `run` needs one,
with CuPy for CUDA and PyTorch and Triton for Triton; what is missing is skipped, loudly. With TRITON_INTERPRET=1 the Triton
exports run on the CPU. One line a target, and a line for every activation that is beyond its bound; ends with 1 then. After
--seconds a target stops where it is, says how far it came, and the next one begins; results are printed as they come.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from check_exports import Tally, cases, defaults, end, load

TARGETS = ("cuda", "cuda-f32", "triton", "triton-f64")

# Compiled already, by name.
MODULES = {}


def prepare(options):
    options.folder.mkdir(parents=True, exist_ok=True)
    names = sorted(path.name for path in options.corpus.iterdir() if path.is_dir())
    for name in names:
        arrays = {}
        for suffix, (x, double, single) in cases(options.corpus, name).items():
            arrays[f"{suffix}|x"], arrays[f"{suffix}|float64"], arrays[f"{suffix}|float32"] = x, double, single
        np.savez_compressed(options.folder / f"{name}.npz", **arrays)
        (options.folder / f"{name}.json").write_text(json.dumps(defaults(options.activation, name)))
        for target, file, more in (
            ("cuda", f"{name}.cu", []),
            ("triton", f"{name}_triton.py", []),
            ("triton", f"{name}_triton_f64.py", ["--dtype", "f64"]),
        ):
            command = [options.activation, "export", name, "--target", target, "--output", str(options.folder / file)]
            subprocess.run(command + more, check=True)
    print(f"prepared {len(names)} activations in {options.folder}")


def cuda_module(source, name):
    """Compiled by nvrtc itself, with its own defaults and no others: CuPy would flush subnormal numbers of f32 to 0."""
    import cupy
    from cupy.cuda import function, nvrtc

    program = nvrtc.createProgram(source, f"{name}.cu", (), ())
    try:
        nvrtc.compileProgram(program, (f"--gpu-architecture=sm_{cupy.cuda.Device().compute_capability}",))
    except nvrtc.NVRTCError:
        raise RuntimeError(nvrtc.getProgramLog(program)) from None
    module = function.Module()
    module.load(nvrtc.getCUBIN(program))
    return module


def with_cuda(folder, name, learned, kind):
    import cupy

    source = (folder / f"{name}.cu").read_text()
    # One compilation for both types.
    module = MODULES.get(name) or MODULES.setdefault(name, cuda_module(source, name))
    ending = "_f32" if kind == "float32" else ""

    def function(suffix):
        kernel_name = f"activation_{name}{suffix}{ending}_kernel"
        if kernel_name not in source:
            raise AttributeError(kernel_name)
        kernel = module.get_function(kernel_name)

        def at(x):
            given = cupy.asarray(x.astype(kind))
            result = cupy.empty_like(given)
            numbers = [np.float64(value) for value in learned]
            kernel(((len(x) + 255) // 256,), (256,), (given, *numbers, result, np.int64(len(x))))
            return cupy.asnumpy(result)

        return at

    return function


def with_triton(folder, name, learned, kind):
    import torch

    ending = "_f64" if kind == "float64" else ""
    if os.environ.get("TRITON_INTERPRET") == "1":
        interpret_libdevice()
    module = load(folder / f"{name}_triton{ending}.py", f"{name}_triton{ending}")
    device = "cuda" if torch.cuda.is_available() else "cpu"

    def function(suffix):
        one = getattr(module, name + suffix)
        return lambda x: one(torch.tensor(x.astype(kind), device=device), *learned).cpu().numpy()

    return function


def interpret_libdevice():
    """The interpreter has no device library: the functions of NumPy and SciPy stand in."""
    import scipy.special
    import triton.language as tl
    from triton.language.extra import libdevice
    from triton.runtime.interpreter import TensorHandle

    numpy_names = {"asinh": "arcsinh", "atan": "arctan", "pow": "power"}
    for name in ("log", "log2", "exp", "exp2", "expm1", "log1p", "cbrt", "sinh", "cosh", "tanh", "asinh", "atan", "sin", "cos", "erf", "erfc", "pow"):
        inner = getattr(np, numpy_names.get(name, name), None) or getattr(scipy.special, name)

        def stand_in(*arguments, inner=inner):
            first = next(one for one in arguments if isinstance(one, tl.tensor))
            data = [one.handle.data if isinstance(one, tl.tensor) else one for one in arguments]
            with np.errstate(all="ignore"):
                result = inner(*data).astype(first.handle.data.dtype)
            return tl.core.tensor(TensorHandle(result, first.handle.dtype), first.type)

        setattr(libdevice, name, stand_in)


def run(options):
    names = options.only.split(",") if options.only else sorted(path.stem for path in options.folder.glob("*.npz"))
    tallies = []
    for target in options.targets or TARGETS:
        needs = {"cuda": ["cupy"], "triton": ["torch", "triton"]}[target.split("-")[0]]
        missing = [module for module in needs if importlib.util.find_spec(module) is None]
        if missing:
            print(f"SKIPPED {target}: no Python package {', '.join(missing)}", flush=True)
            continue
        tallies.append(check(target, names, options))
    end(tallies)


def check(target, names, options):
    make = with_cuda if target.startswith("cuda") else with_triton
    tally = Tally(target)
    for name in names:
        if tally.seconds() > options.seconds:
            tally.fail("stopped", TimeoutError(f"after {options.seconds:.0f} s {len(names) - tally.done} activations, from {name} on, were not run"))
            break
        learned = json.loads((options.folder / f"{name}.json").read_text())
        arrays = np.load(options.folder / f"{name}.npz")
        suffixes = sorted({key.split("|")[0] for key in arrays.files})
        data = {suffix: tuple(arrays[f"{suffix}|{part}"] for part in ("x", "float64", "float32")) for suffix in suffixes}
        try:
            function = make(options.folder, name, learned, tally.kind)
        except Exception as error:
            tally.fail(name, error)
            continue
        tally.add(name, data, function)
    return tally.tell()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("prepare")
    one.add_argument("--activation", default="activation")
    one.add_argument("--corpus", required=True, type=pathlib.Path)
    one.add_argument("--folder", required=True, type=pathlib.Path)
    one.set_defaults(act=prepare)
    one = commands.add_parser("run")
    one.add_argument("--folder", required=True, type=pathlib.Path)
    one.add_argument("--only", help="these activations, with commas between")
    one.add_argument("--seconds", type=float, default=float("inf"), help="how long a target may take")
    one.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    one.set_defaults(act=run)
    options = parser.parse_args()
    options.act(options)


if __name__ == "__main__":
    main()
