import type { Classifier } from "#app/contract/classifier.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  type Matrix,
  matrixFrom,
  meanOf,
  type Single,
  scaledColumns,
  single,
  stackRows,
  takeColumns,
  takeRows,
  type Values,
} from "#app/linalg/matrix.ts";
import { type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { highest } from "#app/linalg/vector.ts";
import type { Decide } from "./classifiers/classifier.ts";
import { classifierOf } from "./classifiers/classifiers.ts";
import { type CoursesInput, compareCourses } from "./held-out-courses.ts";
import { cronbachAlpha } from "./isc/likeness.ts";
import { reconstruction } from "./reconstruction.ts";
import { type DissimilarityInput, dissimilarity } from "./rsa/dissimilarity.ts";
import { type LabelledPatterns, patternCorrelations } from "./rsa/pattern-correlations.ts";
import { type SimilarityInput, similarityOf } from "./rsa/similarity.ts";
import { classifySpheres, type SpheresInput } from "./searchlight/classify-spheres.ts";
import { oneWayAnova } from "./selection/anova.ts";
import { standardise } from "./standardise.ts";
import { type PairsInput, tellPairsApart } from "./tell-pairs-apart.ts";

/** Trains on `train` and labels `test`. With `voxels`, that many are kept by ANOVA on the training rows. */
export interface ClassifyInput {
  readonly classifier: Classifier;
  /** Stacked in this order; rows × features each. */
  readonly train: readonly Matrix[];
  readonly labels: readonly number[];
  readonly test: Matrix;
  readonly voxels: number | null;
}

/** The same with other labels, many times: what is learnt from, and what is right. */
export interface ClassifyAgainInput extends Omit<ClassifyInput, "labels"> {
  readonly draws: readonly { readonly labels: readonly number[]; readonly wanted: readonly number[] }[];
}

interface StandardiseInput {
  readonly samples: Values;
  readonly by: Values;
  /** What each column then counts; null where all count alike. */
  readonly weights: Float64Array | null;
}

interface ProjectInput {
  readonly rows: Matrix;
  /** Columns × voxels. */
  readonly projection: Matrix;
}

interface ReconstructionInput {
  readonly own: Values;
  /** The mean of these is what was foretold. */
  readonly foretold: readonly Values[];
}

interface ViewInput extends StandardiseInput {
  /** Columns × voxels. */
  readonly projection: Matrix;
}

interface ScalePartsInput {
  readonly align: Values;
  readonly classify: Values;
  /** Of each part the rows to align on, and those to classify. */
  readonly parts: readonly { readonly by: readonly number[]; readonly rows: readonly number[] }[];
}

/** The pieces of work of an evaluation, each on one subject: names as tasks have them. */
export const evaluationTasks: TaskTable = {
  "evaluate/standardise": taskCode((_linalg, input: StandardiseInput) => weighted(input)),
  "evaluate/view": taskCode((linalg, { projection, ...input }: ViewInput) =>
    single(linalg.multiply(weighted(input), projection)),
  ),
  "evaluate/scale-parts": taskCode((_linalg, input: ScalePartsInput) => scaleParts(input)),
  "evaluate/patterns": taskCode(patternCorrelations),
  "evaluate/dissimilarity": taskCode(dissimilarity),
  "evaluate/similarity": taskCode(similarityOf),
  "evaluate/courses": taskCode(compareCourses),
  "evaluate/alpha": taskCode((_linalg, subjects: readonly Matrix[]) => cronbachAlpha(subjects)),
  "evaluate/reconstruction": taskCode((_linalg, { own, foretold }: ReconstructionInput) =>
    reconstruction(matrixFrom(own.rows, own.columns, own.data), meanOf(foretold)),
  ),
  "evaluate/classify": taskCode(classify),
  "evaluate/spheres": taskCode(classifySpheres),
  "evaluate/project": taskCode((linalg, { rows, projection }: ProjectInput) =>
    linalg.multiply(rows, projection),
  ),
  "evaluate/pairs": taskCode(tellPairsApart),
  "evaluate/classify-again": taskCode(classifyAgain),
};

/** A subject's samples in units of `by`, in a copy, each column times its weight: see `standardise`. */
export function standardiseTask(input: StandardiseInput): Task {
  return { name: "evaluate/standardise", input };
}

/** Both kinds of samples of a subject, each part in units of its rows to align on; rows of no part as they are. */
export function scalePartsTask(input: ScalePartsInput): Task {
  return { name: "evaluate/scale-parts", input };
}

/** The same brought to voxels, to look at: rows × voxels. */
export function viewTask(input: ViewInput): Task {
  return { name: "evaluate/view", input };
}

/** How a fold's patterns of conditions correlate, within and between subjects. */
export function patternsTask(input: LabelledPatterns): Task {
  return { name: "evaluate/patterns", input };
}

/** How unlike a subject's conditions are. */
export function dissimilarityTask(input: DissimilarityInput): Task {
  return { name: "evaluate/dissimilarity", input };
}

/** What all folds' say. */
export function similarityTask(input: SimilarityInput): Task {
  return { name: "evaluate/similarity", input };
}

/** One subject's held-out courses beside the others'. */
export function coursesTask(input: CoursesInput): Task {
  return { name: "evaluate/courses", input };
}

/** Cronbach's alpha over subjects. */
export function alphaTask(subjects: readonly Matrix[]): Task {
  return { name: "evaluate/alpha", input: subjects };
}

/** How well a subject's rows were foretold. */
export function reconstructionTask(input: ReconstructionInput): Task {
  return { name: "evaluate/reconstruction", input };
}

export function classifyTask(input: ClassifyInput): Task {
  return { name: "evaluate/classify", input };
}

/** How many samples are right in some spheres. */
export function spheresTask(input: SpheresInput): Task {
  return { name: "evaluate/spheres", input };
}

/** Rows of components, z-scored and weighted, in voxels. */
export function projectTask(input: ProjectInput): Task {
  return { name: "evaluate/project", input };
}

/** How many samples of each pair of classes are right. */
export function pairsTask(input: PairsInput): Task {
  return { name: "evaluate/pairs", input };
}

/** How many samples are right by each draw of labels. */
export function classifyAgainTask(input: ClassifyAgainInput): Task {
  return { name: "evaluate/classify-again", input };
}

function weighted({ samples, by, weights }: StandardiseInput): Matrix {
  const out = standardise(samples, by);
  return weights === null ? out : scaledColumns(out, (column) => weights[column] as number);
}

function scaleParts({ align, classify, parts }: ScalePartsInput): readonly [Single, Single] {
  const [toAlign, toClassify] = [single(align), single(classify)];
  for (const { by, rows } of parts) {
    const block = takeRows(align, by);
    putRows(toAlign, by, standardise(block, block));
    putRows(toClassify, rows, standardise(takeRows(classify, rows), block));
  }
  return [toAlign, toClassify];
}

function putRows({ columns, data }: Single, rows: readonly number[], from: Matrix): void {
  rows.forEach((row, at) => {
    data.set(from.data.subarray(at * columns, (at + 1) * columns), row * columns);
  });
}

async function classify(
  linalg: Linalg,
  { classifier, train, labels, test, voxels }: ClassifyInput,
): Promise<number[]> {
  return (await decider(linalg, classifier, { train, test, voxels }))(labels);
}

async function classifyAgain(
  linalg: Linalg,
  { classifier, draws, ...samples }: ClassifyAgainInput,
): Promise<Int32Array> {
  const decide = await decider(linalg, classifier, samples);
  return Int32Array.from(draws, ({ labels, wanted }) => {
    const found = decide(labels);
    return wanted.filter((label, at) => label === found[at]).length;
  });
}

/** Voxels are kept by the labels of the moment; without that, all that does not depend on labels is done once. */
async function decider(
  linalg: Linalg,
  classifier: Classifier,
  { train, test, voxels }: Pick<ClassifyInput, "train" | "test" | "voxels">,
): Promise<Decide> {
  const { prepare } = await classifierOf(classifier);
  const all = stackRows(train);
  if (voxels === null) return prepare(linalg, all, test);
  return (labels) => {
    const kept = highest(oneWayAnova(all, labels), voxels);
    return prepare(linalg, takeColumns(all, kept), takeColumns(test, kept))(labels);
  };
}
