import { expect, test } from "vitest";
import { patchConnectivity } from "#app/evaluate/isc/isfc.ts";
import { portable } from "#app/linalg/portable.ts";

/** Four voxels of three subjects over four rows; voxels 1 and 2 are one patch. */
function study(change: (course: number[], voxel: number, subject: number) => number[] = (course) => course) {
  const up = [1, 2, 3, 5];
  const courses = [up, up.map((value) => 2 * value), up.map((value) => -value), [1, -1, -1, 1]];
  return {
    timeCourses: Float32Array.from(
      courses.flatMap((course, voxel) => [0, 1, 2].flatMap((subject) => change([...course], voxel, subject))),
    ),
    others: null,
    subjects: 3,
    rows: 4,
    patches: Int32Array.of(1, 1, 2, 3),
    count: 3,
  };
}

test("connectivity is of the mean courses of patches, the same both ways", () => {
  const { data } = patchConnectivity(portable, study());
  const r = (i: number, j: number) => data[i * 3 + j] as number;
  expect(r(0, 0)).toBeCloseTo(1, 5);
  expect(r(0, 1)).toBeCloseTo(-1, 5);
  expect(r(0, 2)).toBeCloseTo(r(2, 0), 12);
  // Of (1, 2, 3, 5) with (1, −1, −1, 1): 1 / √(8.75 · 4).
  expect(r(0, 2)).toBeCloseTo(1 / Math.sqrt(35), 6);
});

test("a row that a patch lacks in any subject is passed over, not one that a voxel of it lacks", () => {
  const lacking = study((course, voxel, subject) => {
    if (subject === 1 && voxel === 3) course[0] = Number.NaN;
    if (subject === 2 && voxel === 0) course[3] = Number.NaN;
    return course;
  });
  const { data } = patchConnectivity(portable, lacking);
  // Of (2, 3, 5) with (−1, −1, 1), nearly: one voxel counts twice as much as the mean of two.
  expect(data[2]).toBeGreaterThan(0.9);
  expect(data.every(Number.isFinite)).toBe(true);
});
