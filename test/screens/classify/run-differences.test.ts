import { expect, test } from "vitest";
import type { Measure } from "#renderer/screens/classify/measures.ts";
import { methodsBeside, planDifferences } from "#renderer/screens/classify/run-differences.ts";
import { planFor } from "#test/evaluate/turned-study.ts";

const measure = (aligned: Record<string, number>): Measure => {
  const values = Object.values(aligned);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const perSubject = Object.entries(aligned).map(([subject, value]) => ({ subject, value }));
  const byMethod = {
    within: null,
    anatomical: null,
    shifted: null,
    aligned: { mean, low: mean, high: mean, perSubject },
  };
  return { name: "Accuracy", quantity: "accuracy", chance: 0.1, byMethod, bars: "", note: "", reason: {} };
};

test("two runs are compared by the methods and subjects that both have", () => {
  const here = measure({ "sub-1": 0.5, "sub-2": 0.5, "sub-3": 0.5, "sub-4": 0.5 });
  const there = measure({ "sub-1": 0.4, "sub-2": 0.5, "sub-3": 0.6, "sub-9": 0.5 });
  expect(methodsBeside(here, there)).toStrictEqual([
    { method: "aligned", here: 0.5, there: 0.5, subjects: 3, higherHere: 1, higherThere: 1 },
  ]);
});

test("what two Plans differ in is named, but not what only is measured beside", () => {
  expect(planDifferences(planFor(), planFor({ pairs: true, timeSegments: { length: 5 } }))).toStrictEqual([]);
  expect(planDifferences(planFor(), planFor({ method: { name: "srm" }, seed: 3 }))).toStrictEqual([
    "method",
    "seed",
  ]);
});
