import type { Classifier as ClassifierSpec } from "#app/contract/classifier.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, stackRows, takeColumns, takeRows } from "#app/linalg/matrix.ts";
import { highest } from "#app/linalg/vector.ts";
import { classifierOf } from "./classifiers/classifiers.ts";
import { oneWayAnova } from "./selection/anova.ts";

/** Two classes told apart on their own, lower first: how many of their samples were right. */
export interface PairCount {
  readonly pair: readonly [number, number];
  readonly right: number;
  readonly all: number;
}

export interface PairsInput {
  readonly classifier: ClassifierSpec;
  /** Stacked in this order; rows × features each. */
  readonly train: readonly Matrix[];
  readonly labels: readonly number[];
  readonly test: Matrix;
  readonly wanted: readonly number[];
  readonly voxels: number | null;
}

/** Every pair of classes that come both in what is learnt from and in what is tested, by a classifier of the two alone. */
export async function tellPairsApart(
  linalg: Linalg,
  { classifier, train, labels, test, wanted, voxels }: PairsInput,
): Promise<PairCount[]> {
  const { prepare } = await classifierOf(classifier);
  const all = stackRows(train);
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  return classes.flatMap((a, at) =>
    classes.slice(at + 1).flatMap((b): PairCount[] => {
      const either = (label: number) => label === a || label === b;
      const asked = rowsOf(wanted, either);
      if (asked.length === 0) return [];
      const taught = rowsOf(labels, either);
      const own = taught.map((row) => labels[row] as number);
      let [known, unknown] = [takeRows(all, taught), takeRows(test, asked)];
      if (voxels !== null) {
        const kept = highest(oneWayAnova(known, own), voxels);
        [known, unknown] = [takeColumns(known, kept), takeColumns(unknown, kept)];
      }
      const found = prepare(linalg, known, unknown)(own);
      const right = asked.filter((row, k) => wanted[row] === found[k]).length;
      return [{ pair: [a, b], right, all: asked.length }];
    }),
  );
}

function rowsOf(labels: readonly number[], wanted: (label: number) => boolean): number[] {
  return labels.flatMap((label, row) => (wanted(label) ? [row] : []));
}
