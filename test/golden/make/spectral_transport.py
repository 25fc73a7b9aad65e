"""Plans of spectral optimal transport by fmralign, for voxels on a grid.

    python -m venv v && v/bin/pip install numpy fmralign==0.0.6 POT robust_laplacian torch
    v/bin/python test/golden/make/spectral_transport.py GOLDEN/inputs.npz

Writes spectral_transport.npz beside this folder: modes (voxels x 10), the eigenmodes by get_laplacian_embedding of the grid
(grid_ijk), and plan_ALPHA_EPSILON of the first subject's 108 voxels to the second's (grid_train) with them.
"""

import sys
from pathlib import Path

import numpy as np
from fmralign.embeddings.whole_brain import get_laplacian_embedding
from fmralign.methods.optimal_transport import SpectralOT
from nibabel import Nifti1Image

inputs = np.load(sys.argv[1])
x, y = inputs["grid_train"][:2]
places = inputs["grid_ijk"].astype(int)
mask = np.zeros(places.max(0) + 1, dtype=np.uint8)
mask[tuple(places.T)] = 1
found_at = np.array(np.nonzero(mask)).T
order = [np.flatnonzero((found_at == place).all(1))[0] for place in places]
modes = get_laplacian_embedding(Nifti1Image(mask, np.eye(4)), 10)[:, order]
found = {"modes": modes.T}
for alpha, epsilon in [(0.5, 0.01), (0.1, 0.01), (0.5, 0.1)]:
    method = SpectralOT(evecs=modes, alpha=alpha, reg=epsilon, max_iter=100000)
    method.fit(x, y)
    found[f"plan_{alpha}_{epsilon}"] = np.asarray(method.R)
    print(alpha, epsilon, method.R.shape, method.R.dtype, np.abs(method.R.sum(1) - 1 / len(places)).max())
np.savez_compressed(Path(__file__).parent.parent / "spectral_transport.npz", **found)
