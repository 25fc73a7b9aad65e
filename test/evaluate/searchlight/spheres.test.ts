import { describe, expect, test } from "vitest";
import { inVolume } from "#app/align/searchlights.ts";
import { accuracyMap, accuracyMaps, searchlightResult } from "#app/evaluate/searchlight/accuracy-maps.ts";
import { classifySpheres } from "#app/evaluate/searchlight/classify-spheres.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { spheresIn } from "#app/run/spheres-in.ts";
import {
  evaluationOf,
  outcomesOf,
  planFor,
  SPACE,
  turnedStudy,
  VOXELS,
} from "#test/evaluate/turned-study.ts";

const line = inVolume(SPACE.places as Float64Array);

describe("spheres", () => {
  test("around every voxel hold what is near it, or are no further apart than asked", () => {
    const all = spheresIn(line, { radiusMm: 1, spacingMm: null });
    expect([...all.centres]).toHaveLength(VOXELS);
    expect([...all.starts.slice(0, 4)]).toStrictEqual([0, 2, 5, 8]);
    expect([...all.members.slice(0, 8)]).toStrictEqual([0, 1, 0, 1, 2, 1, 2, 3]);
    const some = spheresIn(line, { radiusMm: 2, spacingMm: 3 });
    expect([...some.centres]).toStrictEqual([3, 7, 11, 15, 19, 23]);
  });

  test("are classified each by its own columns; fewer than two columns make no pattern", async () => {
    // The first two columns tell the classes apart, the last two do not vary with them.
    const rows = [
      [1, 0, 0.2, 0.7],
      [0, 1, 0.2, 0.7],
    ];
    const samples = matrixFrom(2, 4, rows.flat());
    const rights = await classifySpheres(portable, {
      classifier: { name: "nearest-neighbours", neighbours: 1, distance: "euclidean" },
      train: [samples, samples],
      test: [samples, samples],
      columnOf: Int32Array.of(0, 1, 2, 3, -1),
      spheres: {
        centres: Int32Array.of(0, 2, 4),
        starts: Int32Array.of(0, 2, 4, 6),
        members: Int32Array.of(0, 1, 2, 3, 3, 4),
      },
      first: 0,
      count: 3,
      learners: [{ subject: 0, teachers: [1], labels: [0, 1], wanted: [0, 1] }],
    });
    expect([...rights]).toStrictEqual([2, 1, -1]);
  });

  test("make a map of the mean over subjects, over the folds that test each; elsewhere it is the mean of the spheres around", () => {
    const spheres = {
      centres: Int32Array.of(1, 3),
      starts: Int32Array.of(0, 3, 5),
      members: Int32Array.of(0, 1, 2, 2, 3),
    };
    const folds = [
      { subjects: [0, 1], samples: [4, 4], rights: Int32Array.of(4, 2, -1, -1) },
      { subjects: [1], samples: [2], rights: Int32Array.of(1, 1) },
    ];
    const map = accuracyMap(spheres, folds, { subjects: 2, voxels: 5 });
    expect([...map]).toStrictEqual([0.75, (1 + 3 / 6) / 2, 0.625, 0.5, Number.NaN]);
  });

  test.each(["hyperalignment", "srm"])(
    "after %s tell conditions apart that they did not before",
    async (method) => {
      const searchlight = { radiusMm: 3, spacingMm: 4 };
      const plan = planFor({ method: { name: method }, searchlight });
      const evaluation = {
        ...evaluationOf(plan, turnedStudy({ noise: 0.3, repeats: 2 })),
        spheres: spheresIn(line, searchlight),
      };
      const outcomes = await outcomesOf(evaluation);
      const maps = accuracyMaps(evaluation, outcomes);
      const found = searchlightResult(evaluation, maps);
      expect(found).toMatchObject({ radiusMm: 3, spacingMm: 4, spheres: 5 });
      expect(found?.after?.mean).toBeGreaterThan(0.8);
      expect(found?.before.mean).toBeLessThan(0.55);
      expect(maps.after?.every((value) => value > 0)).toBe(true);
    },
  );

  test("are not made where they are not asked for", async () => {
    const evaluation = evaluationOf(planFor(), turnedStudy({ noise: 1 }));
    const maps = accuracyMaps(evaluation, await outcomesOf(evaluation));
    expect(maps).toStrictEqual({ before: null, after: null });
    expect(searchlightResult(evaluation, maps)).toBeNull();
  });
});
