import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Linalg } from "#app/linalg/linalg.ts";
import {
  firstColumns,
  type Matrix,
  matrixFrom,
  scaledColumns,
  stackColumns,
  transpose,
  zeros,
} from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import type { SparseMatrix } from "#app/linalg/sparse-matrix.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const kernels: readonly Linalg[] = native === null ? [portable] : [portable, native];

const shape = fc.record({
  rows: fc.integer({ min: 1, max: 30 }),
  columns: fc.integer({ min: 1, max: 30 }),
  seed: fc.integer({ min: 1, max: 10_000 }),
});

/** A dense matrix by columns, without its zeros. */
function sparseOf({ rows, columns, data }: Matrix): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column] as number;
      if (value === 0) continue;
      indices.push(row);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return {
    rows,
    columns,
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}

test.runIf(process.env.CI)("the native kernels are built", () => {
  expect(native).not.toBeNull();
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

  test("solve equations with a positive definite matrix, and refuse others", () => {
    const gram = matrixFrom(2, 2, [4, 2, 2, 3]);
    const found = linalg.solve(gram, matrixFrom(2, 1, [10, 9]));
    expect(found.data[0]).toBeCloseTo(1.5, 12);
    expect(found.data[1]).toBeCloseTo(2, 12);
    const own = linalg.gram(noise(40, 60, 3));
    const right = noise(40, 7, 4);
    const solved = linalg.multiply(own, linalg.solve(own, right));
    expect(largestDifference(solved, right)).toBeLessThan(1e-9);
    expect(() => linalg.solve(matrixFrom(2, 2, [1, 2, 2, 1]), matrixFrom(2, 1, [1, 1]))).toThrow();
    expect(() => linalg.solve(matrixFrom(1, 1, [Number.NaN]), matrixFrom(1, 1, [1]))).toThrow();
  });

  test("take a determinant, sign and all", () => {
    expect(linalg.determinant(matrixFrom(2, 2, [1, 2, 3, 4]))).toBeCloseTo(-2, 12);
    expect(linalg.determinant(matrixFrom(3, 3, [0, 1, 0, 0, 0, 1, 1, 0, 0]))).toBeCloseTo(1, 12);
    expect(() => linalg.determinant(matrixFrom(1, 1, [Number.NaN]))).toThrow();
  });

  test("give a Gram matrix of the first columns, each times its factor", () => {
    expect([...linalg.scaledGram(wide, Float64Array.of(2, -1)).data]).toStrictEqual([8, 26, 26, 89]);
    const a = noise(33, 40, 5);
    const factors = noise(1, 21, 6).data;
    const scaled = scaledColumns(firstColumns(a, 21), (k) => factors[k] as number);
    const found = linalg.scaledGram(a, factors);
    expect(largestDifference(found, linalg.gram(scaled))).toBe(0);
    expect([...found.data]).toStrictEqual([...transpose(found).data]);
  });

  test("multiply by a transposed factor of any shape", () => {
    for (const [inner, rows, columns] of [
      [1, 70, 3],
      [65, 1, 2],
      [33, 100, 31],
      [150, 140, 3],
      [150, 3, 140],
      [130, 140, 135],
      [600, 500, 3],
      [600, 3, 500],
    ] as const) {
      const [a, b] = [noise(inner, rows, inner), noise(inner, columns, rows)];
      const found = linalg.multiply(a, b, { left: true });
      expect(largestDifference(found, linalg.multiply(transpose(a), b))).toBeLessThan(1e-12);
      const both = linalg.multiply(a, transpose(b), { left: true, right: true });
      expect(largestDifference(both, found)).toBeLessThan(1e-12);
      linalg.addProduct(both, a, b, { left: true });
      expect(largestDifference(both, linalg.multiply(transpose(a), b))).toBeGreaterThan(0.1);
      linalg.addProduct(
        both,
        scaledColumns(a, () => -2),
        b,
        { left: true },
      );
      expect(Math.max(...both.data.map(Math.abs))).toBeLessThan(1e-12);
    }
  });

  test("multiply by a sparse matrix of any shape, empty columns too", () => {
    for (const [rows, width, columns] of [
      [1, 1, 1],
      [5, 9, 7],
      [32, 40, 3],
      [70, 33, 50],
    ] as const) {
      const dense = noise(width, columns, rows);
      dense.data.forEach((value, at) => {
        if (Math.abs(value) < 1 || at % columns === 2) dense.data[at] = 0;
      });
      const a = noise(rows, width, width);
      const found = linalg.timesSparse(a, sparseOf(dense));
      expect([found.rows, found.columns]).toStrictEqual([rows, columns]);
      expect(largestDifference(found, linalg.multiply(a, dense))).toBeLessThan(1e-12);
    }
    const broken = { ...sparseOf(noise(2, 2, 1)), indices: Int32Array.of(0, 1, 0, 5) };
    if (linalg.name === "native") expect(() => linalg.timesSparse(noise(3, 2, 1), broken)).toThrow("sparse");
  });

  test("give zeros where there is nothing to sum, over whatever was in memory before", () => {
    for (let round = 0; round < 5; round++) {
      linalg.multiply(noise(30, 3, 1), noise(3, 30, 2));
      const products = [
        linalg.multiply(zeros(30, 0), zeros(0, 30)),
        linalg.multiply(zeros(0, 30), zeros(0, 30), { left: true }),
        linalg.gram(zeros(30, 0)),
        linalg.scaledGram(noise(30, 3, 1), new Float64Array()),
        linalg.congruence(zeros(0, 0), zeros(0, 30)),
      ];
      for (const { data } of products) expect([...data]).toStrictEqual(new Array(900).fill(0));
    }
  });

  test("add a product to a matrix of its size", () => {
    const to = matrixFrom(2, 2, [1, 0, 0, 1]);
    linalg.addProduct(to, wide, wide, { right: true });
    expect([...to.data]).toStrictEqual([15, 32, 32, 78]);
    expect(() => linalg.addProduct(matrixFrom(1, 1, [0]), wide, wide, { right: true })).toThrow(
      "a result does not have the size it was said to have",
    );
  });

  test("centre in single precision as in double", () => {
    const { matrix, means, squaredNorm } = linalg.centreSingle(wide);
    expect([...matrix.data]).toStrictEqual([-1.5, -1.5, -1.5, 1.5, 1.5, 1.5]);
    expect([...means]).toStrictEqual([2.5, 3.5, 4.5]);
    expect(squaredNorm).toBe(13.5);
  });

  test("multiply in single precision, small and large, and to its rounding", () => {
    const own = linalg.single(wide);
    expect([...linalg.multiplySingle(own, own, { right: true }).data]).toStrictEqual([14, 32, 32, 77]);
    const third = linalg.single(matrixFrom(1, 1, [1 / 3]));
    expect(third.data[0]).toBe(Math.fround(1 / 3));
    expect(() => linalg.multiplySingle(own, own)).toThrow("inner dimensions differ");
    // 600 × 500 numbers leave the cache, so that a narrow factor's product with them goes by rows.
    const [samples, narrow] = [noise(600, 500, 1), noise(600, 7, 2)];
    for (const [a, b, transposed] of [
      [narrow, samples, { left: true }],
      [samples, narrow, { left: true }],
      [samples, noise(3, 500, 3), { right: true }],
    ] as const) {
      const exact = linalg.multiply(a, b, transposed);
      const found = linalg.multiplySingle(linalg.single(a), linalg.single(b), transposed);
      expect([found.rows, found.columns]).toStrictEqual([exact.rows, exact.columns]);
      const apart = exact.data.map((value, at) => Math.abs(value - (found.data[at] as number)));
      expect(Math.max(...apart) / Math.max(...exact.data)).toBeLessThan(2e-6);
    }
  });

  test("take columns out, and add a part back to its place", () => {
    expect([...linalg.takeColumns(wide, Int32Array.of(2, 0)).data]).toStrictEqual([3, 1, 6, 4]);
    const to = matrixFrom(2, 3, [0, 0, 0, 10, 20, 30]);
    const place = {
      rows: Int32Array.of(1, 0),
      columns: Int32Array.of(2, 0),
      factors: Float64Array.of(1, 0.5),
    };
    linalg.addPart(to, matrixFrom(2, 2, [1, 2, 3, 4]), place);
    expect([...to.data]).toStrictEqual([2, 0, 1.5, 12, 20, 31]);
  });

  test("turn a matrix over, whatever its size", () => {
    expect(linalg.transpose(wide)).toStrictEqual(matrixFrom(3, 2, [1, 4, 2, 5, 3, 6]));
    for (const [rows, columns] of [
      [0, 3],
      [8, 1],
      [19, 9],
    ] as const) {
      const a = noise(rows, columns, 5);
      const turned = linalg.transpose(a);
      expect(turned).toMatchObject({ rows: columns, columns: rows });
      expect([...turned.data]).toStrictEqual([...transpose(a).data]);
    }
  });

  test("add the Gram matrix of some columns to that of others", () => {
    const [some, others] = [noise(70, 9, 1), noise(70, 30, 2)];
    const sum = linalg.gram(some);
    linalg.addGram(sum, others);
    const whole = linalg.gram(stackColumns([some, others]));
    expect(
      Math.max(...sum.data.map((value, at) => Math.abs(value - (whole.data[at] as number)))),
    ).toBeLessThan(1e-12);
    expect([...sum.data]).toStrictEqual([...transpose(sum).data]);
  });

  test("take rows out as columns, however many", () => {
    expect([...linalg.turnRows(wide, Int32Array.of(1, 0, 1)).data]).toStrictEqual([
      4, 1, 4, 5, 2, 5, 6, 3, 6,
    ]);
    const tall = matrixFrom(
      11,
      2,
      Array.from({ length: 22 }, (_, at) => at),
    );
    const turned = linalg.turnRows(
      tall,
      Int32Array.from({ length: 11 }, (_, row) => 10 - row),
    );
    expect(turned).toMatchObject({ rows: 2, columns: 11 });
    const evens = Array.from({ length: 11 }, (_, row) => 20 - 2 * row);
    expect([...turned.data]).toStrictEqual([...evens, ...evens.map((value) => value + 1)]);
  });

  test("give results that last as long as the work they are made within", () => {
    const sum = zeros(2, 2);
    const all = { rows: Int32Array.of(0, 1), columns: Int32Array.of(0, 1), factors: Float64Array.of(1, 1) };
    const before = linalg.gram(wide);
    for (let time = 0; time < 3; time++) {
      linalg.within(() => {
        const [own, other] = [linalg.gram(wide), linalg.gram(matrixFrom(2, 1, [1, 1]))];
        linalg.addPart(sum, linalg.multiply(own, other), all);
      });
    }
    expect([...sum.data]).toStrictEqual([138, 138, 327, 327]);
    expect([...before.data]).toStrictEqual([14, 32, 32, 77]);
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

  test("sum spaces by their weights, z-score the sum if asked, and refuse spaces that differ in size", () => {
    const [one, other] = [matrixFrom(2, 2, [1, 2, 3, 4]), matrixFrom(2, 2, [10, 20, 30, 40])];
    expect([...linalg.blend([one, other], [1, 0.5], false).data]).toStrictEqual([6, 12, 18, 24]);
    expect([...linalg.blend([one, other], [1, -0.05], true).data]).toStrictEqual([-1, -1, 1, 1]);
    expect(() => linalg.blend([one, matrixFrom(1, 2, [1, 2])], [1, 1], false)).toThrow(
      "the parts of a sum differ in size",
    );
  });

  test("z-score the columns of wide matrices as those of narrow ones", () => {
    const wide = noise(5, 5000, 3);
    const narrow = matrixFrom(
      5,
      1,
      Array.from({ length: 5 }, (_, row) => wide.data[row * 5000 + 4321] as number),
    );
    linalg.zscore(wide);
    linalg.zscore(narrow);
    expect(Array.from({ length: 5 }, (_, row) => wide.data[row * 5000 + 4321])).toStrictEqual([
      ...narrow.data,
    ]);
  });

  test("take a root of a Gram matrix and its weights, and cut the rank", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 30 }), ({ rows, columns, seed }, inner) => {
        const a = linalg.multiply(noise(rows, inner, seed), noise(inner, columns, seed + 1));
        const gram = linalg.gram(a);
        const { root, weights, sharpness } = linalg.weightedRoot(gram, Math.max(rows, columns));
        if (sharpness < 1e-8) return;
        expect(root.columns).toBe(Math.min(rows, inner, columns));
        const alone = linalg.root(gram, Math.max(rows, columns));
        expect([...alone.root.data]).toStrictEqual([...root.data]);
        expect(alone.sharpness).toBe(sharpness);
        const scale = Math.max(...gram.data.map(Math.abs));
        expect(largestDifference(linalg.multiply(root, root, { right: true }), gram)).toBeLessThan(
          1e-10 * scale,
        );
        const units = linalg.multiply(weights, root, { left: true });
        for (let at = 0; at < units.data.length; at++)
          expect(units.data[at]).toBeCloseTo(at % (units.rows + 1) === 0 ? 1 : 0, 6);
      }),
    );
  });

  test("take no root of zeros", () => {
    const { root, sharpness } = linalg.root(matrixFrom(2, 2, [0, 0, 0, 0]), 2);
    expect([root.rows, root.columns, sharpness]).toStrictEqual([2, 0, 0]);
  });

  test("give a congruence", () => {
    for (const [size, rank] of [
      [1, 1],
      [33, 20],
      [70, 70],
    ] as const) {
      const [gram, root] = [linalg.gram(noise(size, 9, size)), noise(size, rank, size + 1)];
      const found = linalg.congruence(gram, root);
      const expected = linalg.multiply(root, linalg.multiply(gram, root), { left: true });
      expect(largestDifference(found, expected)).toBeLessThan(1e-9);
    }
  });

  test("give a Gram matrix that is symmetric to the bit at any size", () => {
    for (const size of [1, 31, 32, 33, 70]) {
      const a = noise(size, 9, size);
      const gram = linalg.gram(a);
      expect(largestDifference(gram, linalg.multiply(a, a, { right: true }))).toBeLessThan(1e-12);
      expect([...gram.data]).toStrictEqual([...transpose(gram).data]);
    }
  });

  test.each(["svd", "eigenSymmetric"] as const)("refuse a value that is not a finite number: %s", (name) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => linalg[name](matrixFrom(2, 2, [1, value, value, 1]))).toThrow(
        "the matrix holds a value that is not a finite number",
      );
    }
  });

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
});

describe.skipIf(native === null)("the native kernels and the portable ones", () => {
  const mine = native ?? portable;

  test("agree to 1e-8 on products, roots and singular values of any shape", () => {
    fc.assert(
      fc.property(shape, ({ rows, columns, seed }) => {
        const a = noise(rows, columns, seed);
        expect(largestDifference(mine.gram(a), portable.gram(a))).toBeLessThan(1e-8);
        const [one, other] = [mine.svd(a).values, portable.svd(a).values];
        one.forEach((value, at) => {
          expect(Math.abs(value - (other[at] as number))).toBeLessThan(1e-8);
        });
        const [gram, side] = [mine.gram(a), Math.max(rows, columns)];
        const [own, theirs] = [mine.root(gram, side), portable.root(gram, side)];
        if (own.sharpness < 1e-6) return;
        expect(largestDifference(own.root, theirs.root)).toBeLessThan(1e-8);
        expect(own.sharpness / theirs.sharpness).toBeCloseTo(1, 6);
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
