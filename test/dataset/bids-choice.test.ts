import { describe, expect, test } from "vitest";
import { chooseImages } from "#app/dataset/bids-choice.ts";
import { parseBidsName } from "#app/dataset/bids-entities.ts";
import type { BidsFile } from "#app/dataset/bids-files.ts";
import { isBold } from "#app/dataset/bids-images.ts";
import { chooseSpace, spacesOf } from "#app/dataset/bids-spaces.ts";

function file(path: string, absent = false): BidsFile {
  const fileName = path.split("/").at(-1) ?? "";
  return { path, fileName, absent, sizeBytes: null, stray: false, name: parseBidsName(fileName) };
}

/** The paths chosen of each subject's run: left and right. */
function chosen(...files: (string | BidsFile)[]): (string | null)[][] {
  const all = files.map((one) => (typeof one === "string" ? file(one) : one));
  const images = chooseImages(chooseSpace(spacesOf(all.filter(isBold)), null)?.images ?? []);
  return images.map(({ file: left, companion }) => [left.path, companion?.path ?? null]);
}

function spaces(...names: string[]): string[] {
  return spacesOf(names.map((name) => file(name))).map(({ name }) => name);
}

describe("of hemispheres", () => {
  test("left and right are one image, in either spelling", () => {
    const now = ["L", "R"].map((hemi) => `sub-01_task-x_hemi-${hemi}_space-fsaverage5_bold.func.gii`);
    const old = ["L", "R"].map((hemi) => `sub-02_task-x_space-fsaverage5_hemi-${hemi}.func.gii`);
    const oldest = ["L", "R"].map((hemi) => `sub-03_task-x_bold_space-fsaverage5.${hemi}.func.gii`);
    expect(chosen(...now.reverse(), ...old, ...oldest)).toStrictEqual([now.sort(), old, oldest]);
  });

  test("one alone stays what it is", () => {
    const right = "sub-01_task-x_hemi-R_space-fsaverage5_bold.func.gii";
    expect(chosen(right)).toStrictEqual([[right, null]]);
  });
});

describe("of one run", () => {
  const preprocessed = "sub-01_task-x_space-S_desc-preproc_bold.nii.gz";
  const denoised = "sub-01_denoise_crop_smooth6mm_task-x_space-S_desc-preproc_bold.nii.gz";
  const uncropped = "sub-01_denoise_smooth6mm_task-x_space-S_desc-preproc_bold.nii.gz";
  const twin = denoised.replace(".nii.gz", ".hdf5");

  test("what is denoised and cropped is taken, and not its twin in HDF5", () => {
    expect(chosen(preprocessed, uncropped, twin, denoised)).toStrictEqual([[denoised, null]]);
  });

  test("the twin is taken where the NIfTI is absent", () => {
    expect(chosen(file(denoised, true), twin)).toStrictEqual([[twin, null]]);
    expect(chosen(twin)).toStrictEqual([[twin, null]]);
  });

  test("what is there is taken where nobody's denoised file is", () => {
    expect(chosen(file(denoised, true), preprocessed)).toStrictEqual([[preprocessed, null]]);
  });

  test("a subject's denoised file that is absent is not made up for by one that is not denoised", () => {
    const other = denoised.replace("sub-01", "sub-02");
    expect(chosen(file(denoised, true), preprocessed, other)).toStrictEqual([
      [denoised, null],
      [other, null],
    ]);
  });

  test("derivatives are taken before raw data", () => {
    const raw = "/d/sub-01/func/sub-01_task-x_bold.nii.gz";
    const derived = "/d/derivatives/fmriprep/sub-01/func/sub-01_task-x_space-S_desc-preproc_bold.nii.gz";
    expect(chosen(raw, derived)).toStrictEqual([[derived, null]]);
    const native = "/d/fmriprep/sub-01/func/sub-01_task-x_desc-preproc_bold.nii.gz";
    expect(chosen(raw, native)).toStrictEqual([[native, null]]);
  });
});

describe("of spaces", () => {
  const of = (space: string, more = "bold.nii.gz") => `sub-01_task-x_space-${space}_${more}`;

  test("volumes in MNI come first, a subject's own last, and no space at all after them", () => {
    expect(
      spaces(
        "sub-01_task-x_bold.nii.gz",
        of("T1w"),
        of("fsaverage5", "hemi-L_bold.func.gii"),
        of("fsLR", "den-91k_bold.dtseries.nii"),
        of("Talairach"),
        of("MNI152NLin6Asym"),
      ),
    ).toStrictEqual(["MNI152NLin6Asym", "Talairach", "fsaverage5", "fsLR", "T1w", ""]);
  });

  test("the commonest of the common ones comes first", () => {
    const two = ["01", "02"].map((subject) => `sub-${subject}_task-x_space-Talairach_bold.nii.gz`);
    expect(spaces(of("MNI152NLin6Asym"), ...two)[0]).toBe("Talairach");
  });

  test("resolutions and kinds of one space are told apart by their names", () => {
    expect(spaces(of("MNI", "res-1_bold.nii.gz"), of("MNI", "res-2_bold.nii.gz"))).toStrictEqual([
      "MNI_res-1",
      "MNI_res-2",
    ]);
  });

  test("one that is not there is refused by name", () => {
    const found = spacesOf([file(of("MNI")), file(of("T1w"))]);
    expect(chooseSpace(found, "T1w")?.name).toBe("T1w");
    expect(() => chooseSpace(found, "fsLR")).toThrow(
      "Images in the space fsLR are asked for, and the dataset has none. Use one of: MNI, T1w.",
    );
  });
});
