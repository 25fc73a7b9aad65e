import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { standardise } from "#app/evaluate/standardise.ts";
import { matchTimeSegments } from "#app/evaluate/time-segments.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, scaledColumns, sum } from "#app/linalg/matrix.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

const SUBJECTS = 6;
const ROWS = 200;
const VOXELS = 60;
const RANK = 10;

/** Standard deviation of a voxel's noise beside that of what subjects share. */
export const noiseLevels = [0.25, 0.5, 1, 2, 4, 8] as const;

/** A method's name, and the share of held-out rows that it brings together at each level of noise. */
export interface Curve {
  readonly name: string;
  readonly shares: readonly number[];
}

/**
 * Planted truth: ten time courses that all subjects share, each subject's voxels mixing them in their own way, and
 * noise. Fitted to 200 rows, the method moves 200 others; each of these is looked for among the other subjects' 200.
 */
export function recoveryCurves(linalg: Linalg): readonly Curve[] {
  const data = noiseLevels.map((level) => planted(linalg, level));
  const anatomical = data.map(({ held }) => matched(linalg, held, null));
  return [
    { name: "not aligned", shares: anatomical },
    ...Object.values(aligners).map((aligner) => ({
      name: aligner.name,
      shares: data.map((level) => recovered(linalg, aligner, level)),
    })),
  ];
}

interface Planted {
  readonly fitted: readonly Matrix[];
  readonly held: readonly Matrix[];
}

function planted(linalg: Linalg, level: number): Planted {
  const courses = noise(2 * ROWS, RANK, 1);
  const all = Array.from({ length: SUBJECTS }, (_, at) => {
    const samples = linalg.multiply(courses, noise(RANK, VOXELS, 100 + at));
    const own = noise(2 * ROWS, VOXELS, 200 + at);
    for (let k = 0; k < own.data.length; k++) {
      samples.data[k] = (samples.data[k] as number) / Math.sqrt(RANK) + level * (own.data[k] as number);
    }
    linalg.zscore(samples);
    return samples.data;
  });
  const half = ROWS * VOXELS;
  return {
    fitted: all.map((data) => matrixFrom(ROWS, VOXELS, data.subarray(0, half))),
    held: all.map((data) => matrixFrom(ROWS, VOXELS, data.subarray(half))),
  };
}

function recovered(linalg: Linalg, aligner: Aligner, { fitted, held }: Planted): number {
  const parameters = aligner.parameters.parse({});
  const subjects = fitted.map((samples) => alignSubject(samples));
  const { transforms, columns } = runInline(aligner.fit(subjects, parameters), aligner.tasks, linalg);
  const moved = held.map((samples, at) => applyTransform(linalg, transforms[at] as Transform, samples));
  return matched(linalg, moved, columns.kind === "components" ? columns.weights : null);
}

/** The share of rows that are most like the same row of the other subjects. */
function matched(linalg: Linalg, subjects: readonly Matrix[], weights: Float64Array | null): number {
  const ready = subjects.map((samples) => {
    const own = standardise(samples, samples);
    return weights === null ? own : scaledColumns(own, (column) => weights[column] as number);
  });
  const hits = ready.map((own, at) => {
    const others = sum(ready.filter((_, other) => other !== at));
    return matchTimeSegments(linalg, own, others, [ROWS], 1).hits;
  });
  return hits.reduce((total, count) => total + count, 0) / (SUBJECTS * ROWS);
}
