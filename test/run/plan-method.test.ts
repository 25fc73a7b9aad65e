import { expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { tinyPlan } from "#test/dataset/tiny-study.ts";

function told(method: object): string {
  try {
    methodOf(Plan.parse(tinyPlan("study", { method: { name: "hyperalignment", ...method } })));
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return "";
}

test("a parameter that a method can't take is named as its form names it, with what it takes", () => {
  expect(told({ parameters: { level2Iterations: null } })).toBe(
    "The method can't take what Level 2 iterations (level2Iterations) is set to. Give a whole number from 0 to 20.",
  );
  expect(told({ parameters: { completion: "both" } })).toBe(
    "The method can't take what Undetermined directions (completion) is set to. Give one of: closest-to-identity, thin.",
  );
  expect(told({ choose: { alpha: [0.5, 2] } })).toContain("Give a number from 0 to 1.");
  expect(told({ parameters: { alpha: 0.5 } })).toBe("");
});

test("components are refused in searchlights before anything is read", () => {
  const pieces = { kind: "searchlights", radiusMm: 9 };
  const refused = "makes components, of which searchlights can't be put together";
  expect(told({ name: "srm", pieces })).toContain(`Shared response model ${refused}`);
  expect(told({ parameters: { components: 10 }, pieces })).toContain(`Hyperalignment ${refused}`);
  expect(told({ choose: { components: [null, 10] }, pieces })).toContain(refused);
  expect(told({ pieces })).toBe("");
});

test("a parameter that the method does not have is refused", () => {
  expect(told({ parameters: { alfa: 1 } })).toContain("alfa");
});
