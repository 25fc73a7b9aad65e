import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gramSvd, polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, scaledColumns, transpose, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const kernels: readonly Linalg[] = native === null ? [portable] : [portable, native];

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** Singular values go down by so many digits. */
  readonly digits: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  rows: fc.integer({ min: 1, max: 30 }),
  columns: fc.integer({ min: 1, max: 30 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
  digits: fc.integer({ min: 0, max: 9 }),
});

/** Rows × columns with singular values from 1 down to 10^−digits, evenly in their logarithms. */
function spread(linalg: Linalg, { rows, columns, seed, digits }: Shape): Matrix {
  const { u, values, v } = linalg.svd(noise(rows, columns, seed));
  const last = Math.max(1, values.length - 1);
  return linalg.multiply(
    scaledColumns(u, (k) => 10 ** ((-digits * k) / last)),
    v,
    { right: true },
  );
}

describe.each(kernels.map((linalg) => ({ name: linalg.name, linalg })))(
  "by the $name kernels",
  ({ linalg }) => {
    test("a matrix is rebuilt from its singular vectors, which are orthonormal, over nine digits of values", () => {
      fc.assert(
        fc.property(shape, (given) => {
          const a = spread(linalg, given);
          const { u, values, v } = gramSvd(linalg, a);
          expect(values.length).toBe(Math.min(given.rows, given.columns));
          for (let k = 0; k < values.length; k++) {
            const expected = 10 ** ((-given.digits * k) / Math.max(1, values.length - 1));
            expect(Math.abs((values[k] as number) / expected - 1)).toBeLessThan(1e-6);
          }
          const again = linalg.multiply(
            scaledColumns(u, (k) => values[k] as number),
            v,
            { right: true },
          );
          expect(largestDifference(again, a)).toBeLessThan(1e-9);
          for (const vectors of [u, v]) expect(fromIdentity(linalg, vectors)).toBeLessThan(1e-8);
        }),
        { numRuns: 150 },
      );
    });

    test("the polar factor makes the product symmetric and is an isometry, well and badly conditioned alike", () => {
      fc.assert(
        fc.property(shape, (given) => {
          const a = spread(linalg, given);
          const { factor, rank } = polarFactor(linalg, a);
          expect(rank).toBe(Math.min(given.rows, given.columns));
          const h = linalg.multiply(factor, a, given.rows > given.columns ? { left: true } : { right: true });
          for (let row = 0; row < h.rows; row++) {
            for (let column = 0; column < row; column++) {
              const skew =
                (h.data[row * h.rows + column] as number) - (h.data[column * h.rows + row] as number);
              expect(Math.abs(skew)).toBeLessThan(1e-10);
            }
          }
          const across = given.rows > given.columns ? factor : transpose(factor);
          expect(fromIdentity(linalg, across)).toBeLessThan(1e-8);
        }),
        { numRuns: 150 },
      );
    });

    test("the rank of a polar factor is cut, and its nuclear norm is the sum of what is left", () => {
      const a = linalg.multiply(noise(9, 4, 3), noise(4, 12, 4));
      const { factor, rank, nuclearNorm } = polarFactor(linalg, a);
      expect(rank).toBe(4);
      expect(factor.data.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(4, 9);
      const { values } = linalg.svd(a);
      expect(nuclearNorm).toBeCloseTo(
        values.subarray(0, 4).reduce((sum, value) => sum + value, 0),
        9,
      );
    });

    test("zeros have no singular vectors and a polar factor of zeros", () => {
      expect(gramSvd(linalg, zeros(3, 5)).values.length).toBe(0);
      expect(polarFactor(linalg, zeros(2, 3))).toStrictEqual({
        factor: matrixFrom(2, 3, [0, 0, 0, 0, 0, 0]),
        nuclearNorm: 0,
        rank: 0,
      });
    });
  },
);

function largestDifference(a: Matrix, b: Matrix): number {
  return a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (b.data[at] as number))), 0);
}

/** How far the columns are from orthonormal. */
function fromIdentity(linalg: Linalg, columns: Matrix): number {
  const gram = linalg.multiply(columns, columns, { left: true });
  return gram.data.reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (at % (gram.rows + 1) === 0 ? 1 : 0))),
    0,
  );
}
