"""Fused Gromov-Wasserstein plans between two subjects by POT, for voxels on a grid of 3 mm.

    python -m venv v && v/bin/pip install numpy POT==0.9.7.post1
    v/bin/python test/golden/make/fused_gromov.py GOLDEN/inputs.npz

Writes fused_gromov.npz beside this folder: plan_ALPHA_EPSILON, of the first subject's 30 voxels to the second's first 20
(tall_train), lying along a grid of 5 x 6; features as squared Euclidean distances over the largest, geometry as distances
over the largest of both sides; uniform marginals.
"""

import sys
from pathlib import Path

import numpy as np
import ot

inputs = np.load(sys.argv[1])
stack = inputs["tall_train"] if "tall_train" in inputs else None
x, y = (stack[0], stack[1]) if stack is not None else (inputs["tall_train_s0"], inputs["tall_train_s1"])
y = y[:, :20]
places = np.array([[3.0 * (v % 5), 3.0 * (v // 5), 0.0] for v in range(30)])
own, theirs = places, places[:20]
cost = ot.dist(x.T, y.T)
cost /= cost.max()
d, e = ot.dist(own, own, metric="euclidean"), ot.dist(theirs, theirs, metric="euclidean")
largest = max(d.max(), e.max())
found = {}
for alpha, epsilon in [(0.5, 0.01), (0.1, 0.01), (0.5, 0.1), (0.9, 0.02)]:
    plan, log = ot.gromov.entropic_fused_gromov_wasserstein(
        cost, d / largest, e / largest, alpha=alpha, epsilon=epsilon, max_iter=5000, tol=1e-13,
        numItermax=100000, stopThr=1e-13, log=True)
    found[f"plan_{alpha}_{epsilon}"] = plan
    print(alpha, epsilon, len(log["err"]), log["err"][-1], np.abs(plan.sum(1) - 1 / 30).max())
np.savez_compressed(Path(__file__).parent.parent / "fused_gromov.npz", **found)
