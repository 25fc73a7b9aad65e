import { expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { denseMap, type Transform } from "#app/align/transform.ts";
import { type Matrix, matrixFrom, sum } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

/** Four time courses that three subjects share, each in patterns of their own: enough numbers to be gone through in single precision. */
const subjects = [1, 2, 3].map((seed) =>
  alignSubject(
    sum([
      portable.multiply(noise(520, 4, 9), noise(4, 510, seed)),
      noise(520, 510, 10 + seed),
      // Means that are far from 0 are taken from what is centred in single precision alone.
      matrixFrom(520, 510, new Float64Array(520 * 510).fill(50)),
    ]),
  ),
);

test.each(["srm", "deterministic-srm"])(
  "%s finds in single precision on the way what it finds in double",
  (name) => {
    const aligner = aligners[name] as Aligner;
    const aligned = (tolerance: number) => {
      const parameters = aligner.parameters.parse({ components: 4, iterations: 12, tolerance });
      return runInline(aligner.fit(subjects, parameters), aligner.tasks, portable);
    };
    // A tolerance below the rounding of single precision is gone on to in double.
    const [coarse, exact] = [aligned(1e-6), aligned(9e-7)];
    expect(apart(coarse.commonSpace, exact.commonSpace)).toBeLessThan(1e-4);
    const maps = [coarse, exact].map(({ transforms }) => denseMap(portable, transforms[1] as Transform));
    expect(apart(maps[0] as Matrix, maps[1] as Matrix)).toBeLessThan(1e-4);
    // The last maps are made in double, whatever the way there was.
    const gram = portable.multiply(maps[0] as Matrix, maps[0] as Matrix, { left: true });
    gram.data.forEach((value, at) => {
      expect(Math.abs(value - (at % 5 === 0 ? 1 : 0))).toBeLessThan(1e-12);
    });
  },
);

/** The largest difference beside the largest value. */
function apart(a: Matrix, b: Matrix): number {
  const most = (values: Float64Array) => values.reduce((all, value) => Math.max(all, Math.abs(value)), 0);
  return most(a.data.map((value, at) => value - (b.data[at] as number))) / most(b.data);
}
