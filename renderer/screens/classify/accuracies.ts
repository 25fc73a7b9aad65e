import { type EvaluationResult, type MethodName, methodNames } from "#app/contract/result.ts";

/** A subject's accuracy by a method; null where the method or the subject's part in it is missing. */
export function accuracyOf(result: EvaluationResult, method: MethodName, subject: string): number | null {
  return result.accuracy[method]?.perSubject.find((one) => one.subject === subject)?.accuracy ?? null;
}

/** The upper end of an axis that holds every dot, every mean with its standard error, and chance: tenths, at most 1. */
export function topOf({ accuracy, chance }: EvaluationResult): number {
  const values = methodNames.flatMap((method) => {
    const found = accuracy[method];
    return found === null ? [] : [found.mean + found.sem, ...found.perSubject.map((one) => one.accuracy)];
  });
  return Math.min(1, Math.ceil(Math.max(chance, ...values) * 10 + 0.5) / 10);
}
