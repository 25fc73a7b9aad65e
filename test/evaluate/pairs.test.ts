import { describe, expect, test } from "vitest";
import { pairsSummary } from "#app/evaluate/pairs.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { tellPairsApart } from "#app/evaluate/tell-pairs-apart.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { CONDITIONS, evaluationOf, outcomesOf, planFor, turnedStudy } from "#test/evaluate/turned-study.ts";

describe("pairs of conditions", () => {
  test("are each told apart by a classifier of the two alone", async () => {
    // On a line at 0, 1 and 5; what is tested of the third lies nearer to the second.
    const found = await tellPairsApart(portable, {
      classifier: { name: "nearest-neighbours", neighbours: 1, distance: "euclidean" },
      train: [matrixFrom(3, 1, [0, 1, 5])],
      labels: [0, 1, 2],
      test: matrixFrom(3, 1, [0.2, 1.1, 2]),
      wanted: [0, 1, 2],
      voxels: null,
    });
    expect(found).toStrictEqual([
      { pair: [0, 1], right: 2, all: 2 },
      { pair: [0, 2], right: 1, all: 2 },
      { pair: [1, 2], right: 1, all: 2 },
    ]);
  });

  test("that are never tested are left out", async () => {
    const found = await tellPairsApart(portable, {
      classifier: { name: "nearest-class-correlation" },
      train: [matrixFrom(3, 2, [0, 1, 1, 0, 2, 1])],
      labels: [0, 1, 2],
      test: matrixFrom(1, 2, [0, 3]),
      wanted: [0],
      voxels: null,
    });
    expect(found.map(({ pair }) => pair)).toStrictEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  test("make a table without a diagonal whose mean over pairs is the subjects' mean", async () => {
    const evaluation = evaluationOf(planFor({ pairs: true }), turnedStudy({ noise: 0.3, repeats: 2 }));
    const { pairs } = summarise(evaluation, await outcomesOf(evaluation));
    expect(Object.keys(pairs ?? {})).toStrictEqual(["within", "anatomical", "shifted", "aligned"]);
    expect(pairs?.aligned?.mean).toBeGreaterThan(0.95);
    expect(pairs?.anatomical?.mean).toBeLessThan(0.8);
    const table = pairs?.aligned?.table ?? [];
    expect(table).toHaveLength(CONDITIONS.length);
    expect(table.map((row, at) => row[at])).toStrictEqual(CONDITIONS.map(() => null));
    const above = table.flatMap((row, a) => row.filter((_, b) => b > a)) as number[];
    const mean = above.reduce((sum, value) => sum + value, 0) / above.length;
    expect(mean).toBeCloseTo(pairs?.aligned?.mean ?? Number.NaN, 12);
    expect(table[0]?.[2]).toBe(table[2]?.[0]);
  });

  test("are none where they were not asked for", () => {
    expect(pairsSummary(evaluationOf(planFor(), turnedStudy({ noise: 1 })), [[], []])).toBeNull();
  });
});
