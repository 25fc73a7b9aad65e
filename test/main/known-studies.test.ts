import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Dataset } from "#app/contract/dataset.ts";
import { KnownStudies } from "#main/known-studies.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const dataset = {
  path: "/a",
  subjects: ["sub-01", "sub-03", "sub-04"],
  runs: ["run-1"],
  participants: {},
  absent: [],
} as unknown as Dataset;
const partly = {
  ...dataset,
  absent: [{ subject: "sub-04", run: "run-1", path: "x", sizeBytes: 1, besides: [] }],
};
const choices = {
  leaveOut: { subjects: ["sub-02", "sub-03"], runs: ["run-2"] },
  repairs: { trimToCommonRows: true },
};

async function file(): Promise<string> {
  return join(temporaryFolder("known"), "recent.json");
}

test("the study opened last stands first and only once", async () => {
  const studies = new KnownStudies(await file());
  await studies.add({ path: "/a", name: "a" });
  await studies.add({ path: "/b", name: "b" });
  await studies.add({ path: "/a", name: "a" });
  expect(await studies.recent()).toEqual([
    { path: "/a", name: "a" },
    { path: "/b", name: "b" },
  ]);
});

test("choices outlive the program and another opening, less what the dataset no longer has", async () => {
  const path = await file();
  const studies = new KnownStudies(path);
  await studies.add({ path: "/a", name: "a" });
  await studies.choose(dataset, choices);
  await studies.add({ path: "/a", name: "a" });
  expect(await new KnownStudies(path).choicesOf(dataset)).toEqual({
    leaveOut: { subjects: ["sub-03"], runs: [] },
    repairs: { trimToCommonRows: true },
  });
});

test("a dataset that nothing was chosen of has no choices, and a broken list none of anything", async () => {
  const path = await file();
  expect(await new KnownStudies(path).choicesOf(dataset)).toBeNull();
  await writeFile(path, "{");
  expect(await new KnownStudies(path).recent()).toEqual([]);
});

test("a list of an earlier version, without choices, is read", async () => {
  const path = await file();
  await writeFile(path, JSON.stringify([{ path: "/a", name: "a" }]));
  expect(await new KnownStudies(path).recent()).toEqual([{ path: "/a", name: "a" }]);
});

test("changes made at once are all kept", async () => {
  const studies = new KnownStudies(await file());
  await Promise.all(["/a", "/b", "/c"].map((path) => studies.add({ path, name: path })));
  expect(await studies.recent()).toHaveLength(3);
});

test("a subject that is not downloaded is left out until it is there", async () => {
  const studies = new KnownStudies(await file());
  await studies.add({ path: "/a", name: "a" });
  const leaveOut = { subjects: ["sub-03", "sub-04"], runs: [] };
  await studies.choose(partly, { ...choices, leaveOut });
  expect((await studies.choicesOf(partly))?.leaveOut.subjects).toEqual(["sub-03", "sub-04"]);
  expect((await studies.choicesOf(dataset))?.leaveOut.subjects).toEqual(["sub-03"]);
});
