import { describe, expect, test } from "vitest";
import { balanceRemarks, chanceBetween } from "#app/evaluate/balance.ts";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { methodOf } from "#app/run/plan-method.ts";
import {
  evaluationOf,
  outcomesOf,
  planFor,
  SPACE,
  turnedStudy,
  VOXELS,
} from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

const study = turnedStudy({ noise: 0.2, repeats: 2 });
const fitTest = { name: "fit-test", fit: ["run-1", "run-2"], test: ["run-3"] };
/** Rows whose labels are changed. */
const relabel = (change: (label: string, run: string, row: number) => string | null) => ({
  ...study,
  labels: study.labels.map((label, row) => change(label as string, study.runs[row] as string, row)),
});

describe("a reader is told", () => {
  test("nothing where all conditions are in every fold alike", () => {
    const evaluation = evaluationOf(planFor(), study);
    expect(balanceRemarks(evaluation)).toStrictEqual([]);
    expect(chanceBetween(evaluation)).toBe(0.25);
  });

  test("which conditions could not be tested for want of training, and they are not counted as wrong", async () => {
    const samples = relabel((label, run) => (label === "shoe" && run !== "run-3" ? null : label));
    const evaluation = evaluationOf(planFor({ protocol: { ...fitTest, scheme: "B" } }), samples);
    expect(balanceRemarks(evaluation)).toStrictEqual([
      "No sample aligned on is of shoe, so that its 2 samples in run-3 are not tested at all.",
    ]);
    expect(chanceBetween(evaluation)).toBe(1 / 3);
    const align = methodOf(evaluation.plan).over(SPACE);
    const outcome = await inline.drive(evaluateFold(evaluation, evaluation.folds[0] as never, align));
    const { predictions, accuracy } = summarise(evaluation, [outcome]);
    expect(predictions.aligned).toHaveLength(5 * 6);
    expect(accuracy.aligned?.mean).toBe(1);
  });

  test("whether one condition is frequent, and how right it would be to say it always", () => {
    const samples = relabel((label) => (label === "cat" ? "face" : label));
    expect(balanceRemarks(evaluationOf(planFor(), samples))).toStrictEqual([
      "Conditions are not equally frequent: to say face of every sample would be right in 50.0 %.",
    ]);
  });

  test("which runs have no labelled sample", () => {
    const samples = relabel((label, run) => (run === "run-2" ? null : label));
    expect(balanceRemarks(evaluationOf(planFor(), samples))).toStrictEqual([
      "run-2 holds no labelled sample to test.",
    ]);
  });

  test("that there are fewer voxels, and fewer components, than asked for", async () => {
    const plan = planFor({
      protocol: fitTest,
      selection: { name: "anova", voxels: 50, choose: [20, 1000] },
      method: { name: "deterministic-srm", parameters: { components: 30 } },
    });
    const evaluation = evaluationOf(plan, study);
    const outcomes = await outcomesOf(evaluation);
    expect(summarise(evaluation, outcomes).remarks).toStrictEqual([
      `Of 1000 voxels asked for the region has ${VOXELS}, and all of them were kept.`,
      "Of 30 components asked for the samples aligned on allow 15 (fit-test), and no more were used.",
    ]);
  });

  test("that no run is as long as a time segment, and that fewer neighbours were there than asked for", () => {
    const plan = planFor({
      timeSegments: { length: 20 },
      classifier: { name: "nearest-neighbours", neighbours: 50 },
    });
    expect(balanceRemarks(evaluationOf(plan, study))).toStrictEqual([
      "No run tested has the 20 samples of a time segment, the longest has 8: none were matched.",
      "Of 50 neighbours asked for there are 32 samples to learn from in some fold, and all of them were taken.",
    ]);
  });
});

describe("refused are", () => {
  const refused = (change: Record<string, unknown>, samples = study) => {
    try {
      return evaluationOf(planFor(change), samples);
    } catch (error) {
      return error;
    }
  };

  test("samples of one condition in all, or in a fold whose classifiers learn from it", () => {
    expect(
      refused(
        {},
        relabel(() => "face"),
      ),
    ).toMatchObject({ code: "events/one-class" });
    const alone = relabel((label, run) => (run === "run-1" ? "face" : label));
    expect(refused({}, alone)).toMatchObject({
      code: "plan/one-class",
      values: { fold: "run-1", label: "face" },
    });
    // Others' samples aligned on have all conditions.
    expect(refused({ protocol: { name: "leave-one-run-out", scheme: "B" } }, alone)).not.toHaveProperty(
      "code",
    );
  });

  test("a selection by labels where the rows aligned on have none", () => {
    const samples = relabel((label, run) => (run === "run-3" ? label : null));
    const change = { protocol: fitTest, selection: { name: "anova", voxels: 4 } };
    expect(refused(change, samples)).toMatchObject({ code: "plan/invalid" });
    const others = { protocol: fitTest, selection: { name: "between-subject-correlation", voxels: 4 } };
    expect(refused(others, samples)).not.toHaveProperty("code");
  });

  test("a way to choose voxels that the protocol without alignment has not", () => {
    const change = {
      protocol: { name: "leave-one-subject-out" },
      selection: { name: "stability", voxels: 4 },
    };
    expect(refused(change)).toMatchObject({ code: "plan/invalid" });
  });
});
