import { describe, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { candidatesOf } from "#app/run/plan-candidates.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { tinyPlan } from "#test/dataset/tiny-study.ts";
import { evaluationOf, outcomesOf, planFor, turnedStudy } from "#test/evaluate/turned-study.ts";

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

describe("several methods and radii", () => {
  const valuesOf = (method: object) => candidatesOf(planFor({ method })).map(({ values }) => values);

  test("are all tried, the first as the Plan has it, others with their usual parameters", () => {
    const method = { name: "hyperalignment", parameters: { level2Iterations: 3 }, others: ["diagonal"] };
    const found = candidatesOf(planFor({ method }));
    expect(found.map(({ values }) => values)).toStrictEqual([
      { method: "hyperalignment" },
      { method: "diagonal" },
    ]);
    expect(found.map(({ aligner }) => aligner.name)).toStrictEqual(["hyperalignment", "diagonal"]);
    expect(found[0]?.parameters).toMatchObject({ level2Iterations: 3 });
    const pieces = { kind: "searchlights", radiusMm: 2, radiiMm: [2, 4] };
    expect(valuesOf({ name: "hyperalignment", choose: { alpha: [0, 1] }, pieces })).toStrictEqual([
      { alpha: 0, radiusMm: 2 },
      { alpha: 0, radiusMm: 4 },
      { alpha: 1, radiusMm: 2 },
      { alpha: 1, radiusMm: 4 },
    ]);
    expect(valuesOf({ name: "hyperalignment" })).toStrictEqual([{}]);
  });

  test("are tried with each number of voxels; of one there is nothing to choose", () => {
    const method = { name: "hyperalignment", others: ["ridge"] };
    const of = (choose: number[]) =>
      candidatesOf(planFor({ method, selection: { name: "anova", voxels: 9, choose } }));
    expect(of([6, 8]).map(({ values }) => values)).toStrictEqual([
      { method: "hyperalignment", voxels: 6 },
      { method: "hyperalignment", voxels: 8 },
      { method: "ridge", voxels: 6 },
      { method: "ridge", voxels: 8 },
    ]);
    expect(of([7]).map(({ voxels }) => voxels)).toStrictEqual([null, null]);
  });

  test.each([
    ["there is no method magic", { name: "ridge", others: ["magic"] }, {}],
    ["transforms of several methods", { name: "ridge", others: ["diagonal"] }, { keepTransforms: true }],
    [
      "more than the radius of 2",
      { name: "ridge", pieces: { kind: "searchlights", radiusMm: 9, radiiMm: [2, 9], spacingMm: 3 } },
      {},
    ],
  ])("are refused where %s", (words, method, more) => {
    expect(() => methodOf(planFor({ method, ...more }))).toThrow(words);
  });

  test.each([
    ["Diagonal needs the same voxels in every subject", { name: "ridge", others: ["diagonal"] }],
    [
      "Alignment in searchlights needs the same voxels",
      { name: "ridge", pieces: { kind: "searchlights", radiusMm: 3 } },
    ],
  ])("are refused beforehand where voxels are selected in each subject: %s", (words, method) => {
    const selection = { name: "anova", voxels: 9 };
    expect(() => methodOf(planFor({ method, selection }))).toThrow(words);
    expect(() => methodOf(planFor({ method }))).not.toThrow();
  });

  test("a method that makes components is refused in searchlights, whichever it is", () => {
    const pieces = { kind: "searchlights", radiusMm: 3 };
    expect(() => methodOf(planFor({ method: { name: "ridge", others: ["srm"], pieces } }))).toThrow(
      "Shared response model",
    );
  });

  const radii = (radiusMm: number, radiiMm: number[] = []) => ({
    name: "hyperalignment",
    pieces: { kind: "searchlights", radiusMm, radiiMm },
  });
  test.each([
    {
      title: "of methods",
      change: { method: { name: "diagonal", others: ["hyperalignment"] } },
      name: "method",
      alone: (one: unknown) => ({ method: { name: one } }),
    },
    {
      title: "of radii",
      change: { method: radii(1, [0.5, 12]) },
      name: "radiusMm",
      alone: (one: unknown) => ({ method: radii(one as number) }),
    },
    {
      title: "of numbers of voxels",
      change: { selection: { name: "anova", voxels: 9, choose: [6, 24, 6] } },
      name: "voxels",
      alone: (one: unknown) => ({ selection: { name: "anova", voxels: one } }),
    },
  ])(
    "$title the one that matches most segments is chosen in each fold, as if it alone were asked for",
    async ({ change, name, alone }) => {
      const study = turnedStudy({ noise: 0.3, repeats: 2 });
      const resultOf = async (own: Record<string, unknown>) => {
        const evaluation = evaluationOf(planFor(own), study);
        return summarise(evaluation, await outcomesOf(evaluation));
      };
      const found = await resultOf(change);
      expect(found.choices).toHaveLength(3);
      for (const { fold, tried, parameters } of found.choices) {
        expect(tried).toHaveLength(2);
        const best = Math.max(...tried.map(({ score }) => score));
        expect(tried.find((one) => one.score === best)?.parameters).toStrictEqual(parameters);
        const plain = await resultOf(alone(parameters[name]));
        const ofFold = ({ predictions }: typeof found) =>
          predictions.aligned?.filter((one) => one.fold === fold);
        expect(ofFold(found)).toStrictEqual(ofFold(plain));
      }
    },
  );
});
