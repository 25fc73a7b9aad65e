import { type Preview, roles } from "#app/contract/preview.ts";
import type { RunLength } from "#app/contract/run-part.ts";
import { type Fold, rolesOf } from "#app/evaluate/fold.ts";

type FoldPreview = Preview["folds"][number];

/** The cells of a fold, to be looked at: the parts of each run with their roles, and what lies between them. */
export function foldCells(
  fold: Fold,
  runs: readonly RunLength[],
  subjects: readonly string[],
): Pick<FoldPreview, "tested" | "newcomer" | "runs"> {
  const tested = fold.newcomer ?? (subjects[0] as string);
  const other = subjects.find((one) => one !== tested) as string;
  return {
    tested,
    newcomer: fold.newcomer !== null,
    runs: runs.map(({ run, volumes }) => {
      const parts = (["fit", "held"] as const)
        .flatMap((side) => fold[side].filter((part) => part.run === run).map((part) => ({ ...part, side })))
        .sort((a, b) => a.from - b.from);
      const of = (side: "fit" | "held", subject: string) => {
        const own = rolesOf(fold, side, subject, tested);
        return roles.filter((role) => own.has(role));
      };
      const cells: FoldPreview["runs"][number]["parts"][number][] = [];
      let at = 0;
      const skipTo = (to: number) => {
        if (to > at) cells.push({ from: at, to, tested: [], others: [] });
      };
      for (const { from, to, side } of parts) {
        skipTo(from);
        cells.push({ from, to, tested: of(side, tested), others: of(side, other) });
        at = to;
      }
      skipTo(volumes);
      return { run, volumes, parts: cells };
    }),
  };
}
