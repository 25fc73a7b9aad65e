import { randomOf, shuffled } from "#app/linalg/random.ts";
import { type Evaluation, rowsIn } from "./evaluation.ts";

/**
 * The evaluation with the labels of each subject's rows drawn anew without replacement, for each subject on their own: what
 * it would be if samples said nothing of labels. Rows change labels with those alone that lie in the same run and that
 * every fold uses alike, so that each fold keeps its counts. Drawn the same for all, labels would only change names: rows
 * are the same moments in every subject.
 */
export function relabelled(evaluation: Evaluation, seed: number): Evaluation {
  const { classify, codes, subjects } = evaluation;
  const groups = new Map<string, number[]>();
  const uses = usesOfRows(evaluation);
  for (const row of codes.keys()) {
    const group = classify.labels[row] === null ? null : `${classify.runs[row]} ${uses[row]}`;
    if (group !== null) groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  const drawn = subjects.map((subject) => {
    const random = randomOf(seed, `labels of ${subject}`);
    const from = Int32Array.from(codes.keys());
    for (const rows of groups.values()) {
      const order = shuffled(rows, random);
      rows.forEach((row, at) => {
        from[row] = order[at] as number;
      });
    }
    return from;
  });
  return { ...evaluation, relabelled: drawn };
}

/** Of each row to classify what every fold uses it for, in letters. */
function usesOfRows({ folds, classify }: Evaluation): string[] {
  const uses = classify.labels.map(() => "");
  for (const { fit, held } of folds) {
    const [fitted, tested] = [new Set(rowsIn(classify, fit)), new Set(rowsIn(classify, held))];
    uses.forEach((use, row) => {
      uses[row] = `${use}${fitted.has(row) ? "f" : tested.has(row) ? "t" : "-"}`;
    });
  }
  return uses;
}
