import { expect, test } from "vitest";
import type { EvaluationResult } from "#app/contract/result.ts";
import { type Measure, measuresOf, rangeOf, subjectValue } from "#renderer/screens/classify/measures.ts";
import { nothingFound } from "#test/contract/nothing-found.ts";

const common = {
  claim: "same subjects, new data",
  scheme: "A",
  interval: null,
  classifier: "linear-svm",
} as const;
const result: EvaluationResult = {
  ...nothingFound,
  accuracy: {
    within: null,
    shifted: null,
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
  chance: 0.1,
};

const [accuracy] = measuresOf(result) as [Measure];

test("a subject whom a method lacks has no accuracy there, not one of zero", () => {
  expect(subjectValue(accuracy, "aligned", "sub-02")).toBe(0.42);
  expect(subjectValue(accuracy, "anatomical", "sub-02")).toBeNull();
  expect(subjectValue(accuracy, "within", "sub-01")).toBeNull();
});

test("the axis reaches above the mean with its standard error, and never above one", () => {
  expect(rangeOf(accuracy)).toStrictEqual([0, 0.6]);
  const { aligned } = accuracy.byMethod;
  const perfect = aligned === null ? null : { ...aligned, mean: 1, low: 0.9, high: 1.1 };
  expect(rangeOf({ ...accuracy, byMethod: { ...accuracy.byMethod, aligned: perfect } })).toStrictEqual([
    0, 1,
  ]);
});

test("what was not measured is not offered; correlations may be below zero", () => {
  expect(measuresOf(result).map(({ name }) => name)).toStrictEqual(["Accuracy"]);
  const scores = (mean: number) => ({ mean, sem: 0.01, perSubject: [{ subject: "sub-01", score: mean }] });
  const both = { anatomical: scores(-0.05), shifted: null, aligned: scores(0.3) };
  const more = measuresOf({
    ...result,
    timeSegments: { length: 10, segments: 50, chance: 0.02, ...both, starts: [], taken: null },
    pairs: { aligned: { ...scores(0.8), table: [] } },
    isc: both,
    likeness: { pairwise: both, spatial: both, alpha: { anatomical: 0.1, shifted: null, aligned: 0.5 } },
    reconstruction: { r2: both, eta: both, correlation: both },
  });
  expect(more.map(({ name }) => name)).toStrictEqual([
    "Accuracy",
    "Pairs of conditions",
    "Time segments",
    "ISC",
    "ISC in pairs",
    "Spatial ISC",
    "Foretold, R²",
    "Foretold, η²",
    "Foretold, correlation",
  ]);
  expect(more[3]?.note).toContain("α");
  expect(rangeOf(more[3] as Measure)).toStrictEqual([-0.1, 0.4]);
});
