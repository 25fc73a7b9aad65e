import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeMap } from "#app/align/completion.ts";
import { fitProcrustes, readySource, readyTarget, turnSource } from "#app/align/procrustes.ts";
import { denseMap } from "#app/align/transform.ts";
import { firstColumns, identity, type Matrix, matrixFrom, scaledColumns, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const kernels = native === null ? [portable] : [portable, native];
const RIGID = { scaling: false, reflection: true };

/** The Procrustes map by singular vectors of V × V, thin: slow, and plain to see. */
function plainMap(source: Matrix, target: Matrix): Matrix {
  const centred = (samples: Matrix) => portable.centre(samples).matrix;
  const { u, values, v } = portable.svd(portable.multiply(centred(source), centred(target), { left: true }));
  const rank = values.filter((value) => value > 1e-13 * (values[0] as number)).length;
  return portable.multiply(firstColumns(u, rank), firstColumns(v, rank), { right: true });
}

/** Rows × columns whose singular values fall evenly, in logarithms, by so many digits. */
function falling(rows: number, columns: number, seed: number, digits: number): Matrix {
  const { u, values, v } = portable.svd(noise(rows, columns, seed));
  const scaled = scaledColumns(u, (k) => 10 ** ((-digits * k) / (values.length - 1)));
  return portable.multiply(scaled, v, { right: true });
}

function distance(a: Matrix, b: Matrix): number {
  return Math.sqrt(a.data.reduce((sum, value, at) => sum + (value - (b.data[at] as number)) ** 2, 0));
}

describe("a fit of fewer samples than voxels", () => {
  test("is the one between the voxels, though the samples' singular values span many digits", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 4, max: 12 }),
      seed: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(shape, fc.integer({ min: 0, max: 4 }), ({ rows, seed }, digits) => {
        const [a, c] = [falling(rows, 25, seed, digits), falling(rows, 25, seed + 1, digits)];
        const source = readySource(portable, a);
        const fit = fitProcrustes(portable, source, readyTarget(portable, c, true, false), RIGID);
        const plain = plainMap(a, c);
        const moved = portable.multiply(source.centred, plain);
        expect(distance(turnSource(portable, source, fit), moved)).toBeLessThan(1e-8);
        const voxels = Int32Array.from({ length: 25 }, (_, at) => at);
        const map = completeMap(portable, fit, "thin", voxels, voxels);
        const transform = { offsetIn: source.offset, offsetOut: fit.offsetOut, scale: 1, map };
        expect(distance(denseMap(portable, transform), plain)).toBeLessThan(1e-5);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the completion closest to the identity", () => {
  test("is found on the voxels of either side and cropped, where the two sides share some of theirs", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 3, max: 6 }),
      own: fc.integer({ min: 10, max: 16 }),
      theirs: fc.integer({ min: 10, max: 16 }),
      seed: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(shape, ({ rows, own, theirs, seed }) => {
        // Voxels 0 … own − 1 on one side, 4 … theirs + 3 on the other.
        const from = Int32Array.from({ length: own }, (_, at) => at);
        const to = Int32Array.from({ length: theirs }, (_, at) => at + 4);
        const [a, c] = [noise(rows, own, seed), noise(rows, theirs, seed + 1)];
        const source = readySource(portable, a);
        const fit = fitProcrustes(portable, source, readyTarget(portable, c, true, false), RIGID);
        const map = completeMap(portable, fit, "closest-to-identity", from, to);
        const transform = { offsetIn: source.offset, offsetOut: fit.offsetOut, scale: 1, map };
        const union = Math.max(own, theirs + 4);
        const whole = plainCompletion(embedded(plainMap(a, c), from, to, union));
        expect(distance(denseMap(portable, transform), cropped(whole, from, to))).toBeLessThan(1e-6);
      }),
      { numRuns: 60 },
    );
  });
});

/** What a partial isometry leaves out, turned as little as possible: R + N · polar(Nᵀ·M) · Mᵀ, by full decompositions. */
function plainCompletion(isometry: Matrix): Matrix {
  const size = isometry.rows;
  const projector = (left: boolean) =>
    left ? portable.gram(isometry) : portable.multiply(isometry, isometry, { left: true });
  const out = [projector(true), projector(false)].map((covered) => {
    const { values, vectors } = portable.eigenSymmetric(covered);
    const rank = values.filter((value) => value > 0.5).length;
    return columnsFrom(vectors, rank);
  }) as [Matrix, Matrix];
  const { u, values, v } = portable.svd(portable.multiply(out[0], out[1], { left: true }));
  const kept = values.filter((cosine) => cosine > 1e-8).length;
  const added = portable.multiply(
    portable.multiply(out[0], firstColumns(u, kept)),
    portable.multiply(out[1], firstColumns(v, kept)),
    { right: true },
  );
  return matrixFrom(
    size,
    size,
    isometry.data.map((value, at) => value + (added.data[at] as number)),
  );
}

function columnsFrom(matrix: Matrix, first: number): Matrix {
  const out = zeros(matrix.rows, matrix.columns - first);
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < out.columns; column++) {
      out.data[row * out.columns + column] = matrix.data[row * matrix.columns + first + column] as number;
    }
  }
  return out;
}

function embedded(map: Matrix, from: Int32Array, to: Int32Array, size: number): Matrix {
  const out = zeros(size, size);
  from.forEach((row, i) => {
    to.forEach((column, j) => {
      out.data[row * size + column] = map.data[i * map.columns + j] as number;
    });
  });
  return out;
}

function cropped(map: Matrix, from: Int32Array, to: Int32Array): Matrix {
  const out = zeros(from.length, to.length);
  from.forEach((row, i) => {
    to.forEach((column, j) => {
      out.data[i * out.columns + j] = map.data[row * map.columns + column] as number;
    });
  });
  return out;
}

test("a map that is full but for a voxel without signal keeps that voxel where it is, with every kernel", () => {
  for (const linalg of kernels) {
    const silent = (seed: number) => {
      const samples = noise(30, 12, seed);
      for (let row = 0; row < 30; row++) samples.data[row * 12 + 3] = 0;
      return samples;
    };
    const source = readySource(linalg, silent(1));
    const fit = fitProcrustes(linalg, source, readyTarget(linalg, silent(2), false, false), RIGID);
    const voxels = Int32Array.from({ length: 12 }, (_, at) => at);
    const map = completeMap(linalg, fit, "closest-to-identity", voxels, voxels);
    const offsets = { offsetIn: source.offset, offsetOut: fit.offsetOut };
    const dense = denseMap(linalg, { ...offsets, scale: 1, map });
    expect(dense.data[3 * 12 + 3]).toBeCloseTo(1, 12);
    expect(distance(linalg.gram(dense), identity(12))).toBeLessThan(1e-12);
  }
});
