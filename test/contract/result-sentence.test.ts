import { expect, test } from "vitest";
import type { Accuracy, EvaluationResult } from "#app/contract/result.ts";
import { resultSentence } from "#app/contract/result-sentence.ts";
import { nothingFound } from "#test/contract/nothing-found.ts";

function sentence(anatomical: number | null, aligned: number | null, why?: string): string {
  const of = (mean: number | null): Accuracy | null =>
    mean === null
      ? null
      : {
          mean,
          sem: 0,
          interval: null,
          perSubject: [],
          claim: "same subjects, new data",
          scheme: "A",
          classifier: "linear-svm",
        };
  const result: EvaluationResult = {
    ...nothingFound,
    accuracy: { within: null, anatomical: of(anatomical), shifted: null, aligned: of(aligned) },
    reason: why === undefined ? {} : { aligned: why },
    chance: 1 / 7,
  };
  return resultSentence(result);
}

test("a gain and a loss are told apart", () => {
  expect(sentence(0.28, 0.61)).toBe(
    "Between-subject classification rises from 28.0 % on anatomy to 61.0 % after alignment; chance is 14.3 %.",
  );
  expect(sentence(0.61, 0.28)).toBe(
    "Between-subject classification falls from 61.0 % on anatomy to 28.0 % after alignment; chance is 14.3 %.",
  );
});

test("what is written alike is not said to differ", () => {
  expect(sentence(0.24351, 0.24449)).toBe(
    "Between-subject classification is 24.4 % on anatomy and after alignment; chance is 14.3 %.",
  );
});

test("what is written differently is said to differ, however little", () => {
  expect(sentence(0.24449, 0.24451)).toBe(
    "Between-subject classification rises from 24.4 % on anatomy to 24.5 % after alignment; chance is 14.3 %.",
  );
});

test("what was not measured is not spoken of", () => {
  expect(sentence(null, null)).toBe("Nothing was classified between subjects; chance is 14.3 %.");
  expect(sentence(null, 0.5)).toBe(
    "Between-subject classification reaches 50.0 % after alignment; chance is 14.3 %.",
  );
  expect(sentence(0.5, null, "The protocol leaves no rows to align on.")).toBe(
    "Between-subject classification reaches 50.0 % on anatomy; chance is 14.3 %. The protocol leaves no rows to align on.",
  );
});
