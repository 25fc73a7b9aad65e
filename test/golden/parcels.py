"""Makes parcels.json: clusters of a small volume by scikit-learn. Run with scikit-learn 1.7 or newer."""

import json
from pathlib import Path

import numpy as np
import sklearn
from scipy.sparse import coo_matrix
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.feature_extraction.image import grid_to_graph

SHAPE, ROWS = (7, 6, 5), 12

state = 7


def draw():
    """A linear congruential generator (Numerical Recipes): test/golden/parcels.test.ts has the same."""
    global state
    state = (1664525 * state + 1013904223) % 2**32
    return (state // 2**20 - 2048) / 64


# x fastest, as in the application: a voxel is in the mask unless its draw is low, and follows one of six courses.
n = int(np.prod(SHAPE))
mask = np.array([draw() > -28 for _ in range(n)])
courses = np.array([[draw() for _ in range(ROWS)] for _ in range(6)])
noise = np.array([[draw() for _ in range(ROWS)] for _ in range(n)])
i, j, k = (np.arange(n) % 7, np.arange(n) // 7 % 6, np.arange(n) // 42)
points = (courses[(i // 4) + 2 * (j // 2)] + noise / 4)[mask]

# Voxels that share a face.
graph = grid_to_graph(5, 6, 7, mask=mask.reshape(5, 6, 7))
ward = {
    str(count): AgglomerativeClustering(count, connectivity=graph, linkage="ward").fit(points).labels_.tolist()
    for count in (2, 5, 12, 40)
}
inertia = {
    str(count): float(KMeans(count, n_init=10, random_state=0).fit(points).inertia_) for count in (2, 6, 12)
}
found = {"scikit-learn": sklearn.__version__, "voxels": int(mask.sum()), "ward": ward, "inertia": inertia}
Path(__file__).with_suffix(".json").write_text(json.dumps(found) + "\n")
print(found["voxels"], inertia, graph.nnz, coo_matrix(graph).shape)
