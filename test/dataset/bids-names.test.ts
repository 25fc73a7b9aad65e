import { expect, test } from "vitest";
import { parseBidsName, runOf } from "#app/dataset/bids-entities.ts";
import { treatmentsOf } from "#app/dataset/bids-treatments.ts";

function told(fileName: string): string {
  const { entities, suffix, extension } = parseBidsName(fileName);
  return [...[...entities].map(([key, value]) => `${key}-${value}`), suffix].join("_") + extension;
}

test.each([
  [
    "sub-01_task-x_bold_space-MNI152NLin2009cAsym_preproc.nii.gz",
    "sub-01_task-x_space-MNI152NLin2009cAsym_desc-preproc_bold.nii.gz",
  ],
  [
    "sub-01_task-x_bold_space-MNI152NLin2009cAsym_variant-smoothAROMAnonaggr_preproc.nii.gz",
    "sub-01_task-x_space-MNI152NLin2009cAsym_desc-smoothAROMAnonaggr_bold.nii.gz",
  ],
  [
    "sub-01_task-x_bold_space-MNI152NLin2009cAsym_brainmask.nii.gz",
    "sub-01_task-x_space-MNI152NLin2009cAsym_desc-brain_mask.nii.gz",
  ],
  ["sub-01_task-x_bold_confounds.tsv", "sub-01_task-x_desc-confounds_timeseries.tsv"],
  [
    "sub-01_T1w_space-MNI152NLin2009cAsym_preproc.nii.gz",
    "sub-01_space-MNI152NLin2009cAsym_desc-preproc_T1w.nii.gz",
  ],
  ["sub-01_task-x_bold_space-fsaverage5.L.func.gii", "sub-01_task-x_space-fsaverage5_hemi-L_bold.func.gii"],
  ["sub-01_task-x_space-fsaverage5_hemi-R.func.gii", "sub-01_task-x_space-fsaverage5_hemi-R_bold.func.gii"],
  ["sub-01_task-x_BOLD.NII.GZ", "sub-01_task-x_BOLD.nii.gz"],
])("%s is read as %s", (old, now) => {
  expect(told(old)).toBe(now);
});

test("a name is the same however the disk spells its accents", () => {
  const composed = parseBidsName("sub-René_task-été_bold.nii".normalize("NFC"));
  const decomposed = parseBidsName("sub-René_task-été_bold.nii".normalize("NFD"));
  expect([...decomposed.entities]).toStrictEqual([...composed.entities]);
});

test("hemispheres, and what was done, are not of the run", () => {
  const name =
    "sub-01_denoise_crop_smooth6mm_task-sherlockPart1_space-MNI152NLin2009cAsym_desc-preproc_bold.nii.gz";
  expect(runOf(parseBidsName(name))).toBe("task-sherlockPart1");
  expect(runOf(parseBidsName("sub-01_task-x_hemi-L_space-fsaverage5_bold.func.gii"))).toBe("task-x");
});

test.each([
  [
    "sub-01_denoise_crop_smooth6mm_task-a_desc-preproc_bold.nii.gz",
    ["denoised", "detrended", "cropped", "smoothed"],
  ],
  ["sub-01_task-a_space-S_desc-smoothAROMAnonaggr_bold.nii.gz", ["denoised", "smoothed"]],
  ["sub-01_task-a_space-S_desc-denoised_bold.nii.gz", ["denoised"]],
  ["sub-01_task-a_space-S_desc-preproc_bold.nii.gz", []],
  ["sub-01_task-smoothing_bold.nii.gz", []],
])("%s was %j", (name, treatments) => {
  expect(treatmentsOf(parseBidsName(name))).toStrictEqual(treatments);
});
