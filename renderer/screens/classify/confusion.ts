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
