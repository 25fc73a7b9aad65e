import { Plan } from "#app/contract/plan.ts";

/** The name of the example study's folder. */
export const exampleName = "concord-example";
export const regionFile = "masks/desc-ventraltemporal_mask.nii.gz";

/** The analysis of PyMVPA's hyperalignment tutorial on the example study in `path`. */
export function examplePlan(path: string): Plan {
  const samples = { kind: "events", shiftSeconds: 5, column: "trial_type" };
  return Plan.parse({
    version: 1,
    dataset: { path },
    region: { kind: "mask", path: regionFile },
    samples: { align: samples, classify: samples },
    selection: { name: "anova", voxels: 500 },
    method: { name: "hyperalignment" },
    protocol: { name: "leave-one-run-out" },
    classifier: { name: "linear-svm", cost: 1 },
  });
}
