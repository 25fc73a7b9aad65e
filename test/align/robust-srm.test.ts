import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alignment, AlignSubject } from "#app/align/aligner.ts";
import { alternate } from "#app/align/deterministic-srm.ts";
import { robustSrm, takeTurns } from "#app/align/robust-srm.ts";
import { centreAll } from "#app/align/robust-srm-tasks.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

const run = <Result>(staged: Staged<Result>) => runInline(staged, robustSrm.tasks, portable);

function aligned(subjects: readonly AlignSubject[], parameters: object): Alignment {
  return run(robustSrm.fit(subjects, robustSrm.parameters.parse(parameters)));
}

/** Z-scored T × V: three time courses that all share, by orthonormal patterns of each subject's own, and noise. */
function planted(rows: number, voxels: readonly number[], seed: number): Matrix[] {
  const courses = noise(rows, 3, seed);
  return voxels.map((count, at) => {
    const samples = portable.multiply(courses, noise(3, count, seed + 10 + at));
    const own = noise(rows, count, seed + 50 + at);
    own.data.forEach((value, k) => {
      samples.data[k] = (samples.data[k] as number) + 0.3 * value;
    });
    portable.zscore(samples);
    return samples;
  });
}

function correlation(a: Matrix, b: Matrix, column: number): number {
  let [cross, first, second] = [0, 0, 0];
  for (let at = column; at < a.data.length; at += a.columns) {
    const [x, y] = [a.data[at] as number, b.data[at] as number];
    cross += x * y;
    first += x * x;
    second += y * y;
  }
  return cross / Math.sqrt(first * second);
}

describe("the robust shared response model", () => {
  test("makes its cost smaller at every turn", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (seed, gamma) => {
          const subjects = planted(20, [6, 9, 30], seed).map((samples) => alignSubject(samples));
          const { course } = aligned(subjects, { components: 3, iterations: 8, tolerance: 0, gamma });
          const values = course?.values ?? [];
          expect(values.length).toBeGreaterThan(1);
          values.slice(1).forEach((value, at) => {
            expect(value).toBeLessThan((values[at] as number) * (1 + 1e-12));
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  test("is the deterministic model where gamma is so large that nothing is set apart", () => {
    const subjects = planted(25, [8, 12, 10], 4).map((samples) => alignSubject(samples));
    const centred = run(centreAll(subjects));
    const start = noise(25, 3, 77);
    const settings = { iterations: 6, tolerance: 0 };
    const robust = run(takeTurns(centred, start, { ...settings, gamma: 1000 }));
    const plain = run(alternate(centred, [start], settings));
    robust.response.data.forEach((value, at) => {
      expect(value).toBeCloseTo(plain.response.data[at] as number, 9);
    });
  });

  test("is not led astray by single wild samples of one subject", () => {
    const clean = planted(40, [40, 40, 40, 40], 9);
    const wild = clean.map(({ rows, columns, data }) => ({ rows, columns, data: data.slice() }));
    for (let k = 0; k < 30; k++) {
      const at = (k * 197) % (40 * 40);
      (wild[0] as Matrix).data[at] = k % 2 === 0 ? 25 : -25;
    }
    const agreement = (gamma: number) => {
      const { transforms, commonSpace } = aligned(
        wild.map((samples) => alignSubject(samples)),
        { components: 3, gamma },
      );
      const moved = applyTransform(portable, transforms[0] as Transform, clean[0] as Matrix);
      return [0, 1, 2].reduce((sum, column) => sum + correlation(moved, commonSpace, column) / 3, 0);
    };
    for (const gamma of [1, 3]) {
      expect(agreement(gamma)).toBeGreaterThan(0.95);
      expect(agreement(gamma)).toBeGreaterThan(agreement(1000) + 0.05);
    }
  });

  test("orders components by how much they vary, the largest value of each positive", () => {
    const { commonSpace } = aligned(
      planted(30, [10, 14], 12).map((samples) => alignSubject(samples)),
      { components: 3 },
    );
    const squares = [0, 0, 0];
    const most = [0, 0, 0];
    commonSpace.data.forEach((value, at) => {
      squares[at % 3] = (squares[at % 3] as number) + value * value;
      if (Math.abs(value) > Math.abs(most[at % 3] as number)) most[at % 3] = value;
    });
    expect(squares).toStrictEqual([...squares].sort((a, b) => b - a));
    expect(Math.min(...most)).toBeGreaterThan(0);
  });

  test("keeps to a space that is there where all samples of all subjects are 0, or fewer directions than components", () => {
    const still = { rows: 12, columns: 5, data: new Float64Array(60) };
    for (const samples of [
      [still, still],
      [noise(8, 8, 3), noise(8, 8, 4)],
    ]) {
      const { commonSpace, transforms } = aligned(
        samples.map((own) => alignSubject(own)),
        { components: 50 },
      );
      expect(commonSpace.data.every(Number.isFinite)).toBe(true);
      transforms.forEach((transform, at) => {
        const moved = applyTransform(portable, transform, samples[at] as Matrix);
        expect(moved.data.every(Number.isFinite)).toBe(true);
      });
    }
  });
});
