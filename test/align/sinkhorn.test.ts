import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sinkhorn } from "#app/align/sinkhorn.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const limits = { passes: 1000, tolerance: 1e-9 };

/** Squared distances between points in eight dimensions, the largest 1. */
function distances(rows: number, columns: number, seed: number): Matrix {
  const [from, to] = [noise(rows, 8, seed), noise(columns, 8, seed + 1)];
  const data = Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < 8; k++) {
      sum += ((from.data[row * 8 + k] as number) - (to.data[column * 8 + k] as number)) ** 2;
    }
    return sum;
  });
  const largest = Math.max(...data);
  return matrixFrom(
    rows,
    columns,
    data.map((value) => value / largest),
  );
}

function rowSums({ rows, columns, data }: Matrix): number[] {
  return Array.from({ length: rows }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0),
  );
}

function columnSums({ columns, data }: Matrix): number[] {
  const out = new Array<number>(columns).fill(0);
  data.forEach((value, at) => {
    out[at % columns] = (out[at % columns] as number) + value;
  });
  return out;
}

const problems = fc.record({
  rows: fc.integer({ min: 1, max: 25 }),
  columns: fc.integer({ min: 1, max: 25 }),
  seed: fc.integer({ min: 1, max: 9999 }),
  epsilon: fc.constantFrom(0.005, 0.01, 0.03, 0.1, 1, 10),
});

describe("entropic optimal transport", () => {
  test("meets the marginals, with a plan whose logarithm is potentials less the cost", () => {
    fc.assert(
      fc.property(problems, ({ rows, columns, seed, epsilon }) => {
        const cost = distances(rows, columns, seed);
        const { plan, error } = sinkhorn(portable, { cost, epsilon, relaxation: null }, limits);
        expect(error).toBeLessThan(1e-9);
        for (const sum of rowSums(plan)) expect(Math.abs(sum * rows - 1)).toBeLessThan(1e-7);
        for (const sum of columnSums(plan)) expect(Math.abs(sum * columns - 1)).toBeLessThan(1e-12);
        // ε·ln P + C is a sum of a number of the row and one of the column.
        const part = (row: number, column: number) => {
          const at = row * columns + column;
          return epsilon * Math.log(plan.data[at] as number) + (cost.data[at] as number);
        };
        for (let row = 1; row < rows; row++) {
          for (let column = 1; column < columns; column++) {
            const [a, b, c, d] = [part(row, column), part(0, column), part(row, 0), part(0, 0)];
            if ([a, b, c, d].every(Number.isFinite)) expect(Math.abs(a - b - c + d)).toBeLessThan(1e-9);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("with relaxed marginals is where moving any mass would cost as much as it saves", () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(0.03, 0.3, 3), ({ rows, columns, seed, epsilon }, relaxation) => {
        const cost = distances(rows, columns, seed);
        const { plan } = sinkhorn(
          portable,
          { cost, epsilon, relaxation },
          { passes: 2000, tolerance: 1e-13 },
        );
        const [sent, received] = [rowSums(plan), columnSums(plan)];
        const most = Math.max(...plan.data);
        plan.data.forEach((mass, at) => {
          // The logarithm of next to nothing says little.
          if (mass < 1e-6 * most) return;
          const tooMuch =
            Math.log((sent[Math.floor(at / columns)] as number) * rows) +
            Math.log((received[at % columns] as number) * columns);
          const slope = (cost.data[at] as number) + epsilon * Math.log(mass) + relaxation * tooMuch;
          expect(Math.abs(slope)).toBeLessThan(1e-5);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("with marginals that are dear to relax is as where they must be met", () => {
    const cost = distances(12, 9, 5);
    const met = sinkhorn(portable, { cost, epsilon: 0.03, relaxation: null }, limits).plan;
    const dear = sinkhorn(portable, { cost, epsilon: 0.03, relaxation: 1e6 }, limits).plan;
    dear.data.forEach((mass, at) => {
      expect(mass).toBeCloseTo(met.data[at] as number, 6);
    });
  });

  test("spreads evenly where all costs are alike", () => {
    const cost = matrixFrom(2, 5, new Array(10).fill(0.7));
    const { plan } = sinkhorn(portable, { cost, epsilon: 0.001, relaxation: null }, limits);
    for (const mass of plan.data) expect(mass).toBeCloseTo(0.1, 14);
  });

  test("takes few passes where the plan is nearly one to one and Sinkhorn's alone takes thousands", () => {
    const cost = distances(60, 60, 3);
    const { passes, error } = sinkhorn(portable, { cost, epsilon: 0.003, relaxation: null }, limits);
    expect(error).toBeLessThan(1e-9);
    expect(passes).toBeLessThan(400);
  });

  test("stops at the passes that it is given", () => {
    const cost = distances(60, 60, 3);
    const short = sinkhorn(
      portable,
      { cost, epsilon: 0.001, relaxation: null },
      { passes: 20, tolerance: 0 },
    );
    expect(short.passes).toBeLessThan(23);
    expect(short.plan.data.every(Number.isFinite)).toBe(true);
    for (const sum of columnSums(short.plan)) expect(sum * 60).toBeCloseTo(1, 12);
  });

  test.runIf(native !== null)("is the same by the native kernels, to 1e-8", () => {
    const cost = distances(40, 30, 8);
    for (const relaxation of [null, 0.5]) {
      const [a, b] = [portable, native as Linalg].map(
        (linalg) => sinkhorn(linalg, { cost, epsilon: 0.01, relaxation }, limits).plan,
      ) as [Matrix, Matrix];
      b.data.forEach((mass, at) => {
        expect(mass).toBeCloseTo(a.data[at] as number, 8);
      });
    }
  });
});
