import { describe, expect, test } from "vitest";
import { Plan } from "#app/contract/plan.ts";
import { correlations } from "#app/evaluate/correlations.ts";
import type { EvaluationSamples } from "#app/evaluate/evaluation.ts";
import { type FitConditionsInput, fitConditions } from "#app/evaluate/fit-conditions.ts";
import { type Matrix, matrixFrom, takeRows } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { rowVolumes } from "#test/evaluate/row-volumes.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

const RUNS = ["run-1", "run-2"];
const CONDITIONS = ["cat", "face", "house"];
const [ROWS, VOXELS, SUBJECTS] = [40, 12, 4];

/** Z-scored rows of shared courses, each subject's voxels turned in their own way. */
function study(): Matrix[] {
  const courses = noise(ROWS * 2, 6, 3);
  return Array.from({ length: SUBJECTS }, (_, at) => {
    const samples = portable.multiply(courses, noise(6, VOXELS, 50 + at));
    const own = noise(ROWS * 2, VOXELS, 90 + at);
    own.data.forEach((value, k) => {
      samples.data[k] = (samples.data[k] as number) + 0.3 * value;
    });
    portable.zscore(samples);
    return samples;
  });
}

const runs = Array.from({ length: ROWS * 2 }, (_, row) => RUNS[row < ROWS ? 0 : 1] as string);
const volumes = rowVolumes(runs);
/** In the second run, rows in turn of three conditions; the first has none. */
const labels = runs.map((run, row) => (run === "run-1" ? null : (CONDITIONS[row % 3] as string)));
/** Patterns of the conditions added to their rows of everyone, in everyone's own voxels. */
const subjects = study().map((samples, at) => {
  const patterns = portable.multiply(noise(3, 6, 7), noise(6, VOXELS, 50 + at));
  labels.forEach((label, row) => {
    if (label === null) return;
    const condition = CONDITIONS.indexOf(label);
    for (let voxel = 0; voxel < VOXELS; voxel++) {
      const to = row * VOXELS + voxel;
      samples.data[to] = (samples.data[to] as number) + (patterns.data[condition * VOXELS + voxel] as number);
    }
  });
  return samples;
});

const align: EvaluationSamples = { subjects, runs, labels: runs.map(() => null), volumes };
const held = Array.from({ length: ROWS }, (_, row) => ROWS + row);
const space = {
  grid: { kind: "columns", dimensions: [VOXELS, 1, 1], affine: [] } as never,
  indices: Int32Array.from({ length: VOXELS }, (_, at) => at),
  places: null,
  cortex: null,
};

function inputFor(subject: number, change: Partial<FitConditionsInput> = {}): FitConditionsInput {
  return {
    align,
    labelled: { subjects: subjects.filter((_, at) => at !== subject), runs, labels, volumes },
    subject,
    rows: takeRows(subjects[subject] as Matrix, held),
    block: takeRows(subjects[subject] as Matrix, held),
    fitRuns: ["run-1"],
    patternRuns: ["run-2"],
    conditions: CONDITIONS,
    selection: null,
    newSubject: false,
    ...change,
  };
}

const plan = Plan.parse({
  version: 1,
  dataset: { path: "x" },
  region: { kind: "brain" },
  samples: { align: { kind: "volumes" }, classify: { kind: "volumes" } },
  method: { name: "weighted-mcca", parameters: { components: 6 } },
  protocol: { name: "leave-one-run-out" },
  classifier: { name: "nearest-class-correlation" },
});

async function right(input: FitConditionsInput): Promise<number> {
  const scores = await inline.drive(fitConditions(input, methodOf(plan).over(space)));
  expect([scores.rows, scores.columns]).toStrictEqual([ROWS, 3]);
  const best = held.map((_, row) => {
    const own = [...scores.data.subarray(row * 3, row * 3 + 3)];
    return CONDITIONS[own.indexOf(Math.max(...own))];
  });
  return best.filter((name, row) => name === labels[ROWS + row]).length / ROWS;
}

describe("the fit of a subject's samples with conditions", () => {
  test("finds the planted condition of each sample, of one who took part and of a new subject", async () => {
    expect(await right(inputFor(1))).toBeGreaterThan(0.8);
    expect(await right(inputFor(1, { newSubject: true }))).toBeGreaterThan(0.8);
  });

  test("keeps voxels by the other subjects' labels where a selection is asked for", async () => {
    const labelled = inputFor(0).labelled;
    const everywhere = { ...labelled, labels: runs.map((_, row) => CONDITIONS[row % 3] as string) };
    expect(
      await right(inputFor(0, { selection: { name: "anova", voxels: 8, choose: [] }, labelled: everywhere })),
    ).toBeGreaterThan(0.5);
  });

  test("is not a number for a sample that does not vary", () => {
    const found = correlations(matrixFrom(2, 3, [1, 1, 1, 1, 2, 3]), matrixFrom(2, 3, [2, 4, 6, 3, 2, 1]));
    expect([...found.data.subarray(0, 2)]).toStrictEqual([Number.NaN, Number.NaN]);
    expect(found.data[2]).toBeCloseTo(1, 12);
    expect(found.data[3]).toBeCloseTo(-1, 12);
  });
});
