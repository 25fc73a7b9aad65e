import { join } from "node:path";
import { expect, test } from "vitest";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { prepare } from "#app/prepare/prepare.ts";
import { sharedFolder } from "#test/shared.ts";

test.skipIf(!sharedFolder)(
  "cuts every subject to the rows that are whole in all, and drops later scenes",
  async () => {
    const path = join(sharedFolder ?? "", "data", "sherlock-pmc");
    const dataset = await bidsReader.describe(path);
    const plan = Plan.parse({
      version: 1,
      dataset: { path, repairs: { trimToCommonRows: true } },
      region: { kind: "mask", path: "masks/desc-pmc_mask.nii.gz" },
      samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 0 } },
      method: { name: "hyperalignment" },
      protocol: { name: "fit-test", fit: ["task-sherlockPart1"], test: ["task-sherlockPart2"] },
      classifier: { name: "nearest-class-correlation" },
    });
    const prepared = await prepare(dataset, plan);
    expect(prepared.subjects.length).toBe(8);
    expect(prepared.voxels.count).toBe(481);
    expect(prepared.align.runs.filter((run) => run === "task-sherlockPart1").length).toBe(946);
    expect(prepared.align.runs.filter((run) => run === "task-sherlockPart2").length).toBe(979);
    expect(prepared.classify.runs.filter((run) => run === "task-sherlockPart2").length).toBe(21);
    expect(dataset.backgroundPath).toMatch(/desc-brain_T1w/);
  },
);
