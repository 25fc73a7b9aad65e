"""Semi-supervised SRM by BrainIAK 0.12, with pymanopt 2.2.1 and TensorFlow 2.21.

    python -m venv v && v/bin/pip install brainiak==0.12 pymanopt==2.2.1 tensorflow-cpu==2.21.0
    v/bin/python test/golden/make/sssrm.py

Writes sssrm.npz beside this folder. mpi4py may be a stand-in whose allreduce returns what it is given: one process runs.

Data: four subjects of 12 to 18 voxels with a response of three time courses in common, and labelled samples of three classes
that lie along them. Rows have a mean of 0, since BrainIAK centres nothing.
"""
import pathlib

import numpy as np
from brainiak.funcalign.sssrm import SSSRM

random = np.random.RandomState(5)
rows, features, classes = 40, 4, 3
voxels = [12, 15, 18, 14]
labelled = [12, 9, 12, 15]
response = random.randn(3, rows)
centres = 2 * random.randn(3, classes)
align, supervised, labels = [], [], []
for count, samples in zip(voxels, labelled):
    mixing = np.linalg.qr(random.randn(count, 3))[0]
    own = 3 * mixing @ response + random.randn(count, rows)
    align.append(own - own.mean(1, keepdims=True))
    label = np.arange(samples) % classes
    supervised.append(mixing @ (centres[:, label] + random.randn(3, samples)) + random.randn(count, samples))
    labels.append(label)

out = {}
for subject in range(4):
    out[f"X_s{subject}"] = align[subject].T
    out[f"Z_s{subject}"] = supervised[subject].T
    out[f"y_s{subject}"] = labels[subject].astype(np.int32)

for name, alpha, gamma in [("even", 0.5, 1.0), ("labels", 0.95, 0.1)]:
    for turns in (0, 10):
        model = SSSRM(n_iter=turns, features=features, alpha=alpha, gamma=gamma)
        model.fit(align, labels, supervised)
        value = model._objective_function(
            align, supervised, model._init_classes(labels), model.w_, model.s_, model.theta_, model.bias_
        )
        key = f"{name}/{turns}"
        out[f"{key}/objective"] = np.array([value])
        out[f"{key}/S"] = model.s_.T
        out[f"{key}/theta"] = model.theta_
        out[f"{key}/bias"] = model.bias_
        for subject in range(4):
            out[f"{key}/W_s{subject}"] = model.w_[subject]
        print(key, value)

np.savez_compressed(pathlib.Path(__file__).parent.parent / "sssrm.npz", **out)
