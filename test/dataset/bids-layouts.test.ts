import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Dataset } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { chooseFiles } from "#app/prepare/chosen-files.ts";
import {
  boldOf,
  niftiBytes,
  type TinyFiles,
  tinyPlan,
  tinyStudy,
  varying,
  writeStudy,
} from "./tiny-study.ts";

const written: string[] = [];

async function study(files: TinyFiles): Promise<string> {
  const folder = await writeStudy(files);
  written.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

const subjects = ["01", "02"];
const mask = { dimensions: [2, 2, 1] as const, values: [1, 1, 1, 0] };
const severe = ({ problems }: Dataset) => problems.filter(({ severity }) => severity === "error");

/** Relative to the dataset, with forward slashes. */
function inside({ path }: Dataset, file: string | null): string | null {
  return file?.slice(path.length + 1).replaceAll("\\", "/") ?? null;
}

test("fMRIPrep 1.0: preproc, brainmask and confounds by their old names", async () => {
  const files: TinyFiles = {};
  for (const subject of subjects) {
    const stem = `sub-${subject}/func/sub-${subject}_task-x_bold_`;
    files[`${stem}space-MNI152NLin2009cAsym_preproc.nii.gz`] = varying(12, 1);
    files[`${stem}space-MNI152NLin2009cAsym_brainmask.nii.gz`] = mask;
    files[`${stem}space-T1w_preproc.nii.gz`] = varying(12, 1);
    files[`${stem}confounds.tsv`] = "CSF\n1\n";
  }
  const dataset = await describeDataset(await study(files));
  expect(dataset).toMatchObject({ space: "MNI152NLin2009cAsym", preprocessing: "told", runs: ["task-x"] });
  expect(dataset.spaces).toStrictEqual(["MNI152NLin2009cAsym", "T1w"]);
  const stem = "sub-02/func/sub-02_task-x_bold_";
  const second = dataset.files[1];
  expect(inside(dataset, second?.path ?? null)).toBe(`${stem}space-MNI152NLin2009cAsym_preproc.nii.gz`);
  expect(inside(dataset, second?.maskPath ?? null)).toBe(`${stem}space-MNI152NLin2009cAsym_brainmask.nii.gz`);
  expect(inside(dataset, second?.confoundsPath ?? null)).toBe(`${stem}confounds.tsv`);
});

test("confounds under both later names, and of the right session", async () => {
  const files: TinyFiles = {};
  for (const [session, suffix] of [
    ["1", "regressors"],
    ["2", "timeseries"],
  ]) {
    for (const subject of subjects) {
      const stem = `sub-${subject}/ses-${session}/func/sub-${subject}_ses-${session}_task-x_`;
      files[`${stem}space-MNI_res-2_desc-preproc_bold.nii.gz`] = varying(12, 1);
      files[`${stem}desc-confounds_${suffix}.tsv`] = "csf\n1\n";
      files[`${stem}desc-other_${suffix}.tsv`] = "csf\n1\n";
    }
  }
  const dataset = await describeDataset(await study(files));
  expect(dataset.runs).toStrictEqual(["ses-1_task-x", "ses-2_task-x"]);
  expect(dataset.files.slice(0, 2).map(({ confoundsPath }) => inside(dataset, confoundsPath))).toStrictEqual([
    "sub-01/ses-1/func/sub-01_ses-1_task-x_desc-confounds_regressors.tsv",
    "sub-01/ses-2/func/sub-01_ses-2_task-x_desc-confounds_timeseries.tsv",
  ]);
});

test("a Plan chooses among the spaces of a dataset", async () => {
  const files: TinyFiles = {};
  for (const subject of subjects) {
    for (const [space, volumes] of [
      ["MNI152NLin6Asym", 12],
      ["Talairach", 10],
      ["T1w", 8],
    ] as const) {
      files[`sub-${subject}/func/sub-${subject}_task-x_space-${space}_bold.nii.gz`] = varying(volumes, 1);
    }
  }
  const folder = await study(files);
  expect((await describeDataset(folder)).spaces).toStrictEqual(["MNI152NLin6Asym", "Talairach", "T1w"]);
  const other = await describeDataset(folder, "Talairach");
  expect(other.files.map(({ volumes }) => volumes)).toStrictEqual([10, 10]);
  const own = await describeDataset(folder, "T1w");
  expect(own.preprocessing).toBe("missing");
  expect(severe(own)[0]?.text).toContain("each subject's own space (T1w)");
  await expect(describeDataset(folder, "fsLR")).rejects.toMatchObject({ code: "dataset/unknown-space" });
});

describe("raw BIDS, as OpenNeuro's ds001132", () => {
  const raw = () => ({
    "dataset_description.json": '{"Name": "Sherlock", "BIDSVersion": "1.0.2"}',
    ...tinyStudy(),
  });

  test("opens with its runs, says what is missing and is not aligned", async () => {
    const dataset = await describeDataset(await study(raw()));
    expect(dataset).toMatchObject({ reader: "bids", preprocessing: "missing", space: null, spaces: [] });
    expect(dataset.files.map(({ volumes }) => volumes)).toStrictEqual([12, 12, 12, 12, 12, 12]);
    expect(severe(dataset).map(({ text }) => text)).toStrictEqual([
      "These are raw images: dataset_description.json names no program that made them. Motion correction, correction of distortions and the way to a common space are missing. They can be looked at, and not aligned. Preprocess them first, for instance with fMRIPrep and an output space such as MNI152NLin2009cAsym.",
    ]);
    expect(() => chooseFiles(dataset, Plan.parse(tinyPlan(dataset.path)))).toThrow(
      "were not brought to one space",
    );
  });

  test("is passed over for derivatives beside it, whose events are its own", async () => {
    const files: TinyFiles = {
      ...raw(),
      "derivatives/fmriprep/dataset_description.json": '{"GeneratedBy": [{"Name": "fMRIPrep"}]}',
    };
    for (const subject of ["01", "02", "03"]) {
      files[
        `derivatives/fmriprep/sub-${subject}/func/sub-${subject}_task-a_run-1_space-MNI152NLin6Asym_desc-preproc_bold.nii.gz`
      ] = varying(12, 1);
    }
    const dataset = await describeDataset(await study(files));
    expect(dataset).toMatchObject({ preprocessing: "told", runs: ["task-a_run-1"] });
    expect(inside(dataset, dataset.files[0]?.eventsPath ?? null)).toBe("task-a_events.tsv");
    expect(severe(dataset)).toStrictEqual([]);
  });

  test("fMRIPrep's images without a space are each subject's own", async () => {
    const dataset = await describeDataset(
      await study({
        "dataset_description.json": '{"GeneratedBy": [{"Name": "fMRIPrep"}], "DatasetType": "derivative"}',
        "sub-01/func/sub-01_task-x_desc-preproc_bold.nii.gz": varying(12, 1),
        "sub-02/func/sub-02_task-x_desc-preproc_bold.nii.gz": varying(12, 2),
      }),
    );
    expect(dataset.preprocessing).toBe("missing");
  });

  test("a folder without a description is aligned, with a warning", async () => {
    const dataset = await describeDataset(await study(tinyStudy()));
    expect(dataset.preprocessing).toBe("unknown");
    expect(dataset.problems.filter(({ severity }) => severity === "warning")[0]?.text).toBe(
      "There is no brain mask. All voxels count as brain.",
    );
    expect(dataset.problems.map(({ text }) => text)).toContain(
      "Nothing says that the images were brought to one space. Where they were not, voxels do not correspond.",
    );
    expect(chooseFiles(dataset, Plan.parse(tinyPlan(dataset.path))).files).toHaveLength(6);
  });
});

describe("links", () => {
  test("an image that is a link out of the folder is refused with its reason", async () => {
    const outside = await study({ "secret.nii.gz": varying(12, 1) });
    const files = tinyStudy();
    const name = boldOf("02", "task-a_run-1");
    delete files[name];
    const folder = await study(files);
    await symlink(join(outside, "secret.nii.gz"), join(folder, name));
    const dataset = await describeDataset(folder);
    expect(dataset.files).toHaveLength(5);
    expect(dataset.broken).toStrictEqual([
      {
        subject: "sub-02",
        run: "task-a_run-1",
        code: "image/unreadable",
        values: { path: join(folder, name), detail: "it is a link that leaves the dataset's folder" },
      },
    ]);
  });

  test("tables and masks that are links out of the folder are not read", async () => {
    const outside = await study({ "task-a_events.tsv": "onset\tduration\tsecret\n0\t1\tx\n" });
    const files = tinyStudy();
    delete files["task-a_events.tsv"];
    const folder = await study(files);
    await symlink(join(outside, "task-a_events.tsv"), join(folder, "task-a_events.tsv"));
    expect((await describeDataset(folder)).events).toStrictEqual([]);
  });

  test("a folder that is a link out of it is passed over and told", async () => {
    const outside = await study(tinyStudy());
    const folder = await study(tinyStudy());
    await symlink(join(outside, "sub-01"), join(folder, "sub-09"));
    const dataset = await describeDataset(folder);
    expect(dataset.subjects).toStrictEqual(["sub-01", "sub-02", "sub-03"]);
    expect(dataset.problems.map(({ text }) => text)).toContain(
      `The folder ${join(folder, "sub-09")} was passed over: it is a link that leaves the dataset's folder. Its images are left out.`,
    );
  });

  test("links within the folder are followed, also in a circle", async () => {
    const folder = await study(tinyStudy());
    await symlink(folder, join(folder, "sub-01", "ses-1"));
    await symlink(join(folder, "sub-02"), join(folder, "sub-02", "ses-1"));
    expect((await describeDataset(folder)).files).toHaveLength(6);
  });

  test("git-annex keeps files beside the opened folder, within its own repository", async () => {
    const key = "MD5E-s4--0123.nii.gz";
    const object = `.git/annex/objects/aa/bb/${key}/${key}`;
    const files: TinyFiles = { [object]: niftiBytes(varying(12, 1)) };
    const repository = await study(files);
    const other = await study(files);
    for (const [subject, source] of [
      ["01", repository],
      ["02", repository],
      ["03", other],
    ] as const) {
      await mkdir(join(repository, "study", `sub-${subject}`, "func"), { recursive: true });
      await symlink(join(source, object), join(repository, "study", boldOf(subject, "task-a")));
    }
    const dataset = await describeDataset(join(repository, "study"));
    expect(dataset.files.map(({ subject }) => subject)).toStrictEqual(["sub-01", "sub-02"]);
    expect(dataset.broken.map(({ subject }) => subject)).toStrictEqual(["sub-03"]);
  });
});

test("endings in capitals, and names that the disk spells apart", async () => {
  const files: TinyFiles = {};
  for (const subject of ["Anaïs".normalize("NFD"), "Zoë".normalize("NFC")]) {
    files[`sub-${subject}/func/sub-${subject}_task-x_bold.NII.GZ`] = varying(12, 1);
  }
  const folder = await study({});
  for (const name of Object.keys(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), niftiBytes(varying(12, 1)));
  }
  const { subjects: found, files: images } = await describeDataset(folder);
  expect(found).toStrictEqual(["sub-Anaïs", "sub-Zoë"].map((name) => name.normalize("NFC")));
  expect(images).toHaveLength(2);
});

test("label images are offered as atlases, not as masks", async () => {
  const { masks, atlases } = await describeDataset(
    await study({
      ...tinyStudy(),
      "k50_2mm.nii.gz": mask,
      "MNI152_T1_2mm.nii.gz": mask,
      "atlases/atlas-Schaefer_dseg.nii.gz": mask,
    }),
  );
  expect(masks).toStrictEqual(["masks/desc-two_mask.nii.gz"]);
  expect(atlases).toStrictEqual(["atlases/atlas-Schaefer_dseg.nii.gz", "k50_2mm.nii.gz"]);
});
