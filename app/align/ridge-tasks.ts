import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import {
  bestRidge,
  type FoldGram,
  type FoldScores,
  foldScores,
  rowFolds,
  targetGram,
} from "./ridge-choice.ts";
import { ridgeFitted, ridgeMap } from "./smoother.ts";
import type { Transform } from "./transform.ts";

/** As scikit-learn's RidgeCV is used by fmralign. */
const FOLDS = 4;

interface SourceInput {
  readonly samples: Matrix;
  readonly ridges: readonly number[];
}

/** A subject's samples, T × V, centred, the ridges to choose from, and what the choice needs where there is one. */
export interface RidgeSource extends SourceInput {
  readonly means: Float64Array;
  readonly scores: readonly FoldScores[];
}

interface TargetInput {
  readonly of: Blend;
  readonly choosing: boolean;
}

/** A template, T × V, centred, and what the choice of a ridge needs of it. */
export interface RidgeTarget {
  readonly samples: Matrix;
  readonly means: Float64Array;
  readonly grams: readonly FoldGram[];
}

interface FitInput {
  readonly source: RidgeSource;
  readonly target: RidgeTarget;
}

/** The pieces of work of ridge regressions onto templates. */
export const ridgeTasks: TaskTable = {
  ...blendTasks,
  ready: taskCode((linalg, { samples, ridges }: SourceInput): RidgeSource => {
    const { matrix, means } = linalg.centre(samples);
    const folds = ridges.length > 1 ? rowFolds(samples.rows, FOLDS) : [];
    return { samples: matrix, ridges, means, scores: folds.map((fold) => foldScores(linalg, samples, fold)) };
  }),
  target: taskCode((linalg, { of, choosing }: TargetInput): RidgeTarget => {
    const space = blend(linalg, of, false);
    const { matrix, means } = linalg.centre(space);
    const folds = choosing ? rowFolds(space.rows, FOLDS) : [];
    return { samples: matrix, means, grams: folds.map((fold) => targetGram(linalg, space, fold)) };
  }),
  move: taskCode((linalg, { source, target }: FitInput) => {
    const { rows, columns, data } = ridgeFitted(
      linalg,
      source.samples,
      chosen(linalg, source, target),
      target.samples,
    );
    return matrixFrom(
      rows,
      columns,
      data.map((value, at) => value + (target.means[at % columns] as number)),
    );
  }),
  transform: taskCode((linalg, { source, target }: FitInput): Transform => {
    const matrix = ridgeMap(linalg, source.samples, chosen(linalg, source, target), target.samples);
    return { offsetIn: source.means, offsetOut: target.means, scale: 1, map: { kind: "dense", matrix } };
  }),
};

/** Every subject's samples ready to be fitted to templates with one of so many ridges. */
export function* readyRidges(inputs: readonly SourceInput[]): Staged<readonly RidgeSource[]> {
  return (yield inputs.map((input): Task => ({ name: "ready", input }))) as readonly RidgeSource[];
}

/** A template ready for all subjects. */
export function* ridgeTarget(of: Blend, sources: readonly RidgeSource[]): Staged<RidgeTarget> {
  const input: TargetInput = { of, choosing: sources.some(({ scores }) => scores.length > 0) };
  return ((yield [{ name: "target", input }]) as readonly [RidgeTarget])[0];
}

/** What every subject's regression says of the template, T × V each. */
export function* ridgeMoved(sources: readonly RidgeSource[], target: RidgeTarget): Staged<readonly Matrix[]> {
  return (yield sources.map(
    (source): Task => ({ name: "move", input: { source, target } satisfies FitInput }),
  )) as readonly Matrix[];
}

/** The regressions as transforms. */
export function* ridgeTransforms(
  sources: readonly RidgeSource[],
  target: RidgeTarget,
): Staged<readonly Transform[]> {
  return (yield sources.map(
    (source): Task => ({ name: "transform", input: { source, target } satisfies FitInput }),
  )) as readonly Transform[];
}

function chosen(linalg: Linalg, { scores, ridges }: RidgeSource, { grams }: RidgeTarget): number {
  return scores.length > 0 ? bestRidge(linalg, scores, grams, ridges) : (ridges[0] as number);
}
