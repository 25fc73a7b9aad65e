import { Plan } from "#app/contract/plan.ts";
import { evaluateFold, type FoldOutcome } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation, EvaluationSamples } from "#app/evaluate/evaluation.ts";
import { planEvaluation } from "#app/evaluate/plan-evaluation.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { methodOf } from "#app/run/plan-method.ts";
import type { VoxelGrid } from "#app/run/voxel-grid.ts";
import { rowVolumes, runLengthsOf } from "#test/evaluate/row-volumes.ts";
import { noise as gaussian } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

export const SUBJECTS = 5;
export const RUNS = ["run-1", "run-2", "run-3"];
export const CONDITIONS = ["face", "house", "cat", "shoe"];
export const VOXELS = 24;

/** A Plan of it, with hyperalignment and the nearest class. */
export function planFor(change: Record<string, unknown> = {}): Plan {
  return Plan.parse({
    version: 1,
    dataset: { path: "study" },
    region: { kind: "brain" },
    samples: {
      align: { kind: "events", shiftSeconds: 5 },
      classify: { kind: "events", shiftSeconds: 5 },
    },
    method: { name: "hyperalignment" },
    protocol: { name: "leave-one-run-out" },
    classifier: { name: "nearest-class-correlation" },
    ...change,
  });
}

/** Its voxels lie along a line, a millimetre apart. */
export const SPACE: VoxelGrid = {
  grid: {
    kind: "columns",
    dimensions: [VOXELS, 1, 1],
    affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  },
  indices: Int32Array.from({ length: VOXELS }, (_, at) => at),
  places: Float64Array.from({ length: 3 * VOXELS }, (_, at) => (at % 3 === 0 ? at / 3 : 0)),
  cortex: null,
};

interface Make {
  readonly noise: number;
  readonly shuffled?: boolean;
  /** How often each condition comes in a run. */
  readonly repeats?: number;
}

/** Each condition has a pattern in a hidden space; each subject's voxels are a rotation of that space. */
export function turnedStudy({ noise, shuffled = false, repeats = 1 }: Make): EvaluationSamples {
  const hidden = CONDITIONS.map((_, at) => gaussian(1, VOXELS, 104729 * (at + 1)));
  const runs = RUNS.flatMap((run) => CONDITIONS.flatMap(() => new Array<string>(repeats).fill(run)));
  const order = shuffled ? [2, 0, 3, 1, 1, 3, 0, 2, 3, 2, 1, 0] : null;
  const labels = runs.map((_, row) => CONDITIONS[(order?.[row] ?? row) % CONDITIONS.length] as string);
  const subjects = Array.from({ length: SUBJECTS }, (_, subject) => {
    const out = zeros(runs.length, VOXELS);
    const own = gaussian(runs.length, VOXELS, 7919 * (subject + 1));
    for (let row = 0; row < runs.length; row++) {
      const pattern = hidden[row % CONDITIONS.length] as Matrix;
      for (let voxel = 0; voxel < VOXELS; voxel++) {
        const from = (voxel + 5 * subject) % VOXELS;
        const at = row * VOXELS + voxel;
        out.data[at] = (pattern.data[from] as number) + noise * (own.data[at] as number);
      }
    }
    return out;
  });
  return { subjects, runs, labels, volumes: rowVolumes(runs) };
}

/** Samples that are both aligned on and classified, as a Plan's protocol has them. */
export function evaluationOf(plan: Plan, samples: EvaluationSamples): Evaluation {
  const subjects = samples.subjects.map((_, at) => `sub-${at + 1}`);
  const runs = runLengthsOf(samples.runs);
  return planEvaluation({ plan, subjects, runs, align: samples, classify: samples });
}

/** All folds of an evaluation, one after the other. */
export async function outcomesOf(evaluation: Evaluation): Promise<FoldOutcome[]> {
  const align = methodOf(evaluation.plan).over(SPACE);
  const outcomes: FoldOutcome[] = [];
  for (const fold of evaluation.folds) {
    outcomes.push(await inline.drive(evaluateFold(evaluation, fold, align)));
  }
  return outcomes;
}
