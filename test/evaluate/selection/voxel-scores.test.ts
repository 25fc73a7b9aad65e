import { describe, expect, test } from "vitest";
import { type ScoredRows, voxelScores } from "#app/evaluate/selection/voxel-scores.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

const VOXELS = 6;
const ROWS = 24;
/** Two runs of four conditions, each three times. */
const labels = Array.from({ length: ROWS }, (_, row) => row % 4);
const parts = Array.from({ length: ROWS }, (_, row) => (row < 12 ? 0 : 1));

/** Voxel 1 follows the conditions, the same in both runs; voxel 2 in the first run alone; voxel 3 follows a course of all. */
function subject(seed: number): Matrix {
  const own = noise(ROWS, VOXELS, seed);
  const course = noise(ROWS, 1, 99);
  const out = zeros(ROWS, VOXELS);
  for (let row = 0; row < ROWS; row++) {
    for (let voxel = 0; voxel < VOXELS; voxel++) {
      const condition = [3, -1, -4, 2][labels[row] as number] as number;
      const told =
        voxel === 1
          ? condition
          : voxel === 2 && row < 12
            ? condition
            : voxel === 3
              ? 4 * (course.data[row] as number)
              : 0;
      out.data[row * VOXELS + voxel] = told + (own.data[row * VOXELS + voxel] as number);
    }
  }
  return out;
}

const subjects = [1, 2, 3].map((at) => subject(1000 * at));
const rows = labels.map((_, row) => row);
const given: ScoredRows = {
  labelled: subjects,
  rows,
  labelsOf: () => labels,
  parts,
  aligned: subjects,
  fitted: rows,
  makers: [0, 1, 2],
};

async function best(
  name: "anova" | "stability" | "between-subject-correlation",
  change: Partial<ScoredRows> = {},
) {
  const scores = await inline.drive(voxelScores({ name }, { ...given, ...change }));
  return scores.map((own) => own.indexOf(Math.max(...own)));
}

describe("the voxels that are worth most", () => {
  test("are those that tell conditions, that tell them in every run, or whose courses others share", async () => {
    expect(await best("anova")).toStrictEqual([1, 1, 1]);
    expect(await best("stability")).toStrictEqual([1, 1, 1]);
    const [own] = await inline.drive(voxelScores({ name: "stability" }, given));
    expect(own?.[1]).toBeGreaterThan(0.9);
    // The conditions of all are the same moments, so that voxel 1 is shared, too.
    const shared = await inline.drive(voxelScores({ name: "between-subject-correlation" }, given));
    for (const scores of shared) {
      expect(scores[3]).toBeGreaterThan(0.85);
      expect(Math.abs(scores[0] as number)).toBeLessThan(0.5);
    }
  });

  test("are found by rows to fit on alone", async () => {
    const half = rows.slice(0, 12);
    const spoiled = subjects.map((own) => ({
      ...own,
      data: own.data.map((value, at) => (at >= 12 * VOXELS ? 1e6 * value : value)),
    }));
    for (const name of ["anova", "between-subject-correlation"] as const) {
      const change = {
        rows: half,
        labelsOf: () => labels.slice(0, 12),
        parts: parts.slice(0, 12),
        fitted: half,
      };
      const of = (all: readonly Matrix[]) =>
        inline.drive(voxelScores({ name }, { ...given, ...change, labelled: all, aligned: all }));
      expect(await of(spoiled)).toStrictEqual(await of(subjects));
    }
  });

  test("of a newcomer are held against those who make the space", async () => {
    const makers = [0, 1];
    const before = await inline.drive(
      voxelScores({ name: "between-subject-correlation" }, { ...given, makers }),
    );
    const other = subjects.map((own, at) => (at === 2 ? subject(7777) : own));
    const after = await inline.drive(
      voxelScores({ name: "between-subject-correlation" }, { ...given, makers, aligned: other }),
    );
    expect(after.slice(0, 2)).toStrictEqual(before.slice(0, 2));
    expect(after[2]).not.toStrictEqual(before[2]);
  });

  test("can't be found by stability in a single run", async () => {
    await expect(best("stability", { parts: rows.map(() => 0) })).rejects.toMatchObject({
      code: "plan/invalid",
    });
  });

  test("can't be found by ANOVA of one condition", async () => {
    const failed = expect(best("anova", { labelsOf: () => rows.map(() => 2) })).rejects;
    await failed.toMatchObject({ code: "plan/invalid" });
  });

  test("are worth nothing where they are flat", async () => {
    const flat = subjects.map((own) => ({
      ...own,
      data: own.data.map((value, at) => (at % VOXELS === 0 ? 5 : value)),
    }));
    for (const name of ["anova", "stability", "between-subject-correlation"] as const) {
      const [scores] = await inline.drive(voxelScores({ name }, { ...given, labelled: flat, aligned: flat }));
      expect(scores?.[0]).toBe(0);
    }
  });
});
