import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Dataset } from "#app/contract/dataset.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { sharedFolder } from "#test/shared.ts";
import { boldOf, type TinyFiles, tinyStudy, varying, writeStudy } from "./tiny-study.ts";

const written: string[] = [];

async function describeStudy(files: TinyFiles): Promise<Dataset> {
  const folder = await writeStudy(files);
  written.push(folder);
  return bidsReader.describe(folder);
}

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

test("tells subjects, runs, region masks and the values of events' columns", async () => {
  const dataset = await describeStudy({
    ...tinyStudy(),
    "rois/desc-left_mask.nii.gz": { dimensions: [2, 2, 1], values: [1, 0, 0, 0] },
    "sub-01/anat/sub-01_desc-brain_mask.nii.gz": { dimensions: [2, 2, 1], values: [1, 1, 1, 1] },
  });
  expect(Dataset.parse(dataset)).toStrictEqual(dataset);
  expect(dataset.subjects).toStrictEqual(["sub-01", "sub-02", "sub-03"]);
  expect(dataset.runs).toStrictEqual(["task-a_run-1", "task-a_run-2"]);
  expect(dataset.masks).toStrictEqual(["masks/desc-two_mask.nii.gz", "rois/desc-left_mask.nii.gz"]);
  const columns = [{ name: "trial_type", values: ["face", "house"] }];
  expect(dataset.events).toStrictEqual([
    { run: "task-a_run-1", columns },
    { run: "task-a_run-2", columns },
  ]);
});

test("a run's events are those of the most special file: its own, its subject's, the study's", async () => {
  const events = (label: string) => `onset\tduration\ttrial_type\n0\t2\t${label}\n`;
  const dataset = await describeStudy({
    ...tinyStudy(),
    "task-a_events.tsv": events("study"),
    "sub-02/sub-02_task-a_events.tsv": events("subject"),
    "sub-02/func/sub-02_task-a_run-2_events.tsv": events("run"),
  });
  const of = (subject: string, run: string) =>
    dataset.files.find((file) => file.subject === subject && file.run === run)?.eventsPath;
  expect(of("sub-01", "task-a_run-1")).toBe(join(dataset.path, "task-a_events.tsv"));
  expect(of("sub-02", "task-a_run-1")).toBe(join(dataset.path, "sub-02", "sub-02_task-a_events.tsv"));
  expect(of("sub-02", "task-a_run-2")).toBe(
    join(dataset.path, "sub-02", "func", "sub-02_task-a_run-2_events.tsv"),
  );
  expect(dataset.events[1]?.columns[0]?.values).toStrictEqual(["study", "run"]);
});

test("names what is odd and what of a Plan mends it", async () => {
  const files = tinyStudy();
  delete files[boldOf("01", "task-a_run-2")];
  const dataset = await describeStudy({
    ...files,
    [boldOf("02", "task-a_run-1")]: varying(11, 1),
    [boldOf("03", "task-a_run-2")]: { ...varying(12, 2), tr: 3 },
    [boldOf("03", "task-a_run-1")]: { ...varying(12, 2), origin: [1, 0, 0] },
  });
  const found = dataset.problems.filter(({ severity }) => severity === "error");
  expect(found.map(({ subject, run, repair }) => [subject, run, repair])).toStrictEqual([
    ["sub-02", "task-a_run-1", "trim-to-common-rows"],
    ["sub-01", "task-a_run-2", "leave-out-subject"],
    ["sub-03", "task-a_run-1", "leave-out-subject"],
    ["sub-03", "task-a_run-2", "leave-out-subject"],
  ]);
});

test("a repetition time that is not known is a warning, not another time", async () => {
  const files = tinyStudy();
  for (const name of Object.keys(files))
    if (name.includes("_bold")) files[name] = { ...varying(12, 1), tr: 0 };
  const { problems } = await describeStudy(files);
  expect(problems.filter(({ severity }) => severity === "error")).toStrictEqual([]);
  expect(problems.filter(({ text }) => text.startsWith("The repetition time is not known"))).toHaveLength(6);
});

test("images that are links to nothing, as git-annex leaves them, are to be downloaded", async () => {
  const study = tinyStudy();
  const name = boldOf("03", "task-a_run-2");
  delete study[name];
  const folder = await writeStudy(study);
  written.push(folder);
  await symlink("../../.git/annex/objects/none", join(folder, name));
  const { files, absent } = await bidsReader.describe(folder);
  expect(files).toHaveLength(5);
  expect(absent).toStrictEqual([
    { subject: "sub-03", run: "task-a_run-2", path: name, sizeBytes: null, besides: [] },
  ]);
  const empty = await writeStudy({ "sub-01/func/README": "" });
  written.push(empty);
  await symlink("none", join(empty, "sub-01", "func", "sub-01_task-a_bold.nii.gz"));
  expect(await bidsReader.describe(empty)).toMatchObject({ subjects: ["sub-01"], files: [], absent: [{}] });
});

test("an image whose header can't be read is a problem of its run, and the others stay", async () => {
  const name = boldOf("02", "task-a_run-1");
  const { path, subjects, runs, files, broken, problems } = await describeStudy({
    ...tinyStudy(),
    [name]: "<html>Not found</html>",
  });
  expect({ subjects, runs }).toStrictEqual({
    subjects: ["sub-01", "sub-02", "sub-03"],
    runs: ["task-a_run-1", "task-a_run-2"],
  });
  expect(files).toHaveLength(5);
  const at = { subject: "sub-02", run: "task-a_run-1" };
  const values = { path: join(path, name), detail: "it is not a NIfTI image" };
  expect(broken).toStrictEqual([{ ...at, code: "image/unreadable", values }]);
  expect(problems.filter(({ severity }) => severity === "error")).toStrictEqual([
    {
      severity: "error",
      ...at,
      text: "sub-02_task-a_run-1_bold.nii.gz can't be read: it is not a NIfTI image. Check the file or fetch it again. Or leave out the run.",
      repair: "leave-out-run",
    },
  ]);
});

test("a subject without a readable image is the one to leave out", async () => {
  const files = { ...tinyStudy(), [boldOf("02", "task-a_run-1")]: "", [boldOf("02", "task-a_run-2")]: "" };
  const { subjects, problems } = await describeStudy(files);
  expect(subjects).toStrictEqual(["sub-01", "sub-02", "sub-03"]);
  expect(
    problems.flatMap(({ repair, subject, run }) => (repair ? [[repair, subject, run]] : [])),
  ).toStrictEqual([
    ["leave-out-subject", "sub-02", "task-a_run-1"],
    ["leave-out-subject", "sub-02", "task-a_run-2"],
  ]);
});

test("a folder of broken images alone is refused by the first one's fault", async () => {
  const files = Object.keys(tinyStudy()).filter((name) => name.includes("_bold"));
  await expect(
    describeStudy(Object.fromEntries(files.map((name) => [name, "no image"]))),
  ).rejects.toMatchObject({ code: "image/unreadable" });
});

describe.skipIf(sharedFolder === null)("the reference data", () => {
  test("fmriprep-tiny: masks, events and times of three subjects and two runs", async () => {
    const dataset = await bidsReader.describe(join(sharedFolder ?? "", "data", "fixtures", "fmriprep-tiny"));
    expect(dataset.space).toBe("MNI152NLin2009cAsym");
    expect(
      dataset.files.map(({ subject, run, volumes, repetitionTimeSeconds, grid }) => [
        subject,
        run,
        volumes,
        repetitionTimeSeconds,
        grid.dimensions.join(),
      ]),
    ).toStrictEqual(
      ["sub-01", "sub-02", "sub-03"].flatMap((subject) =>
        ["task-movie_run-1", "task-movie_run-2"].map((run) => [subject, run, 30, 2, "8,9,7"]),
      ),
    );
    expect(dataset.files.every(({ maskPath, eventsPath }) => maskPath !== null && eventsPath !== null)).toBe(
      true,
    );
    expect(dataset.masks).toStrictEqual([]);
    expect(dataset.backgroundPath).toMatch(/sub-01_space-MNI152NLin2009cAsym_res-2_desc-preproc_T1w/);
    expect(dataset.problems).toStrictEqual([]);
    const { voxelOffset } = await readHeader(dataset.files[0]?.path ?? "");
    expect(voxelOffset).toBe(352);
  });

  test("sherlock-pmc: the region's mask and the scenes", async () => {
    const dataset = await bidsReader.describe(join(sharedFolder ?? "", "data", "sherlock-pmc"));
    expect(dataset.masks).toStrictEqual(["masks/desc-pmc_mask.nii.gz"]);
    expect(dataset.events.map(({ columns }) => [columns[0]?.name, columns[0]?.values.length])).toStrictEqual([
      ["trial_type", 27],
      ["trial_type", 23],
    ]);
  });
});
