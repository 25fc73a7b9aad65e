import { randomOf, shuffled } from "#app/linalg/random.ts";
import { type Evaluation, rowsIn } from "./evaluation.ts";

/**
 * The evaluation with the labels of each subject's rows drawn anew without replacement, for each subject on their own: what
 * it would be if samples said nothing of labels. Rows change labels with those alone that lie in the same run and are held
 * out by the same folds, so that what is tested keeps its counts. Drawn the same for all, labels would only change names:
 * rows are the same moments in every subject.
 */
export function relabelled(evaluation: Evaluation, seed: number, draw = 0): Evaluation {
  const { codes, subjects } = evaluation;
  const groups = labelGroups(evaluation);
  const drawn = subjects.map((subject) => {
    const random = randomOf(seed, `labels of ${subject}, draw ${draw}`);
    const from = Int32Array.from(codes.keys());
    for (const rows of groups) {
      const order = shuffled(rows, random);
      rows.forEach((row, at) => {
        from[row] = order[at] as number;
      });
    }
    return from;
  });
  return { ...evaluation, relabelled: drawn };
}

/** The rows that may change labels with each other: of one run, and held out by the same folds. */
export function labelGroups(evaluation: Evaluation): number[][] {
  const { classify, codes } = evaluation;
  const holders = foldsThatHold(evaluation);
  const rows = [...codes.keys()].filter((row) => classify.labels[row] !== null);
  return [...rowsBy(rows, (row) => `${classify.runs[row]} ${holders[row]}`).values()];
}

/** Rows that have the same of something, in their order. */
export function rowsBy<Key>(rows: readonly number[], keyOf: (row: number) => Key): Map<Key, number[]> {
  const found = new Map<Key, number[]>();
  for (const row of rows) {
    const own = found.get(keyOf(row));
    if (own === undefined) found.set(keyOf(row), [row]);
    else own.push(row);
  }
  return found;
}

/** Of each row to classify the folds that hold it out, by number. */
function foldsThatHold({ folds, classify }: Evaluation): number[][] {
  const holders: number[][] = classify.labels.map(() => []);
  for (const [at, { held }] of folds.entries()) {
    for (const row of rowsIn(classify, held)) holders[row]?.push(at);
  }
  return holders;
}
