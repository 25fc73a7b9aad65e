"""Makes the golden numbers of cleaning with nilearn itself.

    python -m venv v && v/bin/pip install nilearn==0.14.1
    v/bin/python test/golden/make/clean.py [FIXTURES]

Writes clean.npz, clean_confounds.tsv and clean_confounds.json beside this folder. All data are made up here, from seeds.
FIXTURES is the folder of file fixtures; where it is given, the columns of its fmriprep-tiny are among the numbers.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import nibabel
import numpy as np
import pandas as pd
from nilearn.image import clean_img, smooth_img
from nilearn.interfaces.fmriprep import load_confounds
from nilearn.signal import clean

OUT = Path(__file__).parent.parent
T, V, TR = 60, 20, 2.0
AXES = ["trans_x", "trans_y", "trans_z", "rot_x", "rot_y", "rot_z"]
out = {}


def f4(values):
    """Values that a float32 holds, as doubles: nilearn then computes in double precision."""
    return np.asarray(values, dtype="f4").astype("f8")


rng = np.random.default_rng(20240)
time = np.arange(T)
walk = np.cumsum(rng.standard_normal((T, V)), axis=0)
signals = f4(1000 + 30 * walk + 2 * time[:, None] * rng.standard_normal(V) + 20 * rng.standard_normal((T, V)))
free = np.cumsum(rng.standard_normal((T, 5)), axis=0)
# One that depends on two others, and one that never changes.
confounds = f4(np.column_stack([free, 2 * free[:, 0] - free[:, 3], np.full(T, 7.0)]))
confounds[:, 5] = 2 * confounds[:, 0] - confounds[:, 3]
marked = np.array([0, 17, 18, 44])
spikes = np.eye(T)[:, marked]
out |= {"signals": signals, "confounds": confounds, "marked": marked}

plain = {"standardize": None, "standardize_confounds": True, "t_r": TR}
out["detrend"] = clean(signals, detrend=True, **plain)
out["confounds_only"] = clean(signals, detrend=False, confounds=confounds, **plain)
out["detrend_confounds"] = clean(signals, detrend=True, confounds=confounds, **plain)
out["high_pass"] = clean(signals, detrend=False, high_pass=0.01, **plain)
out["detrend_high_pass_confounds"] = clean(
    signals, detrend=True, high_pass=0.01, confounds=confounds, **plain
)
out["scrubbed"] = clean(signals, detrend=True, confounds=np.hstack([confounds, spikes]), **plain)
out["zscored"] = clean(
    signals, detrend=True, high_pass=0.02, confounds=confounds, t_r=TR, standardize="zscore_sample"
)


def without_trends(values):
    fit = np.polynomial.polynomial.polyvander(np.linspace(-1, 1, T), 2)
    return values - fit @ np.linalg.lstsq(fit, values, rcond=None)[0]


# Of the columns that are free only: nilearn would scale up what round-off leaves of the last.
out["quadratic"] = clean(
    without_trends(signals), detrend=False, confounds=without_trends(confounds[:, :5]), **plain
)

# Smoothing: voxels of 2, 3 and 4 mm on an oblique grid, with values that are no numbers.
shape = (9, 7, 5)
volume = f4(rng.standard_normal(shape) * 100 + 500)
volume[2, 3, 1] = np.nan
volume[8, 0, 4] = np.inf
turn = np.linalg.qr(rng.standard_normal((3, 3)))[0]
affine = np.eye(4)
affine[:3, :3] = turn @ np.diag([2.0, 3.0, 4.0])
image = nibabel.Nifti1Image(volume, affine)
out |= {"volume": volume, "affine": affine}
for fwhm in (5, 20):
    out[f"smoothed_{fwhm}"] = smooth_img(image, fwhm).get_fdata()

# A table as fMRIPrep writes it.
table = {}
for name in ["csf", "white_matter", "global_signal", *AXES]:
    values = np.cumsum(rng.standard_normal(T)).round(6)
    steps = np.concatenate([[np.nan], np.diff(values)]).round(6)
    table |= {name: values, f"{name}_derivative1": steps}
    table |= {f"{name}_power2": (values**2).round(6), f"{name}_derivative1_power2": (steps**2).round(6)}
table["std_dvars"] = np.concatenate([[np.nan], np.abs(rng.normal(1, 0.25, T - 1))]).round(6)
table["framewise_displacement"] = np.concatenate([[np.nan], rng.gamma(2, 0.1, T - 1)]).round(6)
masks = {}
for at in range(6):
    table[f"a_comp_cor_{at:02}"] = rng.standard_normal(T).round(6)
    masks[f"a_comp_cor_{at:02}"] = {"Method": "aCompCor", "Mask": "CSF" if at == 1 else "combined"}
for k in range(3):
    table[f"cosine{k:02}"] = (np.sqrt(2 / T) * np.cos(np.pi / T * (time + 0.5) * (k + 1))).round(9)
table["non_steady_state_outlier00"] = np.eye(T)[0]
pd.DataFrame(table).to_csv(OUT / "clean_confounds.tsv", sep="\t", na_rep="n/a", index=False)
(OUT / "clean_confounds.json").write_text(json.dumps(masks, indent=1) + "\n")


def keep(name, strategy, bold, **more):
    found, kept = load_confounds(bold, strategy=strategy, demean=False, **more)
    out[name] = found.to_numpy()
    out[f"{name}_rows"] = np.arange(len(found)) if kept is None else kept
    return list(found.columns)


names = {}
with tempfile.TemporaryDirectory() as folder:
    bold = str(Path(folder) / "sub-01_task-a_desc-preproc_bold.nii.gz")
    Path(bold).touch()
    for suffix in ("tsv", "json"):
        shutil.copy(OUT / f"clean_confounds.{suffix}", f"{folder}/sub-01_task-a_desc-confounds_timeseries.{suffix}")
    for name, strategy, more in [
        ("motion6", ["motion"], {"motion": "basic"}),
        ("motion24", ["motion"], {"motion": "full"}),
        ("tissue_basic", ["wm_csf"], {"wm_csf": "basic"}),
        ("tissue_full", ["wm_csf"], {"wm_csf": "full"}),
        ("global", ["global_signal"], {"global_signal": "basic"}),
        ("compcor", ["high_pass", "compcor"], {"compcor": "anat_combined", "n_compcor": 3}),
        (
            "scrub",
            ["motion", "scrub"],
            {"motion": "basic", "scrub": 0, "fd_threshold": 0.3, "std_dvars_threshold": 1.4},
        ),
    ]:
        names[name] = keep(name, strategy, bold, **more)
    # The whole of it on an image: smoothed, detrended, filtered, cleaned and z-scored.
    size = (5, 6, 4)
    whole = f4(800 + 20 * np.cumsum(rng.standard_normal((*size, T)), axis=3))
    grid = np.diag([3.0, 3.0, 4.0, 1.0])
    found, _ = load_confounds(
        bold, strategy=["motion", "high_pass", "wm_csf", "compcor"], motion="basic", wm_csf="basic",
        compcor="anat_combined", n_compcor=3, demean=False,
    )
    smoothed = smooth_img(nibabel.Nifti1Image(whole, grid), 6)
    cleaned = clean_img(
        smoothed, detrend=True, standardize="zscore_sample", confounds=found.to_numpy(), high_pass=0.01, t_r=TR
    )
    out |= {"image": whole, "image_cleaned": cleaned.get_fdata()}

if len(sys.argv) > 1:
    for subject in ("01", "03"):
        base = Path(sys.argv[1]) / "fmriprep-tiny" / f"sub-{subject}" / "func"
        bold = next(base.glob("*run-1*preproc_bold.nii.gz"))
        name = f"tiny_{subject}"
        names[name] = keep(
            name, ["motion", "wm_csf", "global_signal", "high_pass"], str(bold), motion="basic", wm_csf="basic",
            global_signal="basic",
        )

(OUT / "clean_columns.json").write_text(json.dumps(names, indent=1) + "\n")
small = {
    name: values if values.dtype.kind == "i" or name in ("affine", "confounds") else values.astype("f4")
    for name, values in out.items()
}
np.savez_compressed(OUT / "clean.npz", **small)
