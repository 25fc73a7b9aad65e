"""Rotations of the ProMises model to a known reference by the authors' R package.

    python -m venv v && v/bin/pip install numpy
    v/bin/python test/golden/make/promises.py GOLDEN/inputs.npz alignProMises/R/GPASub.R

Needs Rscript; GPASub.R of alignProMises 0.1.0, whose svdC (a decomposition in C++) is R's own svd here. Writes promises.npz
beside this folder: rotation_PRIOR_REACH of the first subject's 108 voxels to the second's (grid_train, less the means, of
norm 1; 56 samples), with the prior exp(-d / REACH) of distances d on the grid.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

inputs = np.load(sys.argv[1])
places = inputs["grid_ijk"].astype(float)
unit = [(x - x.mean(0)) / np.linalg.norm(x - x.mean(0)) for x in inputs["grid_train"][:2]]
distances = np.linalg.norm(places[:, None] - places[None], axis=2)
found = {}
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder)

    def write(name, matrix):
        np.savetxt(path / name, matrix, fmt="%.17g")

    for name, matrix in zip(["x", "reference"], unit):
        write(name, matrix)
    for prior, reach in [(0.01, 1.0), (0.1, 1.0), (1.0, 3.0)]:
        write("q", np.exp(-distances / reach))
        code = f"""
            svdC <- function(a) {{ s <- svd(a); list(U = s$u, S = s$d, V = s$v) }}
            source("{sys.argv[2]}")
            read <- function(name) as.matrix(read.table(file.path("{folder}", name)))
            out <- GPASub(read("x"), read("q"), {prior}, NULL, read("reference"))
            write(sprintf("%.17g", t(out$R)), file.path("{folder}", "r"), ncolumns = 108)
        """
        subprocess.run(["Rscript", "-e", code], check=True)
        found[f"rotation_{prior:g}_{reach:g}"] = np.loadtxt(path / "r")
np.savez_compressed(Path(__file__).parent.parent / "promises.npz", **found)
