import { describe, expect, test } from "vitest";
import { inVolume } from "#app/align/searchlights.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { AlignMethod, RunLabels } from "#app/evaluate/align-method.ts";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import type { EvaluationSamples } from "#app/evaluate/evaluation.ts";
import type { Fold } from "#app/evaluate/fold.ts";
import { heldOutMaps } from "#app/evaluate/held-out-maps.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { tasksOfFold } from "#app/evaluate/tasks-of-fold.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { spheresIn } from "#app/run/spheres-in.ts";
import {
  CONDITIONS,
  evaluationOf,
  outcomesOf,
  planFor,
  SPACE,
  SUBJECTS,
  turnedStudy,
  VOXELS,
} from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

async function evaluateWhole(plan: Plan, samples: EvaluationSamples) {
  const evaluation = evaluationOf(plan, samples);
  const outcomes = await outcomesOf(evaluation);
  return { evaluation, outcomes, result: summarise(evaluation, outcomes) };
}

describe("an evaluation", () => {
  test("finds turned topographies by alignment and not on anatomy", async () => {
    const { result } = await evaluateWhole(planFor(), turnedStudy({ noise: 0.2 }));
    expect(result.accuracy.aligned?.mean).toBeGreaterThan(0.95);
    expect(result.accuracy.within?.mean).toBeGreaterThan(0.95);
    expect(result.accuracy.anatomical?.mean).toBeLessThan(0.6);
    expect(result.chance).toBe(0.25);
    expect(result.predictions.aligned).toHaveLength(SUBJECTS * 12);
  });

  test("finds nothing where the labels are shuffled within runs", async () => {
    const { result } = await evaluateWhole(planFor(), turnedStudy({ noise: 0.2, shuffled: true }));
    expect(result.accuracy.within?.mean).toBeLessThan(0.5);
  });

  test("finds what there is by a method that is led by labels, and nothing in noise", async () => {
    const method = { name: "semi-supervised-srm", parameters: { components: 4, alpha: 0.99, gamma: 0.1 } };
    const led = await evaluateWhole(planFor({ method }), turnedStudy({ noise: 0.2 }));
    expect(led.result.accuracy.aligned?.mean).toBeGreaterThan(0.8);
    const { result } = await evaluateWhole(planFor({ method }), turnedStudy({ noise: 1000 }));
    expect(result.accuracy.aligned?.mean).toBeLessThan(0.4);
  });

  test("shows a method the labelled rows of the runs aligned on and no others", async () => {
    const samples = turnedStudy({ noise: 0.2 });
    const plan = planFor();
    const evaluation = evaluationOf(plan, samples);
    const seen: unknown[] = [];
    const method = methodOf(plan).over(SPACE);
    const align: AlignMethod = {
      ...method,
      align: (input) => {
        const found = input.labelled(2);
        // The baseline of shifted times is led by none.
        if (input.beside) seen.push(found);
        else {
          const { samples: rows, codes, runs } = found as RunLabels;
          seen.push([rows.data.slice(0, 3), codes, runs]);
        }
        return method.align(input);
      },
    };
    await inline.drive(evaluateFold(evaluation, evaluation.folds[1] as Fold, align));
    // The second run is tested: rows 0 to 3 and 8 to 11 are left.
    const first = samples.subjects[2]?.data.slice(0, 3);
    expect(seen).toStrictEqual([[first, [0, 1, 2, 3, 0, 1, 2, 3], [0, 0, 0, 0, 1, 1, 1, 1]], null]);
  });

  test("keeps voxels by ANOVA inside each fold", async () => {
    const plan = planFor({ selection: { name: "anova", voxels: 16 } });
    const { result, outcomes } = await evaluateWhole(plan, turnedStudy({ noise: 0.2 }));
    expect(outcomes[0]?.heldOut?.voxels).toHaveLength(16);
    expect(result.accuracy.aligned?.mean).toBeGreaterThan(0.5);
  });

  test("chooses how many voxels are kept inside each fold, the baselines as many", async () => {
    const plan = planFor({ selection: { name: "anova", voxels: 3, choose: [4, 16, 32] } });
    const { result, outcomes } = await evaluateWhole(plan, turnedStudy({ noise: 0.2 }));
    const [first] = outcomes;
    expect(first?.choice?.tried.map(({ parameters }) => parameters)).toStrictEqual([
      { voxels: 4 },
      { voxels: 16 },
      { voxels: 32 },
    ]);
    const { voxels } = first?.choice?.parameters ?? {};
    expect(voxels).not.toBe(4);
    expect(first?.heldOut?.voxels).toHaveLength(voxels as number);
    const given = planFor({ selection: { name: "anova", voxels } });
    const again = await evaluateWhole(given, turnedStudy({ noise: 0.2 }));
    const [same] = again.outcomes;
    expect(first?.predictions).toStrictEqual(same?.predictions);
    expect(result.accuracy.aligned?.mean).toBeGreaterThan(0.5);
  });

  test("leaves one subject out over all rows, with reasons for what that protocol has not", async () => {
    const plan = planFor({ protocol: { name: "leave-one-subject-out" } });
    const { result } = await evaluateWhole(plan, turnedStudy({ noise: 0.2 }));
    expect(result.accuracy.aligned).toBeNull();
    expect(result.reason.aligned).toBe("The protocol leaves no rows to align on.");
    expect(result.predictions.anatomical).toHaveLength(SUBJECTS * 12);
  });

  test("has no within-subject accuracy where the runs share no condition", async () => {
    const samples = turnedStudy({ noise: 0.2 });
    const labels = samples.labels.map((label, row) => (samples.runs[row] === "run-3" ? label : null));
    const plan = planFor({ protocol: { name: "fit-test", fit: ["run-1", "run-2"], test: ["run-3"] } });
    const { result } = await evaluateWhole(plan, { ...samples, labels });
    expect(result.accuracy.within).toBeNull();
    expect(result.reason.within).toBe("The runs to fit on share no condition with the runs to test on.");
    expect(result.accuracy.aligned?.mean).toBeGreaterThan(0.9);
  });

  test.each([
    // Voxels need no regression to be looked at.
    ["what is always measured", {}, 3 * SUBJECTS],
    // Rotations need no way back, which is looked for all the same; voxels need not be brought to voxels.
    [
      "all that can be",
      {
        pairs: true,
        reconstruction: true,
        similarity: { dissimilarity: "crossnobis" },
        searchlight: { radiusMm: 2, spacingMm: null },
      },
      5 * SUBJECTS,
    ],
  ])("counts its tasks beforehand: %s", async (_, change, fewer) => {
    const plan = planFor({ selection: { name: "anova", voxels: 16 }, ...change });
    const samples = turnedStudy({ noise: 0.2 });
    const spheres = plan.searchlight && spheresIn(inVolume(SPACE.places as Float64Array), plan.searchlight);
    const evaluation = { ...evaluationOf(plan, samples), spheres };
    const { tasksOfFit, ...method } = methodOf(plan);
    const align = method.over(SPACE);
    let counted = 0;
    function* counting() {
      const staged = evaluateFold(evaluation, evaluation.folds[0] as never, align);
      let turn = staged.next();
      while (!turn.done) {
        counted += turn.value.length;
        turn = staged.next(yield turn.value);
      }
      return turn.value;
    }
    await inline.drive(counting());
    const most = tasksOfFold(
      evaluation,
      evaluation.folds[0] as Fold,
      tasksOfFit(2, { subjects: SUBJECTS, voxels: 16, grid: null }),
    );
    expect(counted).toBe(most - fewer);
  });

  test.each([
    ["plan/leak", { protocol: { name: "fit-test", fit: ["run-1", "run-2"], test: ["run-2"] } }],
    ["dataset/unknown-run", { protocol: { name: "fit-test", fit: ["run-9"], test: ["run-2"] } }],
    ["plan/invalid", { method: { name: "magic" } }],
    ["plan/parameter", { method: { name: "hyperalignment", parameters: { level2Iterations: -1 } } }],
    [
      "plan/invalid",
      {
        protocol: { name: "leave-one-subject-out" },
        selection: { name: "anova", voxels: 4, choose: [4, 8] },
      },
    ],
    // One run to fit to is cut, and there are no two runs to see stability in.
    [
      "plan/invalid",
      {
        protocol: { name: "fit-test", fit: ["run-1"], test: ["run-2"] },
        selection: { name: "stability", voxels: 4, choose: [4, 8] },
      },
    ],
  ])("refuses with %s", async (code, change) => {
    const failed = await evaluateWhole(planFor(change), turnedStudy({ noise: 1 })).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(Fault);
    expect(failed).toMatchObject({ code });
  });
});

describe("the maps of held-out rows", () => {
  test("hold each voxel's time courses together and rise in ISC after alignment", async () => {
    const samples = turnedStudy({ noise: 0.3 });
    const { evaluation, outcomes } = await evaluateWhole(planFor(), samples);
    const maps = heldOutMaps(evaluation, outcomes);
    expect(maps.rows).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(maps.before.timeCourses).toHaveLength(VOXELS * SUBJECTS * 12);
    const [voxel, subject, row] = [3, 2, 7];
    expect(maps.before.timeCourses[(voxel * SUBJECTS + subject) * 12 + row]).toBe(
      Math.fround(samples.subjects[subject]?.data[row * VOXELS + voxel] as number),
    );
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(maps.after?.isc as Float32Array)).toBeGreaterThan(mean(maps.before.isc) + 0.3);
    expect(maps.before.patterns).toHaveLength(SUBJECTS * CONDITIONS.length * VOXELS);
  });

  test("are NaN where a common space lacks the voxel", async () => {
    const plan = planFor({ selection: { name: "anova", voxels: 8 } });
    const { evaluation, outcomes } = await evaluateWhole(plan, turnedStudy({ noise: 0.3 }));
    const { after } = heldOutMaps(evaluation, outcomes);
    expect(after?.timeCourses.some(Number.isNaN)).toBe(true);
    expect(after?.isc.filter((value) => !Number.isNaN(value)).length).toBeGreaterThan(0);
  });
});
