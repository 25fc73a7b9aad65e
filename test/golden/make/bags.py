"""Ridge regressions averaged over bags of samples by Feilong's package.

    python -m venv v && v/bin/pip install hyperalignment==0.1.1 numpy scipy joblib
    v/bin/python test/golden/make/bags.py GOLDEN/inputs.npz

Writes bags.npz beside this folder: rows (bags x samples drawn) of compute_ensemble_indices with 2 permutations of 5 folds,
and weights (voxels x 6) of ensemble_ridge with the alpha that its name says, of the first subject's samples on six voxels
of the second: grid_train has fewer samples than voxels, tall_train more.
"""

import sys
from pathlib import Path

import numpy as np
from hyperalignment.ensemble import compute_ensemble_indices
from hyperalignment.ridge import ensemble_ridge

inputs = np.load(sys.argv[1])
found = {}
for name, alpha in [("grid_train", 1000.0), ("tall_train", 10.0)]:
    x, y = inputs[name][:2]
    rows, others = compute_ensemble_indices(len(x), n_perms=2)
    found[f"{name}/rows"] = np.array(rows, dtype="<i4")
    columns = [
        ensemble_ridge(x, y[:, voxel], np.array([alpha]), [min(x.shape)], rows, others)[0] for voxel in range(6)
    ]
    found[f"{name}/weights_{alpha:g}"] = np.stack(columns, axis=1)
np.savez_compressed(Path(__file__).parent.parent / "bags.npz", **found)
