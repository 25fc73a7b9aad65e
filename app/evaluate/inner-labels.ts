import type { VolumeSpan } from "#app/contract/run-part.ts";
import type { InnerFold } from "./inner-folds.ts";

/** Rows to fit to of the kind aligned on, run by run (or part by part), and the volumes of each. */
export interface AlignedRows {
  readonly lengths: readonly number[];
  readonly volumes: readonly VolumeSpan[];
}

/**
 * The labelled rows that an inner fold may learn from, by number: of a run that it fits to all, of one that it cuts those
 * that lie before or after all that it leaves out, and none of one that it leaves out.
 */
export function innerLabels(
  { fit }: Pick<InnerFold, "fit">,
  { lengths, volumes }: AlignedRows,
  labelled: { readonly runs: readonly number[]; readonly volumes: readonly VolumeSpan[] },
): number[] {
  const fitted = new Set(fit);
  let end = 0;
  const closed = lengths.map((length): VolumeSpan | "all" | null => {
    const start = end;
    end += length;
    const own = volumes.slice(start, end);
    const left = own.filter((_, at) => !fitted.has(start + at));
    if (left.length === own.length) return "all";
    if (left.length === 0) return null;
    return [Math.min(...left.map(([first]) => first)), Math.max(...left.map(([, last]) => last))];
  });
  return labelled.runs.flatMap((run, row) => {
    const span = closed[run] ?? null;
    if (span === null) return [row];
    if (span === "all") return [];
    const [first, last] = labelled.volumes[row] as VolumeSpan;
    return last <= span[0] || first >= span[1] ? [row] : [];
  });
}
