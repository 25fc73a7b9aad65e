import type { EvaluationResult } from "#app/contract/result.ts";
import type { Drawn, PermutationSettings, Permutations } from "#app/contract/statistics.ts";
import { type DrawnAccuracies, drawnMethods } from "./redraw.ts";
import { exactP, permutationP, sureEnough } from "./statistics/permutation-p.ts";

/** p lies on one side of it or on the other. */
const ALPHA = 0.05;

/** What the draws made so far say of what was observed. */
export function permutationsOf(
  { repeat, count }: PermutationSettings,
  { accuracy }: Pick<EvaluationResult, "accuracy">,
  draws: readonly DrawnAccuracies[],
  /** Whether they are all that there are. */
  exact: boolean,
): Permutations {
  const compare = (observed: number | undefined, of: (draw: DrawnAccuracies) => number | undefined) => {
    const drawn = draws.map(of).filter((value) => value !== undefined);
    return observed === undefined || drawn.length === 0
      ? null
      : { observed, drawn, ...(exact ? exactP : permutationP)(observed, drawn) };
  };
  const { aligned, anatomical } = accuracy;
  const both = aligned === null || anatomical === null ? undefined : aligned.mean - anatomical.mean;
  const difference = compare(both, (draw) =>
    draw.aligned === undefined || draw.anatomical === undefined ? undefined : draw.aligned - draw.anatomical,
  );
  const found = drawnMethods.flatMap((method): [string, Drawn][] => {
    const own = compare(accuracy[method]?.mean, (draw) => draw[method]);
    return own === null ? [] : [[method, own]];
  });
  return {
    repeat,
    asked: count,
    done: draws.length,
    exact,
    ...Object.fromEntries(found),
    ...(difference === null ? {} : { difference }),
  };
}

/** Whether no p of accuracies between subjects is likely to change sides any more. */
export function sureOf({ anatomical, aligned }: Permutations): boolean {
  return [anatomical, aligned].every((own) => own === undefined || sureEnough(own, ALPHA));
}
