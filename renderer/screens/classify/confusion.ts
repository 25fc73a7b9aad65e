import type { EvaluationResult, MethodName } from "#app/contract/result.ts";

/** Counts, true class by predicted class, of one subject or of all (null). */
export function confusionOf(
  result: EvaluationResult,
  method: MethodName,
  subject: string | null,
): readonly (readonly number[])[] {
  if (subject === null) return result.confusion[method] ?? [];
  const counts = result.classes.map(() => result.classes.map(() => 0));
  for (const { subject: whose, label, predicted } of result.predictions[method] ?? []) {
    const row = counts[label];
    if (whose === subject && row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}

/** Share of a row's samples; 0 in an empty row. */
export function shareOf(row: readonly number[], column: number): number {
  const total = row.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : (row[column] ?? 0) / total;
}

/** What the numbers of a matrix are: samples, per cent of the row, or points of it less those of another method. */
export type Unit = "samples" | "%" | { readonly less: MethodName };

/** A cell as it is drawn. */
export interface Cell {
  readonly count: number;
  /** From −1 to 1: a share of the row, or by how much it differs. */
  readonly shade: number;
  /** "" where there is nothing to say. */
  readonly text: string;
}

/** The cells of a matrix in a unit; `other` is the matrix that is taken away, where one is. */
export function cellsOf(
  counts: readonly (readonly number[])[],
  unit: Unit,
  other: readonly (readonly number[])[],
): Cell[][] {
  return counts.map((row, label) =>
    row.map((count, predicted) => {
      const share = shareOf(row, predicted);
      if (typeof unit === "object") {
        const shade = share - shareOf(other[label] ?? [], predicted);
        return { count, shade, text: signedPoints(shade) };
      }
      const text = count === 0 ? "" : unit === "%" ? `${Math.round(100 * share)}` : `${count}`;
      return { count, shade: share, text };
    }),
  );
}

function signedPoints(difference: number): string {
  const points = Math.round(100 * difference);
  return points === 0 ? "" : points > 0 ? `+${points}` : `−${-points}`;
}
