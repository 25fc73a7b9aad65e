import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Linalg } from "#app/linalg/linalg.ts";
import { addDiagonal, identity, type Matrix, scaledColumns, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const kernels: readonly Linalg[] = native === null ? [portable] : [portable, native];

/** Sizes on both sides of what the native kernel divides, blocks and fills up. */
const sizes = [1, 2, 3, 7, 16, 17, 33, 64, 99, 130];

/** The symmetric tridiagonal matrix of these entries. */
function tridiagonal(diagonal: ArrayLike<number>, beside: ArrayLike<number>): Matrix {
  const out = zeros(diagonal.length, diagonal.length);
  for (let at = 0; at < diagonal.length; at++) {
    out.data[at * (out.columns + 1)] = diagonal[at] as number;
    if (at + 1 < diagonal.length) {
      out.data[at * out.columns + at + 1] = beside[at] as number;
      out.data[(at + 1) * out.columns + at] = beside[at] as number;
    }
  }
  return out;
}

const along = (size: number, value: (at: number) => number) =>
  Float64Array.from({ length: size }, (_, at) => value(at));

/** Matrices on which a careless method loses digits or stops, n × n. */
const hard: Readonly<Record<string, (n: number) => Matrix>> = {
  "all zeros": (n) => zeros(n, n),
  "one value many times": (n) => scaledColumns(identity(n), () => 3),
  "diagonal, in no order": (n) => tridiagonal(noise(1, n, 4).data, new Float64Array(n)),
  "of equal rows": (n) => ({ rows: n, columns: n, data: new Float64Array(n * n).fill(1) }),
  "second differences": (n) => tridiagonal(new Float64Array(n).fill(2), new Float64Array(n).fill(-1)),
  "pairs that are equal to the last digit (Wilkinson)": (n) =>
    tridiagonal(
      along(n, (at) => Math.abs(at - (n - 1) / 2)),
      new Float64Array(n).fill(1),
    ),
  "the same, glued": (n) =>
    tridiagonal(
      along(n, (at) => Math.abs((at % 11) - 5)),
      along(n, (at) => (at % 11 === 10 ? 1e-9 : 1)),
    ),
  "graded over sixteen digits": (n) =>
    tridiagonal(
      along(n, (at) => 10 ** ((-16 * at) / n)),
      along(n, (at) => 0.3 * 10 ** ((-16 * at) / n)),
    ),
  "a Gram matrix of low rank": (n) => portable.gram(noise(n, Math.ceil(n / 3), 5)),
  "close to the identity": (n) => {
    const out = scaledColumns(portable.gram(noise(n, 2, 6)), () => 1e-14);
    addDiagonal(out, 1);
    return out;
  },
};

/** The largest entry of |A·V − V·diag(values)| over the norm of A, and of |VᵀV − I|. */
function errorsOf(linalg: Linalg, a: Matrix): { residual: number; slant: number } {
  const { values, vectors } = linalg.eigenSymmetric(a);
  const size = Math.hypot(...a.data) || 1;
  const moved = portable.multiply(a, vectors);
  const stretched = scaledColumns(vectors, (k) => values[k] as number);
  const product = portable.multiply(vectors, vectors, { left: true });
  addDiagonal(product, -1);
  const most = (data: Float64Array) => Math.max(...data.map(Math.abs));
  return {
    residual: most(moved.data.map((value, at) => value - (stretched.data[at] as number))) / size,
    slant: most(product.data),
  };
}

describe.each(kernels.map((linalg) => ({ name: linalg.name, linalg })))(
  "eigenvectors by the $name kernels",
  ({ linalg }) => {
    test.each(Object.entries(hard))("are orthogonal and exact of matrices that are %s", (_, matrixOf) => {
      for (const size of sizes) {
        const { residual, slant } = errorsOf(linalg, matrixOf(size));
        expect(residual).toBeLessThan(2e-13);
        expect(slant).toBeLessThan(2e-13);
      }
    });

    test("have the values that are known of second differences and of Wilkinson's matrix", () => {
      const differences = hard["second differences"]?.(60) as Matrix;
      const { values } = linalg.eigenSymmetric(differences);
      values.forEach((value, at) => {
        expect(Math.abs(value - (2 + 2 * Math.cos(((at + 1) * Math.PI) / 61)))).toBeLessThan(1e-14);
      });
      const wilkinson = hard["pairs that are equal to the last digit (Wilkinson)"]?.(21) as Matrix;
      const pair = linalg.eigenSymmetric(wilkinson).values;
      expect(pair[0]).toBeCloseTo(10.746194182903393, 13);
      expect(pair[1]).toBeCloseTo(10.746194182903322, 13);
    });

    test("are the same of a matrix 1e150 times larger or smaller", () => {
      const a = portable.gram(noise(40, 45, 7));
      const { values } = linalg.eigenSymmetric(a);
      for (const scale of [1e150, 1e-150]) {
        const scaled = { ...a, data: a.data.map((value) => value * scale) };
        const found = linalg.eigenSymmetric(scaled).values;
        found.forEach((value, at) => {
          expect(Math.abs(value / scale - (values[at] as number))).toBeLessThan(1e-11);
        });
      }
    });

    test("do not turn on what is above the diagonal", () => {
      const a = portable.gram(noise(30, 35, 8));
      const other = { ...a, data: a.data.map((value, at) => (at % 30 > Math.floor(at / 30) ? 7 : value)) };
      expect([...linalg.eigenSymmetric(other).values]).toStrictEqual([...linalg.eigenSymmetric(a).values]);
    });

    test("are orthogonal and exact whatever values come together", () => {
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(0, 1, 1 + 1e-15, 1 + 1e-9, -1, 1e-8, 1e-20, 3), {
            minLength: 1,
            maxLength: 70,
          }),
          fc.integer({ min: 1, max: 1000 }),
          (spectrum, seed) => {
            const n = spectrum.length;
            const { vectors } = portable.eigenSymmetric(portable.gram(noise(n, n + 3, seed)));
            const stretched = scaledColumns(vectors, (k) => spectrum[k] as number);
            const a = portable.multiply(stretched, vectors, { right: true });
            const { residual, slant } = errorsOf(linalg, a);
            expect(residual).toBeLessThan(2e-13);
            expect(slant).toBeLessThan(2e-13);
          },
        ),
        { numRuns: 40 },
      );
    });

    test("are orthogonal and exact of tridiagonal matrices with entries of all sizes", () => {
      const entry = fc.oneof(
        fc.constantFrom(0, 1, 1, 2, 1e-9, 1e-16),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: -18, max: 0, noNaN: true }).map((digits) => 10 ** digits),
      );
      const entries = (count: number) => fc.array(entry, { minLength: count, maxLength: count });
      const zerosOr = (count: number) =>
        fc.oneof(fc.constant(new Array<number>(count).fill(0)), entries(count));
      fc.assert(
        fc.property(
          fc.integer({ min: 17, max: 60 }).chain((n) => fc.tuple(zerosOr(n), entries(n - 1))),
          ([diagonal, beside]) => {
            const { residual, slant } = errorsOf(linalg, tridiagonal(diagonal, beside));
            expect(residual).toBeLessThan(2e-13);
            expect(slant).toBeLessThan(2e-13);
          },
        ),
        { numRuns: 200 },
      );
    });
  },
);
