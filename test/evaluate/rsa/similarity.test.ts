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

  const dissimilarities = async (dissimilarity: string, shuffled = false) => {
    const plan = planFor({ similarity: { dissimilarity } });
    const evaluation = evaluationOf(plan, turnedStudy({ noise: shuffled ? 40 : 0.3, repeats: 3 }));
    const found = await inline.drive(similarities(evaluation, await outcomesOf(evaluation)));
    return [found?.anatomical, found?.aligned].map((side) =>
      (side?.dissimilarity ?? []).flatMap((row, i) => row.filter((_, j) => i !== j) as number[]),
    ) as [number[], number[]];
  };
  const average = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  test.each(["euclidean", "mahalanobis", "crossnobis"])(
    "by %s distance is seen before and after, for a rotation keeps a subject's distances",
    async (name) => {
      const [before, after] = await dissimilarities(name);
      expect(before).toHaveLength(CONDITIONS.length * (CONDITIONS.length - 1));
      expect(Math.min(...before, ...after)).toBeGreaterThan(0);
      // Samples are z-scored anew in the common space, and little else changes.
      expect(average(after) / average(before)).toBeGreaterThan(0.5);
      expect(average(after) / average(before)).toBeLessThan(2);
    },
  );

  test("noise makes Mahalanobis distances, and of cross-validated ones as many below zero as above", async () => {
    const [plain] = await dissimilarities("mahalanobis", true);
    const [crossed] = await dissimilarities("crossnobis", true);
    expect(Math.min(...plain)).toBeGreaterThan(0);
    expect(Math.abs(average(crossed))).toBeLessThan(0.2 * average(plain));
  });

  test("goes with a model of itself at 1, with its opposite at −1; a flat model has no correlation", async () => {
    const evaluation = evaluationOf(planFor(), turnedStudy({ noise: 0, repeats: 2 }));
    const outcomes = await outcomesOf(evaluation);
    const plain = await inline.drive(similarities(evaluation, outcomes));
    const own = CONDITIONS.flatMap((_, i) =>
      CONDITIONS.slice(i + 1).map((__, j) => plain?.anatomical.dissimilarity[i]?.[i + 1 + j] as number),
    );
    const models = [
      { name: "itself", values: own },
      { name: "opposite", values: own.map((value) => -value) },
      { name: "flat", values: own.map(() => 1) },
      { name: "of three pairs", values: own.map((value, at) => (at < 3 ? value : Number.NaN)) },
    ];
    const found = await inline.drive(similarities(evaluation, outcomes, models));
    const first = found?.anatomical.models.map(({ name, perSubject }) => [name, perSubject[0]]);
    expect(first).toStrictEqual([
      ["itself", expect.closeTo(1, 9)],
      ["opposite", expect.closeTo(-1, 9)],
      ["flat", null],
      ["of three pairs", expect.closeTo(1, 9)],
    ]);
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
