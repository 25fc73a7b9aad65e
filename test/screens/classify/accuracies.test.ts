import { expect, test } from "vitest";
import type { EvaluationResult } from "#app/contract/result.ts";
import { accuracyOf, topOf } from "#renderer/screens/classify/accuracies.ts";

const common = { claim: "same subjects, new data", scheme: "A", classifier: "linear-svm" } as const;
const result: EvaluationResult = {
  accuracy: {
    within: null,
    anatomical: { ...common, mean: 0.3, sem: 0.25, perSubject: [{ subject: "sub-01", accuracy: 0.31 }] },
    aligned: {
      ...common,
      mean: 0.4,
      sem: 0.02,
      perSubject: [
        { subject: "sub-01", accuracy: 0.38 },
        { subject: "sub-02", accuracy: 0.42 },
      ],
    },
  },
  reason: {},
  chance: 0.1,
  classes: [],
  confusion: {},
  predictions: {},
  timeSegments: null,
  choices: [],
  isc: null,
};

test("a subject whom a method lacks has no accuracy there, not one of zero", () => {
  expect(accuracyOf(result, "aligned", "sub-02")).toBe(0.42);
  expect(accuracyOf(result, "anatomical", "sub-02")).toBeNull();
  expect(accuracyOf(result, "within", "sub-01")).toBeNull();
});

test("the axis reaches above the mean with its standard error, and never above one", () => {
  expect(topOf(result)).toBe(0.6);
  const { aligned } = result.accuracy;
  const perfect = aligned === null ? null : { ...aligned, mean: 1, sem: 0.1 };
  expect(topOf({ ...result, accuracy: { ...result.accuracy, aligned: perfect } })).toBe(1);
});
