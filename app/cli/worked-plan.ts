import type { z } from "zod";
import type { Plan } from "#app/contract/plan.ts";

const plan: z.input<typeof Plan> = {
  version: 1,
  dataset: { path: "sherlock-pmc", repairs: { trimToCommonRows: true } },
  region: { kind: "mask", path: "masks/desc-pmc_mask.nii.gz" },
  samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 0 } },
  method: { name: "hyperalignment" },
  protocol: { name: "fit-test", fit: ["task-sherlockPart1"], test: ["task-sherlockPart2"] },
  classifier: { name: "nearest-class-correlation" },
};

/** A Plan that aligns on part 1 of Sherlock and classifies the scenes of part 2, as JSON. */
export const workedPlan = JSON.stringify(plan, null, 2);
