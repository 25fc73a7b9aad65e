import { noCleaning } from "#app/contract/cleaning.ts";
import { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { ReportInput } from "#app/report/report-input.ts";
import { nothingFound } from "#test/contract/nothing-found.ts";

const subjects = ["sub-01", "sub-02"];
const common = { claim: "same subjects, new data", classifier: "linear-svm" } as const;
const accuracy = (scheme: "A" | null, first: number, second: number) => ({
  ...common,
  scheme,
  interval: null,
  mean: (first + second) / 2,
  sem: Math.abs(first - second) / 2,
  perSubject: [
    { subject: "sub-01", accuracy: first },
    { subject: "sub-02", accuracy: second },
  ],
});

const result: EvaluationResult = {
  ...nothingFound,
  accuracy: {
    within: null,
    anatomical: accuracy("A", 0.25, 0.5),
    shifted: null,
    aligned: accuracy("A", 0.5, 1),
  },
  reason: { within: "The runs to fit on share no condition with the runs to test on." },
  folds: [{ fold: "fit-test", aligned: 100, tested: 2, newcomer: null }],
  classes: ["face", "house"],
  confusion: {
    anatomical: [
      [1, 1],
      [1, 1],
    ],
    aligned: [
      [2, 0],
      [1, 1],
    ],
  },
  predictions: {
    anatomical: [{ fold: "fit-test", subject: "sub-01", row: 0, label: 0, predicted: 1 }],
    aligned: [{ fold: "fit-test", subject: "sub-01", row: 0, label: 0, predicted: 0 }],
  },
};

/** A run of two subjects, as its report sees it. */
export function finishedRun(
  plan: Record<string, unknown> = {},
  more: Partial<ReportInput> = {},
): ReportInput {
  return {
    plan: Plan.parse({
      version: 1,
      dataset: { path: "/data/study", leaveOut: { subjects: ["sub-03"], runs: [] } },
      region: { kind: "mask", path: "masks/desc-vt_mask.nii.gz" },
      samples: { align: { kind: "volumes" }, classify: { kind: "events", shiftSeconds: 5 } },
      method: { name: "hyperalignment" },
      protocol: { name: "fit-test", fit: ["run-1"], test: ["run-2"] },
      classifier: { name: "linear-svm" },
      ...plan,
    }),
    result,
    preparation: {
      subjects,
      voxels: 1972,
      grid: {
        kind: "volume",
        dimensions: [2, 2, 2],
        affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
      },
      regionNames: [],
      dropped: { constant: 3, nonFinite: 1 },
      cleaning: noCleaning,
      trims: ["run-2 was cut to the 90 rows that all subjects have of 100."],
      rows: { align: 190, classify: 4 },
      samples: [{ run: "run-2", onset: 10, label: "face" }],
    },
    origin: {
      concord: "0.1.0",
      kernels: "portable",
      workers: 2,
      datasetName: "study",
      method: "Hyperalignment",
      backgroundPath: null,
      surfaces: null,
      space: "MNI152NLin6Asym",
      started: "2026-11-24T10:00:00.000Z",
      seconds: 12.34,
    },
    dataset: {
      path: "/data/study",
      runs: [
        { run: "run-1", align: 100, classify: 2 },
        { run: "run-2", align: 90, classify: 2 },
      ],
      repetitionTimeSeconds: 1.5,
      problems: [{ severity: "warning", subject: "sub-02", run: "run-1", text: "There is no brain mask." }],
      cortex: [],
      credit: [],
    },
    method: {
      name: "hyperalignment",
      label: "Hyperalignment",
      references: ["haxby2011"],
      usesLabels: false,
      parameters: {
        level2Iterations: 1,
        reference: null,
        zscoreCommon: true,
        equalWeights: false,
        scaling: true,
        completion: "closest-to-identity",
      },
    },
    isc: { voxels: 1972, before: [0.1, 0.2], after: [0.3, 0.4] },
    inputs: [{ path: "sub-01/func/sub-01_bold.nii.gz", bytes: 12345, sha256: "ab".repeat(32) }],
    ...more,
  };
}
