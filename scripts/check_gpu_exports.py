#!/usr/bin/env python3
"""Compiles what `activation export` writes for GPUs, runs it, and holds it against a corpus of exact values.

    scripts/check_gpu_exports.py prepare --activation target/release/activation --corpus corpus --folder gpu_exports
    scripts/check_gpu_exports.py run --folder gpu_exports

`prepare` needs no GPU: it writes the exports for CUDA and Triton, with inputs and exact values beside them. `run` needs one,
with CuPy for CUDA and PyTorch and Triton for Triton; what is missing is skipped, loudly. With TRITON_INTERPRET=1 the Triton
exports run on the CPU. One line a target, and a line for every activation that is beyond its bound; ends with 1 then.
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
from check_exports import BOUNDS, FRAMEWORKS_SINES, OSCILLATING, cases, defaults, distance, load

TARGETS = ("cuda", "cuda-f32", "triton", "triton-f64")


def prepare(options):
    options.folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(options.corpus.iterdir()):
        if not path.is_dir():
            continue
        name = path.name
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
    print(f"prepared {len(list(options.folder.glob('*.cu')))} activations in {options.folder}")


def with_cuda(folder, name, learned, kind):
    import cupy

    module = cupy.RawModule(code=(folder / f"{name}.cu").read_text())
    ending = "_f32" if kind == "float32" else ""

    def function(suffix):
        kernel = module.get_function(f"activation_{name}{suffix}{ending}_kernel")

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
        one = getattr(module, name + suffix, None) or getattr(module, name + "_" + suffix)
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
    failed = False
    for target in options.targets or TARGETS:
        base = target.split("-")[0]
        needs = {"cuda": ["cupy"], "triton": ["torch", "triton"]}[base]
        missing = [module for module in needs if importlib.util.find_spec(module) is None]
        if missing:
            print(f"SKIPPED {target}: no Python package {', '.join(missing)}", flush=True)
            continue
        kind, ulps, absolute = BOUNDS[target]
        begun, compared, beyond, worst = time.time(), 0, [], (0.0, "")
        names = sorted(path.stem for path in options.folder.glob("*.npz"))
        for name in options.only.split(",") if options.only else names:
            learned = json.loads((options.folder / f"{name}.json").read_text())
            data = np.load(options.folder / f"{name}.npz")
            try:
                function = (with_cuda if base == "cuda" else with_triton)(options.folder, name, learned, kind)
            except Exception as error:
                beyond.append(f"  {name}: does not compile: {str(error)[:2000]}")
                continue
            for suffix in sorted({key.split("|")[0] for key in data.files}):
                x, exact = data[f"{suffix}|x"], data[f"{suffix}|{kind}"]
                try:
                    got = function(suffix)(x)
                except Exception as error:
                    # Derivatives by fixed parameters are not exported.
                    if not suffix.startswith("_derivative_by"):
                        beyond.append(f"  {name}{suffix}: {type(error).__name__}: {str(error)[:2000]}")
                    continue
                apart = distance(got, exact, kind)
                with np.errstate(all="ignore"):
                    off = np.abs(got.astype(np.float64) - exact.astype(np.float64))
                    scale = np.maximum(1.0, np.abs(exact)) if absolute > 1e-300 else 1.0
                    fine = (apart <= ulps) | ((off <= absolute * scale) if absolute else False)
                if target in FRAMEWORKS_SINES and name in OSCILLATING:
                    beyond_sines = ~(np.abs(x) <= 2.0**24)
                    fine, apart = fine | beyond_sines, np.where(beyond_sines, 0.0, apart)
                compared += len(x)
                place = int(np.argmax(np.where(np.isnan(apart), np.inf, apart)))
                if apart[place] > worst[0]:
                    worst = (float(apart[place]), f"{name}{suffix} at {x[place]!r}")
                for place in np.flatnonzero(~fine)[:1]:
                    beyond.append(f"  {name}{suffix} at {x[place]!r}: {got[place]!r}, exactly {exact[place]!r} ({int((~fine).sum())} of {len(x)})")
        print(f"{target}: {compared} values, largest error {worst[0]:.0f} ULP of {kind} ({worst[1]}), {len(beyond)} functions beyond the bound, {time.time() - begun:.0f} s", flush=True)
        for line in beyond[:60]:
            print(line, flush=True)
        failed |= bool(beyond) or compared == 0
    sys.exit(failed)


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
    one.add_argument("targets", nargs="*", choices=[*TARGETS, []])
    one.set_defaults(act=run)
    options = parser.parse_args()
    options.act(options)


if __name__ == "__main__":
    main()
