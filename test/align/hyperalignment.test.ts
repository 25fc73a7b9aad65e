import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alignment, AlignSubject } from "#app/align/aligner.ts";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { Fault } from "#app/contract/fault.ts";
import { polarFactor } from "#app/linalg/gram-svd.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject as subject } from "#test/align/align-subject.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

const exact = { zscoreCommon: false, scaling: false };

function alignAll(subjects: readonly AlignSubject[], parameters: object = {}) {
  const checked = hyperalignment.parameters.parse(parameters);
  return runInline(hyperalignment.fit(subjects, checked), hyperalignment.tasks, portable);
}

function rotation(size: number, seed: number): Matrix {
  return polarFactor(portable, noise(size, size, seed)).factor;
}

function distance(a: Matrix, b: Matrix): number {
  return Math.sqrt(a.data.reduce((sum, value, at) => sum + (value - (b.data[at] as number)) ** 2, 0));
}

function norm(a: Matrix): number {
  return Math.sqrt(a.data.reduce((sum, value) => sum + value * value, 0));
}

function centred(a: Matrix): Matrix {
  const out = matrixFrom(a.rows, a.columns, a.data);
  for (let column = 0; column < a.columns; column++) {
    let sum = 0;
    for (let row = 0; row < a.rows; row++) sum += a.data[row * a.columns + column] as number;
    for (let row = 0; row < a.rows; row++) {
      out.data[row * a.columns + column] = (a.data[row * a.columns + column] as number) - sum / a.rows;
    }
  }
  return out;
}

describe("hyperalignment", () => {
  test("leaves identical subjects where they are", () => {
    const samples = centred(noise(12, 5, 1));
    for (const transform of alignAll([subject(samples), subject(samples), subject(samples)], exact)
      .transforms) {
      expect(distance(applyTransform(portable, transform, samples), samples)).toBeLessThan(1e-9);
    }
  });

  test("takes subjects in at level 1 in the order asked for, which is as if they had been listed so", () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((seed) => subject(noise(12, 5, seed))) as [
      AlignSubject,
      AlignSubject,
      AlignSubject,
      AlignSubject,
    ];
    const options = { reference: 0, level2Iterations: 0 };
    const spaceOf = (order: string, subjects: readonly AlignSubject[]) =>
      alignAll(subjects, { ...options, order }).commonSpace;
    const reversed = spaceOf("reversed", [a, b, c, d]);
    expect(distance(reversed, spaceOf("as listed", [a, d, c, b]))).toBeLessThan(1e-12);
    expect(distance(reversed, spaceOf("as listed", [a, b, c, d]))).toBeGreaterThan(1e-3);
    const shuffled = spaceOf("shuffled", [a, b, c, d]);
    const listed = [
      [b, c, d],
      [b, d, c],
      [c, b, d],
      [c, d, b],
      [d, b, c],
      [d, c, b],
    ].map((others) => distance(shuffled, spaceOf("as listed", [a, ...others])));
    expect(Math.min(...listed)).toBeLessThan(1e-12);
  });

  test("keeps identical subjects' other runs as they are too, though fewer samples than voxels were aligned", () => {
    const samples = centred(noise(6, 20, 2));
    const other = noise(4, 20, 3);
    for (const transform of alignAll([subject(samples), subject(samples)], exact).transforms) {
      expect(distance(applyTransform(portable, transform, other), other)).toBeLessThan(1e-9);
    }
  });

  test("drops what the aligned samples do not determine when thin is chosen", () => {
    const samples = centred(noise(6, 20, 2));
    const { transforms } = alignAll([subject(samples), subject(samples)], { ...exact, completion: "thin" });
    const map = denseMap(portable, transforms[0] as (typeof transforms)[0]);
    expect(norm(map) ** 2).toBeCloseTo(5, 8);
  });

  test("recovers planted rotations of any shape", () => {
    const shape = fc.record({
      rows: fc.integer({ min: 4, max: 24 }),
      voxels: fc.integer({ min: 2, max: 18 }),
    });
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1000 }), ({ rows, voxels }, seed) => {
        const samples = centred(noise(rows, voxels, seed));
        const subjects = [0, 1, 2].map((k) => portable.multiply(samples, rotation(voxels, seed + k + 1)));
        const { transforms } = alignAll(
          subjects.map((matrix) => subject(matrix)),
          exact,
        );
        const aligned = transforms.map((transform, at) =>
          applyTransform(portable, transform, subjects[at] as Matrix),
        );
        for (const one of aligned) {
          expect(distance(one, aligned[0] as Matrix)).toBeLessThan(1e-6 * (1 + norm(samples)));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("completes a wide fit to an orthogonal map where all voxels are shared", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 1000 }), (rows, seed) => {
        const subjects = [0, 1].map((k) => subject(noise(rows, 30, seed + k)));
        for (const transform of alignAll(subjects, { scaling: false }).transforms) {
          const map = denseMap(portable, transform);
          const identity = portable.gram(map);
          for (let at = 0; at < 30; at++) {
            identity.data[at * 31] = (identity.data[at * 31] as number) - 1;
          }
          expect(norm(identity)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 25 },
    );
  });

  test("fills the one direction that centring takes from as many samples as voxels, whichever way it comes", () => {
    const subjects = [0, 1].map((k) => noise(12, 12, 40 + k));
    const wider = subjects.map((samples) => {
      const out = matrixFrom(12, 14, new Float64Array(12 * 14));
      for (let row = 0; row < 12; row++) {
        out.data.set(samples.data.subarray(row * 12, row * 12 + 12), row * 14);
      }
      return out;
    });
    // Two silent voxels more make the fit wide: its completion is factored, and the same on the other twelve.
    const [square, wide] = [subjects, wider].map((samples) => {
      const { transforms } = alignAll(samples.map((matrix) => subject(matrix)));
      return denseMap(portable, transforms[1] as (typeof transforms)[0]);
    }) as [Matrix, Matrix];
    for (let row = 0; row < 12; row++) {
      for (let column = 0; column < 12; column++) {
        expect(wide.data[row * 14 + column]).toBeCloseTo(square.data[row * 12 + column] as number, 7);
      }
    }
  });

  test("aligns subjects with no voxel in common as thin", () => {
    const subjects = [subject(noise(6, 20, 5)), subject(noise(6, 20, 6), 100)];
    const closest = alignAll(subjects);
    const thin = alignAll(subjects, { completion: "thin" });
    const maps = [closest, thin].map(({ transforms }) =>
      denseMap(portable, transforms[1] as (typeof transforms)[0]),
    );
    expect(distance(maps[0] as Matrix, maps[1] as Matrix)).toBeLessThan(1e-9);
  });

  test.skipIf(native === null)("is the same by the native kernels and by the portable ones, to 1e-8", () => {
    const other = native ?? portable;
    for (const [rows, columns] of [
      [40, 20],
      [20, 20],
      [12, 60],
    ] as const) {
      const subjects = [1, 2, 3, 4].map((seed) => subject(noise(rows, columns, seed)));
      const parameters = hyperalignment.parameters.parse({});
      const [mine, theirs] = [other, portable].map((linalg) =>
        runInline(hyperalignment.fit(subjects, parameters), hyperalignment.tasks, linalg),
      ) as [Alignment, Alignment];
      expect(distance(mine.commonSpace, theirs.commonSpace)).toBeLessThan(1e-8);
      mine.transforms.forEach((transform, at) => {
        const map = denseMap(portable, theirs.transforms[at] as Transform);
        expect(distance(denseMap(other, transform), map)).toBeLessThan(1e-8 * norm(map));
      });
    }
  });

  test("gives the same bits every time", () => {
    const subjects = [1, 2, 3].map((seed) => subject(noise(10, 14, seed)));
    expect(alignAll(subjects)).toStrictEqual(alignAll(subjects));
  });

  test("adds a subject to a space that was built without them", () => {
    const samples = centred(noise(20, 6, 9));
    const subjects = [1, 2, 3].map((seed) => subject(portable.multiply(samples, rotation(6, seed))));
    const parameters = hyperalignment.parameters.parse(exact);
    const alignment = alignAll(subjects.slice(0, 2), exact);
    const newcomer = subjects[2] as AlignSubject;
    const staged = hyperalignment.addSubject(alignment, newcomer, parameters);
    const transform = runInline(staged, hyperalignment.tasks, portable);
    expect(
      distance(applyTransform(portable, transform, newcomer.samples), alignment.commonSpace),
    ).toBeLessThan(1e-8);
  });

  test("refuses subjects with different numbers of samples", () => {
    const subjects = [subject(noise(10, 4, 1)), subject(noise(11, 4, 2))];
    expect(() => alignAll(subjects)).toThrow(new Fault("align/different-rows", { detail: "10, 11" }));
  });

  test("refuses samples that are not numbers", () => {
    const broken = noise(10, 4, 2);
    broken.data[7] = Number.NaN;
    const subjects = [subject(noise(10, 4, 1)), subject(broken)];
    expect(() => alignAll(subjects)).toThrow(new Fault("align/not-finite", { subject: "subject 2" }));
  });
});
