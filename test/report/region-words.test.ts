import { expect, test } from "vitest";
import { Region } from "#app/contract/plan.ts";
import { methodsText } from "#app/report/methods-text.ts";
import { regionSentence } from "#app/report/region-words.ts";
import { finishedRun } from "./finished-run.ts";

const sentence = (region: unknown, names: string[] = []) => regionSentence(Region.parse(region), names, 1976);

test("names what was analysed", () => {
  expect(sentence({ kind: "brain" })).toBe(
    "The analysis was restricted to the 1,976 voxels in every subject's brain mask.",
  );
  const labels = { kind: "labels", path: "atlases/cortex_dseg.nii.gz", labels: [1, 2] };
  expect(sentence(labels, ["V1", "V2"])).toBe(
    "The analysis was restricted to the 1,976 voxels in every subject's brain mask and in 2 regions of cortex_dseg.nii.gz (V1 and V2).",
  );
  expect(sentence({ kind: "sphere", centreMm: [-6, -58.5, 32], radiusMm: 10 })).toBe(
    "The analysis was restricted to the 1,976 voxels in every subject's brain mask and within 10 mm of −6, −58.5, 32 mm.",
  );
  expect(sentence({ kind: "parcels", count: 100, parcels: [3, 7], from: ["run-1"] })).toBe(
    "The analysis was restricted to the 1,976 voxels of numbers 3 and 7 of 100 parcels made by Ward's clustering of voxels that share a face, by their time courses in run-1, z-scored within each run and averaged over subjects; no sample of that run was tested.",
  );
});

test("the methods text has it", () => {
  const sphere = { kind: "sphere", centreMm: [0, 0, 0], radiusMm: 8 };
  expect(methodsText(finishedRun({ region: sphere })).paragraphs[0]).toContain("within 8 mm of 0, 0, 0 mm.");
});
