"""Holds functions of your own against the corpus: python3 example.py"""
import pathlib
import numpy as np

corpus = pathlib.Path(__file__).parent
mine = {  # what is to be tested; put yours here
    "sigmoid/forward": lambda x: 1 / (1 + np.exp(-x)),
    "silu/forward": lambda x: x / (1 + np.exp(-x)),
    "tanh/derivative": lambda x: 1 - np.tanh(x) ** 2,
}
np.seterr(all="ignore")
for name, function in mine.items():
    if (corpus / f"{name}.x.npy").exists():
        x = np.load(corpus / f"{name}.x.npy")
        exact = np.load(corpus / f"{name}.f{8 * x.itemsize}.npy")
        got = function(x)
        near = np.abs(got - exact) <= 2 * np.spacing(np.abs(exact))  # 2 units in the last place
        wrong = ~(near | (got == exact) | (np.isnan(got) & np.isnan(exact)))
        print(f"{name}: {wrong.sum()} of {x.size} are wrong")
        for i in np.flatnonzero(wrong)[:5]:
            print(f"  at {x[i]}: {got[i]} instead of {exact[i]}")
