import type { SearchlightResult } from "#app/contract/searchlight.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { codesOf, type Evaluation } from "../evaluation.ts";
import { projectTask, spheresTask } from "../evaluation-tasks.ts";
import type { Fold } from "../fold.ts";
import { mean } from "../mean-and-sem.ts";
import { labelsFor, learnersOf, type Question } from "../question.ts";
import type { Spheres } from "./spheres.ts";

/** Spheres that one thread takes at a time: the same whatever the number of threads. */
const BLOCK = 64;

/** What was right in the spheres of a fold, and of how many samples: of each subject tested. */
export interface SphereCounts {
  readonly subjects: readonly number[];
  /** Samples that could be right, of each. */
  readonly samples: readonly number[];
  /** Spheres × subjects tested; −1 where a sphere has too few columns. */
  readonly rights: Int32Array;
}

/** On anatomy, and after alignment; null where nothing was aligned. */
export interface SphereSides {
  readonly before: SphereCounts;
  readonly after: SphereCounts | null;
}

/** How the columns of what is asked are voxels, or are brought to voxels: see `Moved`. */
export interface ColumnVoxels {
  readonly voxels: Int32Array;
  readonly projection: Matrix | null;
}

/** Classifies between subjects in every sphere. */
export function* inSpheres(
  evaluation: Evaluation,
  fold: Fold,
  question: Question,
  { voxels, projection }: ColumnVoxels,
  spheres: Spheres,
): Staged<SphereCounts> {
  const { classify, plan } = evaluation;
  const columnOf = new Int32Array(classify.subjects[0]?.columns ?? 0).fill(-1);
  for (let column = 0; column < voxels.length; column++) columnOf[voxels[column] as number] = column;
  const inVoxels = function* (rows: readonly Matrix[]): Staged<readonly Matrix[]> {
    if (projection === null) return rows;
    return (yield rows.map((own) => projectTask({ rows: own, projection }))) as readonly Matrix[];
  };
  const test = yield* inVoxels(question.test);
  const train = question.train === question.test ? test : yield* inVoxels(question.train);
  const learners = learnersOf(evaluation, fold, question).map((learner) => ({
    ...learner,
    labels: labelsFor(evaluation, question, learner),
    wanted: codesOf(evaluation, learner.subject, question.testRows),
  }));
  const firsts = Array.from({ length: Math.ceil(spheres.centres.length / BLOCK) }, (_, at) => at * BLOCK);
  const blocks = (yield firsts.map((first) =>
    spheresTask({
      classifier: plan.classifier,
      train,
      test,
      columnOf,
      spheres,
      first,
      count: Math.min(BLOCK, spheres.centres.length - first),
      learners,
    }),
  )) as readonly Int32Array[];
  const rights = new Int32Array(spheres.centres.length * learners.length);
  blocks.forEach((block, at) => {
    rights.set(block, at * BLOCK * learners.length);
  });
  return {
    subjects: learners.map(({ subject }) => subject),
    samples: learners.map(({ labels, wanted }) => {
      const trained = new Set(labels);
      return wanted.filter((label) => trained.has(label)).length;
    }),
    rights,
  };
}

/** How many tasks a pass over all spheres takes, but for bringing rows to voxels. */
export function tasksInSpheres({ centres }: Spheres): number {
  return Math.ceil(centres.length / BLOCK);
}

/**
 * Of each of the region's voxels the accuracy in the sphere around it, mean over subjects; of one that is no centre the mean of
 * the spheres that it lies in, NaN where there are none.
 */
export function accuracyMap(
  { centres, starts, members }: Spheres,
  folds: readonly SphereCounts[],
  { subjects, voxels }: { readonly subjects: number; readonly voxels: number },
): Float32Array {
  const own = new Float32Array(voxels).fill(Number.NaN);
  const [sums, counts] = [new Float64Array(voxels), new Int32Array(voxels)];
  const [right, all] = [new Float64Array(subjects), new Float64Array(subjects)];
  for (let sphere = 0; sphere < centres.length; sphere++) {
    right.fill(0);
    all.fill(0);
    for (const { subjects: tested, samples, rights } of folds) {
      for (let which = 0; which < tested.length; which++) {
        const hits = rights[sphere * tested.length + which] as number;
        if (hits < 0) continue;
        const subject = tested[which] as number;
        right[subject] = (right[subject] as number) + hits;
        all[subject] = (all[subject] as number) + (samples[which] as number);
      }
    }
    let [sum, count] = [0, 0];
    for (let subject = 0; subject < subjects; subject++) {
      if ((all[subject] as number) === 0) continue;
      sum += (right[subject] as number) / (all[subject] as number);
      count += 1;
    }
    if (count === 0) continue;
    own[centres[sphere] as number] = sum / count;
    for (let at = starts[sphere] as number; at < (starts[sphere + 1] as number); at++) {
      const voxel = members[at] as number;
      sums[voxel] = (sums[voxel] as number) + sum / count;
      counts[voxel] = (counts[voxel] as number) + 1;
    }
  }
  return own.map((value, voxel) =>
    Number.isNaN(value) ? (sums[voxel] as number) / (counts[voxel] as number) : value,
  );
}

/** Before alignment and after; null where spheres were not asked for, or nothing was aligned. */
export interface AccuracyMaps {
  readonly before: Float32Array | null;
  readonly after: Float32Array | null;
}

/** The maps of all folds. */
export function accuracyMaps(
  { spheres, align }: Evaluation,
  outcomes: readonly { readonly spheres: SphereSides | null }[],
): AccuracyMaps {
  const found = outcomes.flatMap((one) => one.spheres ?? []);
  if (!spheres || found.length === 0) return { before: null, after: null };
  const size = { subjects: align.subjects.length, voxels: align.subjects[0]?.columns ?? 0 };
  const of = (folds: readonly SphereCounts[]) =>
    folds.length === 0 ? null : accuracyMap(spheres, folds, size);
  return {
    before: of(found.map(({ before }) => before)),
    after: of(found.flatMap(({ after }) => after ?? [])),
  };
}

/** Both maps in a few numbers. */
export function searchlightResult(
  { plan, spheres }: Evaluation,
  { before, after }: AccuracyMaps,
): SearchlightResult | null {
  if (plan.searchlight === null || !spheres || before === null) return null;
  const told = (map: Float32Array) => {
    const found = map.filter((value) => !Number.isNaN(value));
    return { mean: mean(found), highest: found.reduce((a, b) => Math.max(a, b), 0) };
  };
  return {
    ...plan.searchlight,
    spheres: spheres.centres.length,
    before: told(before),
    after: after && told(after),
  };
}
