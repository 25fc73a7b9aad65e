import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import { shiftedRows, timeShifts } from "#app/evaluate/shifted-time.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { evaluationOf, outcomesOf, planFor, SPACE, turnedStudy } from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

describe("shifts of time", () => {
  test("are any number of rows, each as likely, and the same for a seed", () => {
    const counts = new Array<number>(7).fill(0);
    for (const shift of timeShifts(7000, 7, 1, "run-1")) counts[shift] = (counts[shift] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
    const shifts = timeShifts(5, 60, 1, "run-1");
    expect(timeShifts(5, 60, 1, "run-1")).toStrictEqual(shifts);
    expect(timeShifts(5, 60, 2, "run-1")).not.toStrictEqual(shifts);
  });

  test("go around the end of each part and keep every row of it", () => {
    expect(shiftedRows([3, 4], [1, 2])).toStrictEqual([1, 2, 0, 5, 6, 3, 4]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(19))), (parts) => {
        const rows = shiftedRows(
          parts.map(([length]) => length),
          parts.map(([, shift]) => shift),
        );
        expect([...rows].sort((a, b) => a - b)).toStrictEqual([...rows.keys()]);
      }),
    );
  });
});

test("an alignment of shifted times finds less than one of the times as they are", async () => {
  const evaluation = evaluationOf(planFor({ seed: 3 }), turnedStudy({ noise: 0.3, repeats: 2 }));
  const outcomes = await outcomesOf(evaluation);
  const { accuracy, isc } = summarise(evaluation, outcomes);
  expect(accuracy.aligned?.mean).toBeGreaterThan(0.9);
  expect(accuracy.shifted?.mean).toBeLessThan(0.7);
  expect(isc?.shifted?.mean).toBeLessThan(isc?.aligned.mean as number);
});

test("none is made where the Plan does not ask for it", async () => {
  const evaluation = evaluationOf(
    planFor({ statistics: { shiftedTime: false } }),
    turnedStudy({ noise: 0.3 }),
  );
  const align = methodOf(evaluation.plan).over(SPACE);
  const outcome = await inline.drive(evaluateFold(evaluation, evaluation.folds[0] as never, align));
  expect([outcome.predictions.shifted, outcome.courses?.shifted]).toStrictEqual([[], null]);
});
