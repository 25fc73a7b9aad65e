import type { Evaluation } from "./evaluation.ts";
import { labelGroups, relabelled, rowsBy } from "./relabel.ts";

/**
 * How many labellings there are of the same rows, each subject's on their own: all of them are tried where they are no more
 * than the draws that are asked for. null where they are more.
 */
export function allLabellings(evaluation: Evaluation): number | null {
  const { plan, subjects } = evaluation;
  const most = plan.statistics.permutations?.count ?? 0;
  let all = 1;
  for (const { counts } of countedGroups(evaluation)) {
    const own = arrangements(counts, most);
    for (let subject = 0; subject < subjects.length; subject++) {
      all *= own;
      if (all > most) return null;
    }
  }
  return all;
}

/** The evaluation with a draw's labels: those of that number where all are tried, else drawn at random. */
export function drawnLabelling(evaluation: Evaluation, draw: number): Evaluation {
  if (allLabellings(evaluation) === null) return relabelled(evaluation, evaluation.plan.seed, draw);
  const { codes, subjects } = evaluation;
  const groups = countedGroups(evaluation);
  let rest = draw;
  return {
    ...evaluation,
    relabelled: subjects.map(() => {
      const from = Int32Array.from(codes.keys());
      for (const { rows, counts, rowsOf } of groups) {
        const own = arrangements(counts, Number.POSITIVE_INFINITY);
        const order = arrangement(counts, rest % own);
        rest = Math.floor(rest / own);
        const used = counts.map(() => 0);
        rows.forEach((row, at) => {
          const label = order[at] as number;
          const next = used[label] as number;
          used[label] = next + 1;
          from[row] = rowsOf[label]?.[next] as number;
        });
      }
      return from;
    }),
  };
}

interface CountedGroup {
  readonly rows: readonly number[];
  /** How many of them have each label, and which. */
  readonly counts: readonly number[];
  readonly rowsOf: readonly (readonly number[])[];
}

function countedGroups(evaluation: Evaluation): CountedGroup[] {
  const { labels } = evaluation.classify;
  return labelGroups(evaluation).map((rows) => {
    const rowsOf = [...rowsBy(rows, (row) => labels[row]).values()];
    return { rows, rowsOf, counts: rowsOf.map((own) => own.length) };
  });
}

/** n!/(c₁!·c₂!·…), or something above `most` where it is more. */
function arrangements(counts: readonly number[], most: number): number {
  let [all, placed] = [1, 0];
  for (const count of counts) {
    for (let one = 1; one <= count; one++) {
      placed += 1;
      // A binomial coefficient at each step, and so whole.
      all = (all * placed) / one;
      if (all > most) return all;
    }
  }
  return all;
}

/** The labels in the order of this number, from 0, in order of the first place that differs. */
function arrangement(counts: readonly number[], number: number): number[] {
  const left = [...counts];
  let length = left.reduce((sum, count) => sum + count, 0);
  let all = arrangements(left, Number.POSITIVE_INFINITY);
  let rest = number;
  const out: number[] = [];
  while (length > 0) {
    for (const [label, count] of left.entries()) {
      const own = (all * count) / length;
      if (rest < own) {
        out.push(label);
        left[label] = count - 1;
        all = own;
        break;
      }
      rest -= own;
    }
    length -= 1;
  }
  return out;
}
