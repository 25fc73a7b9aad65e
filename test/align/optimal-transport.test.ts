import { describe, expect, test } from "vitest";
import type { Alignment, AlignSubject } from "#app/align/aligner.ts";
import { optimalTransport } from "#app/align/optimal-transport.ts";
import { applyTransform, denseMap } from "#app/align/transform.ts";
import { voxelDifferences } from "#app/align/voxel-differences.ts";
import { Fault } from "#app/contract/fault.ts";
import { type Matrix, matrixFrom, takeColumns, takeRows, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

function aligned(subjects: readonly AlignSubject[], parameters: object = {}): Alignment {
  const checked = optimalTransport.parameters.parse(parameters);
  return runInline(optimalTransport.fit(subjects, checked), optimalTransport.tasks, portable);
}

function added(template: Matrix, subject: AlignSubject, parameters: object = {}) {
  const voxels = Int32Array.from({ length: template.columns }, (_, at) => at);
  const space: Alignment = {
    commonSpace: template,
    columns: { kind: "voxels", voxels, places: null },
    transforms: [],
  };
  const checked = optimalTransport.parameters.parse(parameters);
  return runInline(optimalTransport.addSubject(space, subject, checked), optimalTransport.tasks, portable);
}

const rows = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

describe("optimal transport", () => {
  test("finds each voxel again where they are in another order, in rows that it has not seen", () => {
    const whole = noise(40, 12, 1);
    const order = [7, 0, 11, 3, 4, 10, 1, 2, 9, 8, 5, 6];
    const shuffled = takeColumns(whole, order);
    const fitted = alignSubject(takeRows(shuffled, rows(20)));
    const transform = added(takeRows(whole, rows(20)), fitted, { epsilon: 0.01 });
    const moved = applyTransform(portable, transform, takeRows(shuffled, rows(20, 20)));
    const held = takeRows(whole, rows(20, 20));
    moved.data.forEach((value, at) => {
      expect(value).toBeCloseTo(held.data[at] as number, 5);
    });
  });

  test("makes each voxel of the common space a weighted mean of the subject's, relaxed or not", () => {
    const subjects = [1, 2, 3].map((seed) => alignSubject(noise(15, 10, seed)));
    for (const marginalRelaxation of [null, 0.001, 0.1]) {
      for (const transform of aligned(subjects, { marginalRelaxation }).transforms) {
        const { data } = denseMap(portable, transform);
        for (let column = 0; column < 10; column++) {
          let sum = 0;
          for (let at = column; at < data.length; at += 10) {
            expect(data[at]).toBeGreaterThanOrEqual(0);
            sum += data[at] as number;
          }
          expect(sum).toBeCloseTo(1, 10);
        }
      }
    }
  });

  test("uses every voxel alike unless marginals are relaxed", () => {
    const subjects = [4, 5, 6].map((seed) => alignSubject(noise(15, 10, seed)));
    const uses = (parameters: object) => {
      const { data } = denseMap(portable, aligned(subjects, parameters).transforms[0] as never);
      return rows(10).map((row) => data.subarray(row * 10, row * 10 + 10).reduce((a, b) => a + b, 0));
    };
    for (const use of uses({})) expect(use).toBeCloseTo(1, 6);
    const relaxed = uses({ marginalRelaxation: 0.01 });
    expect(Math.max(...relaxed) - Math.min(...relaxed)).toBeGreaterThan(0.2);
  });

  test("refuses subjects that have other voxels than the first, and regions of too many voxels", () => {
    const [a, b] = [noise(15, 6, 1), noise(15, 6, 2)];
    const code = (subjects: readonly AlignSubject[]) => {
      try {
        aligned(subjects);
      } catch (error) {
        return error instanceof Fault ? error.code : error;
      }
      return null;
    };
    expect(code([alignSubject(a), alignSubject(b, 1)])).toBe("align/different-voxels");
    expect(code([alignSubject(zeros(2, 5001)), alignSubject(zeros(2, 5001))])).toBe("align/many-voxels");
  });
});

test("differences between voxels are squared distances over time, the largest 1", () => {
  const x = matrixFrom(2, 2, [0, 3, 0, 4]);
  const y = matrixFrom(2, 3, [0, 3, 6, 0, 4, 8]);
  expect([...voxelDifferences(portable, x, y).data]).toStrictEqual([0, 0.25, 1, 0.25, 0, 0.25]);
  expect([...voxelDifferences(portable, zeros(2, 2), zeros(2, 2)).data]).toStrictEqual([0, 0, 0, 0]);
});
