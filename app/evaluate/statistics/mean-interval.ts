import { meanAndSem } from "../mean-and-sem.ts";
import { studentQuantile } from "./student-t.ts";

/** Where a mean lies with this confidence if values are drawn from a normal distribution, by Student's t; NaN of one value. */
export function meanInterval(values: readonly number[], confidence: number): readonly [number, number] {
  const { mean, sem } = meanAndSem(values);
  if (values.length < 2) return [Number.NaN, Number.NaN];
  const reach = sem * studentQuantile(1 - confidence, values.length - 1);
  return [mean - reach, mean + reach];
}
