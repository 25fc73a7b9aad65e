import { describe, expect, test } from "vitest";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { allLabellings, drawnLabelling } from "#app/evaluate/labellings.ts";
import { relabelled } from "#app/evaluate/relabel.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { checkpointsIn } from "#app/run/checkpoints.ts";
import { drawLabels } from "#app/run/draw-labels.ts";
import { RunMeter } from "#app/run/run-meter.ts";
import { evaluationOf, outcomesOf, planFor, SPACE, turnedStudy } from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

/** Two subjects and two runs, whose rows have these labels. */
function small(labels: readonly (string | null)[], count: number, more: object = {}): Evaluation {
  const { subjects, runs, volumes } = turnedStudy({ noise: 0.2 });
  const kept = runs.map((run) => run !== "run-3");
  const of = <Value>(values: readonly Value[]) => values.filter((_, row) => kept[row]);
  return evaluationOf(planFor({ statistics: { permutations: { count, ...more } } }), {
    subjects: subjects
      .slice(0, 2)
      .map((own) => ({ ...own, rows: 8, data: own.data.slice(0, 8 * own.columns) })),
    runs: of(runs),
    volumes: of(volumes),
    labels: [...labels, ...labels],
  });
}

describe("the labellings of the same rows", () => {
  test("are counted: of each subject and run as often as labels can be put in another order", () => {
    expect(allLabellings(small(["a", "b", null, null], 100))).toBe(2 ** 4);
    expect(allLabellings(small(["a", "b", null, null], 19))).toBe(16);
    expect(allLabellings(small(["a", "a", "b", null], 100))).toBe(3 ** 4);
    expect(allLabellings(small(["a", "a", "b", "b"], 1296))).toBe(6 ** 4);
    expect(allLabellings(small(["a", "a", "b", "b"], 1295))).toBeNull();
    expect(allLabellings(small(["a", "b", "c", "d"], 100_000))).toBeNull();
  });

  test("are all tried once, within runs, with as many of each label", () => {
    const evaluation = small(["a", "a", "b", "b"], 2000);
    const labels = evaluation.classify.labels;
    const seen = Array.from({ length: 6 ** 4 }, (_, draw) => {
      const drawn = drawnLabelling(evaluation, draw).relabelled ?? [];
      for (const from of drawn) {
        expect([...from].sort((a, b) => a - b)).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        expect([...from.subarray(0, 4)].every((row) => row < 4)).toBe(true);
      }
      return drawn.map((from) => Array.from(from, (row) => labels[row]).join("")).join(" ");
    });
    expect(new Set(seen).size).toBe(6 ** 4);
    expect(seen[0]).toBe("aabbaabb aabbaabb");
  });

  test("are drawn where there are more", () => {
    const evaluation = small(["a", "a", "b", "b"], 1000);
    const { seed } = evaluation.plan;
    expect(drawnLabelling(evaluation, 7).relabelled).toStrictEqual(
      relabelled(evaluation, seed, 7).relabelled,
    );
  });

  test.each(["classifier", "whole"])(
    "give p as their share, the observed one among them, with no doubt left: %s",
    async (repeat) => {
      const evaluation = small(["a", "b", null, null], 50, { repeat, stopEarly: true });
      const outcomes = await outcomesOf(evaluation);
      const result = summarise(evaluation, outcomes);
      const found = await drawLabels(evaluation, outcomes, result, {
        pool: inline,
        space: SPACE,
        steps: checkpointsIn(temporaryFolder("draws"), "key"),
        meter: new RunMeter(undefined),
        signal: undefined,
      });
      expect(found).toMatchObject({ asked: 50, done: 16, exact: true });
      const { drawn = [], observed = 0, p, interval } = found?.aligned ?? {};
      expect(observed).toBe(1);
      expect(drawn[0]).toBe(1);
      expect(p).toBe(drawn.filter((value) => value === 1).length / 16);
      expect(interval).toStrictEqual([p, p]);
    },
  );
});
