import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeDataset } from "#app/dataset/readers.ts";
import { sharedFolder } from "#test/shared.ts";
import { type TinyFiles, writeStudy } from "./tiny-study.ts";

describe.skipIf(sharedFolder === null)("the Sherlock dataset", () => {
  const fixture = join(sharedFolder ?? "", "data", "fixtures", "sherlock-tiny");

  test("denoised images of both parts, their confounds, masks, scenes and stimuli", async () => {
    const dataset = await describeDataset(fixture);
    expect(dataset).toMatchObject({
      reader: "sherlock",
      space: "MNI152NLin2009cAsym",
      preprocessing: "told",
      subjects: ["sub-01", "sub-02", "sub-03"],
      runs: ["task-sherlockPart1", "task-sherlockPart2"],
      atlases: ["k5_3mm.nii.gz"],
      masks: [],
      broken: [],
    });
    expect(dataset.files.map(({ volumes }) => volumes)).toStrictEqual([30, 24, 30, 24, 30, 24]);
    for (const file of dataset.files) {
      expect(file.path).toMatch(/_denoise_crop_smooth6mm_.*_bold\.nii\.gz$/);
      expect(file.treatments).toStrictEqual(["denoised", "detrended", "cropped", "smoothed"]);
      expect(file.repetitionTimeSeconds).toBe(1.5);
      expect(file.maskPath).toContain(
        `${file.subject}_${file.run}_space-MNI152NLin2009cAsym_desc-brain_mask`,
      );
      expect(file.confoundsPath).toContain(`${file.subject}_${file.run}_desc-confounds_regressors.tsv`);
      expect(file.eventsPath).toBe(join(fixture, "onsets", "Sherlock_Segments_1000_NN_2017.xlsx"));
    }
    expect(dataset.problems.filter(({ severity }) => severity !== "warning")).toStrictEqual([
      {
        severity: "note",
        text: "The stimuli are there too: stimuli_Sherlock.m4v. Concord does not use them.",
      },
    ]);
  });

  test("a mirror keeps the images under derivatives/fmriprep", async () => {
    const files: TinyFiles = {};
    for (const name of await readdir(fixture, { recursive: true })) {
      if (!/\.(nii\.gz|xlsx)$/.test(name)) continue;
      const there = name.replace(/^fmriprep/, join("derivatives", "fmriprep"));
      files[there] = await readFile(join(fixture, name));
    }
    const folder = await writeStudy(files);
    const dataset = await describeDataset(folder);
    await rm(folder, { recursive: true, force: true });
    expect(dataset.reader).toBe("sherlock");
    expect(dataset.files).toHaveLength(6);
  });
});
