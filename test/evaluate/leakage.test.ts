import { describe, expect, test } from "vitest";
import type { AlignInput, AlignMethod } from "#app/evaluate/align-method.ts";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import { type Evaluation, type EvaluationSamples, rowsIn } from "#app/evaluate/evaluation.ts";
import type { Fold } from "#app/evaluate/fold.ts";
import { relabelled } from "#app/evaluate/relabel.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { evaluationOf, planFor, SPACE, turnedStudy, VOXELS } from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

const protocols = [
  { name: "leave-one-run-out" },
  { name: "leave-one-block-out", blocks: 2, gapVolumes: 1 },
  { name: "fit-test", fit: ["run-1", "run-3"], test: ["run-2"] },
].flatMap((split) =>
  ["same subjects, new data", "new subject"].flatMap((claim) =>
    ["A", "B"].map((scheme) => ({ ...split, claim, scheme })),
  ),
);

/** The same samples, but for the rows that a fold holds out, in which nothing is as it was. */
function spoiled(samples: EvaluationSamples, { held }: Fold): EvaluationSamples {
  const rows = new Set(rowsIn(samples, held));
  const subjects = samples.subjects.map(({ data, ...size }) => ({
    ...size,
    data: (data as Float64Array).map((value, at) =>
      rows.has(Math.floor(at / VOXELS)) ? 1e3 * value * value + at : value,
    ),
  }));
  return { ...samples, subjects };
}

/** What is given to a fit, and the space that it makes. */
async function fitted(evaluation: Evaluation, fold: Fold) {
  const told: unknown[] = [];
  const method = methodOf(evaluation.plan).over(SPACE, ({ alignment, subjects }) =>
    told.push(alignment.commonSpace, alignment.transforms, subjects.length),
  );
  const align: AlignMethod = {
    ...method,
    align: (input: AlignInput) => {
      told.push(input.samples, input.voxels, input.runLengths, input.choice);
      told.push(input.samples.map((_, at) => input.labelled(at)));
      return method.align(input);
    },
  };
  await inline.drive(evaluateFold(evaluation, fold, align));
  return told;
}

describe("a fold of every protocol", () => {
  test.each(protocols)("fits, selects and chooses alike whatever it holds out: %o", async (protocol) => {
    const plan = planFor({
      protocol,
      selection: { name: "anova", voxels: 16, choose: [8, 16] },
      method: { name: "srm", parameters: { iterations: 3 }, choose: { components: [2, 4] } },
    });
    const samples = turnedStudy({ noise: 0.5, repeats: 3 });
    const whole = evaluationOf(plan, samples);
    for (const fold of whole.folds.slice(0, 2)) {
      const other = evaluationOf(plan, spoiled(samples, fold));
      expect(await fitted(other, fold)).toStrictEqual(await fitted(whole, fold));
    }
  });

  test("of a new subject makes a space that knows nothing of them, and chooses without them", async () => {
    const plan = planFor({
      protocol: { name: "leave-one-run-out", claim: "new subject" },
      selection: { name: "between-subject-correlation", voxels: 8, choose: [8, 16] },
      method: { name: "srm", parameters: { iterations: 3 }, choose: { components: [2, 4] } },
    });
    const samples = turnedStudy({ noise: 0.5, repeats: 3 });
    const whole = evaluationOf(plan, samples);
    const fold = whole.folds[1] as Fold;
    expect(fold.newcomer).toBe("sub-2");
    const others = samples.subjects.map((own, at) =>
      at === 1 ? { ...own, data: (own.data as Float64Array).map((value) => value ** 3) } : own,
    );
    const changed = evaluationOf(plan, { ...samples, subjects: others });
    const [first, second] = [await fitted(whole, fold), await fitted(changed, fold)];
    // The common space and the choice; what is given and the newcomer's transform differ.
    expect(second[5]).toStrictEqual(first[5]);
    expect(second[3]).toStrictEqual(first[3]);
    expect(second[0]).not.toStrictEqual(first[0]);
  });
});

describe("labels drawn anew", () => {
  const evaluation = evaluationOf(planFor(), turnedStudy({ noise: 1, repeats: 3 }));

  test("are those of the same run, drawn for each subject on their own, always alike for a seed", () => {
    const { relabelled: drawn, classify } = relabelled(evaluation, 7);
    for (const from of drawn ?? []) {
      expect([...from].sort((a, b) => a - b)).toStrictEqual([...from.keys()]);
      for (const [at, row] of from.entries()) expect(classify.runs[row]).toBe(classify.runs[at]);
    }
    expect(new Set(drawn?.map(String)).size).toBe(5);
    expect(relabelled(evaluation, 7).relabelled).toStrictEqual(drawn);
    expect(relabelled(evaluation, 8).relabelled).not.toStrictEqual(drawn);
  });

  test("stay in what is held out together", () => {
    const plan = planFor({ protocol: { name: "leave-one-block-out", blocks: 2, gapVolumes: 1 } });
    const cut = evaluationOf(plan, turnedStudy({ noise: 1, repeats: 3 }));
    const sides = (row: number) => cut.folds.map(({ held }) => rowsIn(cut.classify, held).includes(row));
    for (const from of relabelled(cut, 1).relabelled ?? []) {
      for (const [at, row] of from.entries()) expect(sides(row)).toStrictEqual(sides(at));
    }
  });
});

test("rows of a part that is cut off are in units of that part alone", async () => {
  const plan = planFor({ protocol: { name: "leave-one-block-out", blocks: 2, gapVolumes: 1 } });
  const evaluation = evaluationOf(plan, turnedStudy({ noise: 1, repeats: 3 }));
  let given: readonly Matrix[] = [];
  const method = methodOf(plan).over(SPACE);
  const align: AlignMethod = {
    ...method,
    align: (input) => {
      given = input.samples;
      return method.align(input);
    },
  };
  await inline.drive(evaluateFold(evaluation, evaluation.folds[0] as Fold, align));
  // Of the first run the second block less its gap, five rows; the two other runs whole.
  expect(given[0]?.rows).toBe(5 + 12 + 12);
  const column = Array.from({ length: 5 }, (_, row) => given[0]?.data[row * VOXELS] as number);
  expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
  expect(column.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(5, 5);
});
