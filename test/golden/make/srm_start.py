"""Draws the maps that BrainIAK's shared response models, and nltools' copies of them, start from for six subjects.

    python -m venv v && v/bin/pip install numpy
    v/bin/python test/golden/make/srm_start.py

Writes srm_start.npz beside this folder: w_init, subjects × voxels × components, of rand_seed 0 (BrainIAK 0.12,
_init_w_transforms). The golden numbers of nltools leave them out.
"""

from pathlib import Path

import numpy as np

SUBJECTS, VOXELS, COMPONENTS = 6, 30, 8

seeds = np.random.RandomState(0)
states = [np.random.RandomState(seeds.randint(2**32, dtype=np.int64)) for _ in range(SUBJECTS)]
maps = [np.linalg.qr(state.random_sample((VOXELS, COMPONENTS)))[0] for state in states]
np.savez_compressed(Path(__file__).parent.parent / "srm_start.npz", w_init=np.stack(maps))
