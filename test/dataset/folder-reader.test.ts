import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { placeImages, sortFiles } from "#app/dataset/folder-images.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { type TinyFiles, tinyEvents, varying, writeStudy } from "./tiny-study.ts";

const written: string[] = [];

async function study(files: TinyFiles): Promise<string> {
  const folder = await writeStudy(files);
  written.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of written.splice(0)) await rm(folder, { recursive: true, force: true });
});

const mask = { dimensions: [2, 2, 1] as const, values: [1, 1, 1, 0] };

test("one image a subject, with masks and events of their own and of all", async () => {
  const folder = await study({
    "s2.nii.gz": varying(12, 1),
    "s10.nii.gz": varying(12, 2),
    "s1.nii.gz": varying(12, 3),
    "s1_brain_mask.nii.gz": mask,
    "s1_events.tsv": tinyEvents,
    "masks/V1_mask.nii.gz": mask,
    "atlas.nii.gz": mask,
    "anat_T1w.nii.gz": mask,
    ".hidden.nii.gz": mask,
    "notes.txt": "s3",
  });
  const dataset = await describeDataset(folder);
  expect(dataset).toMatchObject({
    reader: "folder",
    subjects: ["s1", "s2", "s10"],
    runs: ["run-1"],
    masks: ["masks/V1_mask.nii.gz"],
    atlases: ["atlas.nii.gz"],
    preprocessing: "unknown",
  });
  expect(dataset.files[0]).toMatchObject({
    maskPath: join(folder, "s1_brain_mask.nii.gz"),
    eventsPath: join(folder, "s1_events.tsv"),
  });
  expect(dataset.files[1]).toMatchObject({ maskPath: null, eventsPath: null });
});

test("a folder for each subject, and a mean among the runs that is none", async () => {
  const dataset = await describeDataset(
    await study({
      "P07/run1.nii": varying(12, 1),
      "P07/run2.nii": varying(12, 2),
      "P08/run1.nii": varying(12, 3),
      "P08/run2.nii": { dimensions: [2, 2, 1], values: [1, 2, 3, 4] },
    }),
  );
  expect(dataset.files.map(({ subject, run }) => `${subject} ${run}`)).toStrictEqual([
    "P07 run1",
    "P07 run2",
    "P08 run1",
  ]);
  expect(dataset.problems.map(({ text }) => text)).toContain(
    "These files hold one volume each and were taken for no run: run2.nii.",
  );
});

test("names that do not tell are said to be so", async () => {
  const dataset = await describeDataset(
    await study({ "A_1.nii": varying(12, 1), "A_2.nii": varying(12, 2), "B_3.nii": varying(12, 2) }),
  );
  expect(dataset.subjects).toStrictEqual(["A_1", "A_2", "B_3"]);
  expect(dataset.problems.map(({ text }) => text)).toContain(
    "The names do not tell subjects from runs, so each of the 3 images is taken for a subject. A table can say which is whose (docs/image-table.md).",
  );
});

test("links out of the folder are refused, links to nothing are to be downloaded", async () => {
  const outside = await study({ "s3.nii": varying(12, 1) });
  const folder = await study({ "s1.nii": varying(12, 1), "s2.nii": varying(12, 2) });
  await symlink(join(outside, "s3.nii"), join(folder, "s3.nii"));
  await symlink("nothing", join(folder, "s4.nii"));
  const { files, broken, absent } = await describeDataset(folder);
  expect(files.map(({ subject }) => subject)).toStrictEqual(["s1", "s2"]);
  expect(broken).toMatchObject([
    { subject: "s3", values: { detail: "it is a link that leaves the dataset's folder" } },
  ]);
  expect(absent).toMatchObject([{ subject: "s4", path: "s4.nii", sizeBytes: null, besides: [] }]);
});

test("the hemispheres of one subject are one image, and a lone one is an image too", () => {
  const list = (...names: string[]) =>
    sortFiles(
      names.map((fileName) => ({
        path: `/d/${fileName}`,
        fileName,
        absent: false,
        sizeBytes: null,
        stray: false,
      })),
      "/d",
    ).images;
  const told = (...names: string[]) =>
    placeImages(list(...names)).images.map(
      ({ subject, file, companion }) => `${subject}: ${file.inside} ${companion?.inside ?? "-"}`,
    );
  expect(told("lh_s1.nii", "rh_s1.nii", "lh_s2.nii", "rh_s2.nii")).toStrictEqual([
    "s1: lh_s1.nii rh_s1.nii",
    "s2: lh_s2.nii rh_s2.nii",
  ]);
  expect(told("s1.L.nii", "s1.R.nii", "s2.L.nii", "s2.R.nii")).toStrictEqual([
    "s1: s1.L.nii s1.R.nii",
    "s2: s2.L.nii s2.R.nii",
  ]);
  expect(told("lh_s1.nii", "lh_s2.nii")).toStrictEqual(["s1: lh_s1.nii -", "s2: lh_s2.nii -"]);
});

test("a folder without images, and one that is not there", async () => {
  await expect(describeDataset(await study({ "notes.txt": "" }))).rejects.toMatchObject({
    code: "dataset/empty",
  });
  await expect(describeDataset("/no/such/folder")).rejects.toMatchObject({ code: "dataset/not-found" });
  const folder = await study({ "s1.nii": varying(12, 1), "s2.nii": varying(12, 2) });
  await expect(describeDataset(folder, "MNI")).rejects.toMatchObject({ code: "dataset/unknown-space" });
});
