import { expect, test } from "vitest";
import { parameterProblem, wanted } from "#app/contract/parameter-problem.ts";

const base = { kind: "number" as const, name: "k", label: "k", help: "", default: 20, tries: [] };
const components = { ...base, least: 1, most: null, whole: true, optional: true };
const alpha = { ...base, least: 0, most: 1, whole: false, optional: false };

test("a number in its range can be used, and nothing where nothing is allowed", () => {
  expect(parameterProblem(components, 3)).toBe(null);
  expect(parameterProblem(components, null)).toBe(null);
  expect(parameterProblem(alpha, 0)).toBe(null);
});

test("what can't be used is told with what can", () => {
  expect(parameterProblem(components, 2.5)).toBe("Give a whole number of at least 1, or leave it empty.");
  expect(parameterProblem(components, Number.NaN)).toBe(
    "Give a whole number of at least 1, or leave it empty.",
  );
  expect(parameterProblem(alpha, 1.5)).toBe("Give a number from 0 to 1.");
  expect(parameterProblem(alpha, null)).toBe("Give a number from 0 to 1.");
  expect(parameterProblem(alpha, Number.POSITIVE_INFINITY)).toBe("Give a number from 0 to 1.");
});

test("switches and choices say what they take", () => {
  const base = { name: "x", label: "x", help: "" };
  expect(wanted({ ...base, kind: "switch", default: true })).toBe("true or false");
  expect(wanted({ ...base, kind: "choice", default: "a", options: ["a", "b"] })).toBe("one of: a, b");
});
