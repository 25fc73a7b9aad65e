import { Plan } from "#app/contract/plan.ts";

/** The name of the example study's folder. */
export const exampleName = "concord-example";
/** The same of the example film. */
export const filmName = "concord-example-film";
export const regionFile = "masks/desc-ventraltemporal_mask.nii.gz";

/** The same of the film in whole brains. */
export const wholeBrainName = "concord-example-whole-brain";
/** What responds in whole brains, to hold maps against. */
export const respondingFile = "masks/desc-responding_mask.nii.gz";

/** Where in whole brains in `path` scenes can be told apart, before alignment in searchlights and after. */
export function wholeBrainPlan(path: string): Plan {
  return Plan.parse({
    ...filmPlan(path),
    region: { kind: "brain" },
    method: { name: "hyperalignment", pieces: { kind: "searchlights", radiusMm: 9, spacingMm: 6 } },
    searchlight: { radiusMm: 9, spacingMm: 6 },
  });
}

/** The question of the Sherlock tutorial, of the example film in `path`: the first half aligned on, the second tested. */
export function filmPlan(path: string): Plan {
  return Plan.parse({
    version: 1,
    dataset: { path },
    region: { kind: "mask", path: regionFile },
    samples: {
      align: { kind: "volumes" },
      classify: { kind: "events", shiftSeconds: 5, column: "trial_type" },
    },
    method: { name: "weighted-mcca" },
    protocol: { name: "fit-test", fit: ["task-film_run-1"], test: ["task-film_run-2"] },
    classifier: { name: "nearest-class-correlation" },
    timeSegments: { length: 10 },
  });
}

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
