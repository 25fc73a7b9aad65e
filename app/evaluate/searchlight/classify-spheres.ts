import type { Classifier as ClassifierSpec } from "#app/contract/classifier.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, stackRows, takeColumns } from "#app/linalg/matrix.ts";
import { classifierOf } from "../classifiers/classifiers.ts";
import type { Spheres } from "./spheres.ts";

/** A classifier in every sphere: whom it tests and by whom it is taught, with the labels of both. */
export interface SphereLearner {
  readonly subject: number;
  readonly teachers: readonly number[];
  readonly labels: readonly number[];
  readonly wanted: readonly number[];
}

export interface SpheresInput {
  readonly classifier: ClassifierSpec;
  /** Of each subject, rows × columns. */
  readonly train: readonly Matrix[];
  readonly test: readonly Matrix[];
  /** The column that holds each of the region's voxels; −1 of one that none does. */
  readonly columnOf: Int32Array;
  readonly spheres: Spheres;
  /** Which of them are asked for. */
  readonly first: number;
  readonly count: number;
  readonly learners: readonly SphereLearner[];
}

/** A sphere with fewer columns has no pattern. */
const LEAST_COLUMNS = 2;

/** How many samples of each learner's are right in each sphere, spheres × learners; −1 where a sphere has too few columns. */
export async function classifySpheres(linalg: Linalg, input: SpheresInput): Promise<Int32Array> {
  const { classifier, train, test, columnOf, spheres, first, count, learners } = input;
  const { prepare } = await classifierOf(classifier);
  const same = train === test;
  const rights = new Int32Array(count * learners.length).fill(-1);
  for (let at = 0; at < count; at++) {
    const columns = columnsIn(spheres, first + at, columnOf);
    if (columns.length < LEAST_COLUMNS) continue;
    linalg.within(() => {
      const asked = test.map((rows) => takeColumns(rows, columns));
      const taught = same ? asked : train.map((rows) => takeColumns(rows, columns));
      for (const [which, { subject, teachers, labels, wanted }] of learners.entries()) {
        const known = stackRows(teachers.map((teacher) => taught[teacher] as Matrix));
        const found = prepare(linalg, known, asked[subject] as Matrix)(labels);
        let right = 0;
        for (let row = 0; row < wanted.length; row++) if (wanted[row] === found[row]) right += 1;
        rights[at * learners.length + which] = right;
      }
    });
  }
  return rights;
}

function columnsIn({ starts, members }: Spheres, sphere: number, columnOf: Int32Array): Int32Array {
  const own = members.subarray(starts[sphere], starts[sphere + 1]);
  return own.map((voxel) => columnOf[voxel] as number).filter((column) => column >= 0);
}
