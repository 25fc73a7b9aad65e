import { describe, expect, test } from "vitest";
import { Classifier } from "#app/contract/classifier.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { permutationsOf, sureOf } from "#app/evaluate/permutations.ts";
import { askAgain } from "#app/evaluate/redraw.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { drawWhole } from "#app/run/draw-labels.ts";
import { evaluationOf, outcomesOf, planFor, SPACE, turnedStudy } from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

const statistics = { permutations: { count: 40 } };
const study = turnedStudy({ noise: 0.5, repeats: 2 });

async function again(evaluation: Evaluation, draws: readonly number[]) {
  const outcomes = await outcomesOf(evaluation);
  const asked = evaluation.folds.map((fold, at) => ({ fold, questions: outcomes[at]?.questions ?? [] }));
  return inline.drive(askAgain(evaluation, asked, draws));
}

describe("labels drawn anew", () => {
  test.each([
    ...["A", "B"].map((scheme) => ({ protocol: { name: "leave-one-run-out", scheme } })),
    { protocol: { name: "leave-one-run-out", claim: "new subject" } },
    { protocol: { name: "leave-one-subject-out" }, selection: { name: "anova", voxels: 8 } },
    ...Classifier.options.map((option) => ({ classifier: { name: option.shape.name.value } })),
  ])(
    "give the same by training again as by doing all again, where labels lead nothing else: %o",
    async (change) => {
      const evaluation = evaluationOf(planFor({ ...change, statistics }), study);
      const whole = await inline.drive(drawWhole(evaluation, SPACE, [3, 4]));
      expect(await again(evaluation, [3, 4])).toStrictEqual(whole);
    },
  );

  test("select anew where all is done again", async () => {
    const evaluation = evaluationOf(planFor({ selection: { name: "anova", voxels: 8 }, statistics }), study);
    const [whole] = await inline.drive(drawWhole(evaluation, SPACE, [0]));
    expect(whole).not.toStrictEqual((await again(evaluation, [0]))[0]);
  });

  test("tell a planted difference from chance, and are sure of it early", async () => {
    const evaluation = evaluationOf(planFor({ statistics }), study);
    const outcomes = await outcomesOf(evaluation);
    const result = summarise(evaluation, outcomes);
    const draws = await again(evaluation, [...Array(200).keys()]);
    const found = permutationsOf(
      { count: 1000, repeat: "classifier", stopEarly: true },
      result,
      draws,
      false,
    );
    expect([found.asked, found.done, found.aligned?.drawn.length]).toStrictEqual([1000, 200, 200]);
    expect(found.aligned?.p).toBe(1 / 201);
    expect(found.difference?.p).toBe(1 / 201);
    expect(found.aligned?.observed).toBe(result.accuracy.aligned?.mean);
    const mean = (found.aligned?.drawn ?? []).reduce((sum, value) => sum + value, 0) / 200;
    expect(Math.abs(mean - 0.25)).toBeLessThan(0.02);
    expect(
      sureOf(
        permutationsOf(
          { count: 1000, repeat: "classifier", stopEarly: true },
          result,
          draws.slice(0, 20),
          false,
        ),
      ),
    ).toBe(false);
  });

  test("keep nothing to ask again where none are asked for", async () => {
    const evaluation = evaluationOf(planFor(), study);
    expect((await outcomesOf(evaluation)).flatMap(({ questions }) => questions)).toStrictEqual([]);
  });
});
