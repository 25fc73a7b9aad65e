import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Linalg } from "#app/linalg/linalg.ts";
import { nativeFile } from "#app/linalg/load.ts";
import { type Matrix, matrixFrom, transpose } from "#app/linalg/matrix.ts";
import { loadNative } from "#app/linalg/native.ts";
import { portable } from "#app/linalg/portable.ts";
import { noise } from "#test/linalg/noise.ts";

const addon = nativeFile(join(dirname(fileURLToPath(import.meta.url)), "..", ".."));
const built = existsSync(addon);
const kernels: readonly Linalg[] = built ? [portable, loadNative(addon)] : [portable];

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 30 }),
  columns: fc.integer({ min: 1, max: 30 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
});

test.runIf(process.env.CI)("the native kernels are built", () => {
  expect(built).toBe(true);
});

describe.each(kernels.map((linalg) => ({ name: linalg.name, linalg })))("the $name kernels", ({ linalg }) => {
  const wide = matrixFrom(2, 3, [1, 2, 3, 4, 5, 6]);

  test("multiply", () => {
    expect([...linalg.multiply(wide, wide, { right: true }).data]).toStrictEqual([14, 32, 32, 77]);
    expect([...linalg.multiply(wide, wide, { left: true }).data]).toStrictEqual([
      17, 22, 27, 22, 29, 36, 27, 36, 45,
    ]);
    expect([...linalg.gram(wide).data]).toStrictEqual([14, 32, 32, 77]);
  });

  test("refuse a product of matrices that do not fit", () => {
    expect(() => linalg.multiply(wide, wide)).toThrow("inner dimensions differ");
  });

  test("give eigenvalues in descending order", () => {
    const { values } = linalg.eigenSymmetric(matrixFrom(2, 2, [2, 1, 1, 2]));
    expect(values[0]).toBeCloseTo(3, 12);
    expect(values[1]).toBeCloseTo(1, 12);
  });

  test("centre columns", () => {
    const { matrix, means, squaredNorm } = linalg.centre(matrixFrom(2, 2, [1, 5, 3, 5]));
    expect([...matrix.data]).toStrictEqual([-1, 0, 1, 0]);
    expect([...means]).toStrictEqual([2, 5]);
    expect(squaredNorm).toBe(2);
  });

  test("z-score columns with ddof 0 and only centre a constant one", () => {
    const matrix = matrixFrom(2, 2, [1, 5, 3, 5]);
    linalg.zscore(matrix);
    expect([...matrix.data]).toStrictEqual([-1, 0, 1, 0]);
  });

  test("add a multiple of one matrix to another of its size, and of no other", () => {
    const to = matrixFrom(2, 2, [1, 2, 3, 4]);
    linalg.addScaled(to, matrixFrom(2, 2, [10, 20, 30, 40]), 0.5);
    expect([...to.data]).toStrictEqual([6, 12, 18, 24]);
    expect(() => linalg.addScaled(to, matrixFrom(1, 2, [1, 2]), 1)).toThrow(
      "the parts of a sum differ in size",
    );
  });

  test("give a Gram matrix that is symmetric to the bit at any size", () => {
    for (const size of [1, 31, 32, 33, 70]) {
      const a = noise(size, 9, size);
      const gram = linalg.gram(a);
      expect(largestDifference(gram, linalg.multiply(a, a, { right: true }))).toBeLessThan(1e-12);
      expect([...gram.data]).toStrictEqual([...transpose(gram).data]);
    }
  });

  test.each(["svd", "eigenSymmetric", "polar"] as const)(
    "refuse a value that is not a finite number: %s",
    (name) => {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => linalg[name](matrixFrom(2, 2, [1, value, value, 1]))).toThrow(
          "the matrix holds a value that is not a finite number",
        );
      }
    },
  );

  test("rebuild a matrix from its singular values", () => {
    fc.assert(
      fc.property(shape, ({ rows, columns, seed }) => {
        const a = noise(rows, columns, seed);
        const { u, values, v } = linalg.svd(a);
        const scaled = matrixFrom(
          u.rows,
          u.columns,
          u.data.map((x, at) => x * (values[at % u.columns] as number)),
        );
        expect(largestDifference(linalg.multiply(scaled, v, { right: true }), a)).toBeLessThan(1e-10);
      }),
    );
  });

  test("cut the rank of a polar factor", () => {
    const a = linalg.multiply(noise(9, 4, 3), noise(4, 12, 4));
    const { factor, rank } = linalg.polar(a);
    expect(rank).toBe(4);
    expect(factor.data.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(4, 9);
  });

  test("give a polar factor that makes the product symmetric, well and badly conditioned alike", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 6 }), ({ rows, columns, seed }, digits) => {
        const size = Math.min(rows, columns);
        const a = noise(size, size, seed);
        for (let at = 0; at < size; at++) a.data[at] = (a.data[at] as number) * 10 ** -digits;
        const { factor, rank } = linalg.polar(a);
        if (rank < size) return;
        const h = linalg.multiply(factor, a, { right: true });
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < row; column++) {
            const skew = (h.data[row * size + column] as number) - (h.data[column * size + row] as number);
            expect(Math.abs(skew)).toBeLessThan(1e-10);
          }
        }
      }),
    );
  });
});

describe.skipIf(!built)("the native kernels and the portable ones", () => {
  const native = built ? loadNative(addon) : portable;

  test("agree to 1e-8 on products, singular values and polar factors of any shape", () => {
    fc.assert(
      fc.property(shape, ({ rows, columns, seed }) => {
        const a = noise(rows, columns, seed);
        expect(largestDifference(native.gram(a), portable.gram(a))).toBeLessThan(1e-8);
        const [one, other] = [native.svd(a).values, portable.svd(a).values];
        one.forEach((value, at) => {
          expect(Math.abs(value - (other[at] as number))).toBeLessThan(1e-8);
        });
        const condition = (other[0] as number) / (other[other.length - 1] as number);
        if (condition > 1e5) return;
        expect(largestDifference(native.polar(a).factor, portable.polar(a).factor)).toBeLessThan(1e-8);
        expect(native.polar(a).nuclearNorm).toBeCloseTo(portable.polar(a).nuclearNorm, 8);
      }),
    );
  });
});

function largestDifference(a: Matrix, b: Matrix): number {
  return a.data.reduce(
    (largest, value, at) => Math.max(largest, Math.abs(value - (b.data[at] as number))),
    0,
  );
}
