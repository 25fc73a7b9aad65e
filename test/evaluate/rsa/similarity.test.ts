import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanOfThose, patternCorrelations } from "#app/evaluate/rsa/pattern-correlations.ts";
import { plane } from "#app/evaluate/rsa/scaling.ts";
import { similarities } from "#app/evaluate/rsa/similarities.ts";
import { spearman } from "#app/evaluate/rsa/spearman.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import {
  CONDITIONS,
  evaluationOf,
  outcomesOf,
  planFor,
  SUBJECTS,
  turnedStudy,
} from "#test/evaluate/turned-study.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

async function similarityOfStudy(change: Record<string, unknown> = {}) {
  const evaluation = evaluationOf(planFor(change), turnedStudy({ noise: 0.3, repeats: 2 }));
  const outcomes = await outcomesOf(evaluation);
  return inline.drive(similarities(evaluation, outcomes));
}

describe("the similarity of patterns", () => {
  test("between subjects is high for the same condition after alignment, and not on turned topographies", async () => {
    const found = await similarityOfStudy();
    const diagonal = (table: readonly (readonly (number | null)[])[] | undefined) =>
      (table ?? []).reduce((sum, row, at) => sum + (row[at] as number), 0) / CONDITIONS.length;
    expect(diagonal(found?.aligned.between)).toBeGreaterThan(0.7);
    expect(diagonal(found?.anatomical.between)).toBeLessThan(0.3);
    expect(found?.aligned.between[0]?.[1]).toBeLessThan(0.2);
    expect(found?.aligned.places).toHaveLength(SUBJECTS * CONDITIONS.length);
    expect(found?.aligned.agreement?.lower).toHaveLength(SUBJECTS);
    expect(found?.aligned.dissimilarity[2]?.[2]).toBeCloseTo(0, 12);
  });

  test("is null where two conditions are never seen in one space, and there where nothing was aligned", async () => {
    const first = matrixFrom(2, 2, [1, Number.NaN, Number.NaN, Number.NaN]);
    const second = matrixFrom(2, 2, [0.5, Number.NaN, Number.NaN, 1]);
    expect([...meanOfThose([first, second]).data]).toStrictEqual([0.75, Number.NaN, Number.NaN, 1]);
    expect(await similarityOfStudy({ protocol: { name: "leave-one-subject-out" } })).toBeNull();
  });
});

test("a condition without rows has no correlation, the others as they are", () => {
  const rows = noise(4, 10, 5);
  const codes = [0, 0, 2, 2];
  const found = patternCorrelations(portable, { subjects: [rows], codes: [codes], classes: 3 });
  expect([...found.data].map((r) => Number.isNaN(r))).toStrictEqual([
    false,
    true,
    false,
    true,
    true,
    true,
    false,
    true,
    false,
  ]);
  expect(found.data[0]).toBeCloseTo(1, 12);
});

test("a plane keeps the distances of what lies in one", () => {
  // Unit vectors at these angles lie on a circle.
  const angles = [0, 0.4, 1.1, 2, 3.5];
  const found = plane(
    portable,
    matrixFrom(
      5,
      5,
      angles.flatMap((a) => angles.map((b) => Math.cos(a - b))),
    ),
  );
  const at = (row: number) => [found.data[2 * row] as number, found.data[2 * row + 1] as number] as const;
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 5; j++) {
      const [[x, y], [u, v]] = [at(i), at(j)];
      const wanted = Math.sqrt(Math.max(0, 2 - 2 * Math.cos((angles[i] as number) - (angles[j] as number))));
      expect(Math.hypot(x - u, y - v)).toBeCloseTo(wanted, 9);
    }
  }
});

test("Spearman's correlation is 1 of any rising function, and the same whatever comes first", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 3 }), (values) => {
      expect(
        spearman(
          values,
          values.map((value) => value ** 3),
        ),
      ).toBeCloseTo(1, 12);
      const other = values.map((value) => (value * 7919) % 101);
      expect(spearman(values, other)).toBeCloseTo(spearman(other, values), 12);
    }),
  );
});
