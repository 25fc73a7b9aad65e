import { expect, test } from "vitest";
import type { Grid, RunFile } from "#app/contract/dataset.ts";
import { Plan } from "#app/contract/plan.ts";
import { estimateSeconds } from "#app/run/estimate-seconds.ts";
import { tinyPlan } from "#test/dataset/tiny-study.ts";

const grid = {
  kind: "volume",
  dimensions: [100, 100, 70],
  affine: [3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1],
} as unknown as Grid;
const files = ["sub-01", "sub-02", "sub-03", "sub-04"].flatMap((subject) =>
  ["a", "b"].map((run) => ({ subject, run, grid, volumes: 100 }) as RunFile),
);
const chosen = { subjects: ["sub-01", "sub-02", "sub-03", "sub-04"], runs: ["a", "b"], files, grid };
const counts = {
  folds: [{ align: 100, classify: 10, shown: 50, fits: 1, tested: 4 }],
  voxels: 1000,
  kept: 1000,
};

const plain = { classifier: { name: "nearest-class-correlation" }, statistics: { shiftedTime: false } };

function seconds(changes: Record<string, unknown> = {}, workers = 1, madeParcels = false): number {
  const plan = Plan.parse(tinyPlan("/study", { ...plain, ...changes }));
  return estimateSeconds(plan, chosen, counts, { workers, madeParcels });
}

test("counts the start, the bytes unpacked, the fits, the classifiers and what is held out: 1.5, 3.2, .039, .002 and .108 s", () => {
  expect(seconds()).toBeCloseTo(1.5 + 3.2 + 0.14955, 6);
  expect(seconds({}, 2)).toBeCloseTo(1.5 + 1.6 + 0.074775, 6);
  // One image is the least, however many threads there are.
  expect(seconds({}, 64)).toBeCloseTo(1.5 + 0.4 + 0.14955 / 64, 6);
});

test("smoothing, parcels that are not made yet and draws of labels take their time, too", () => {
  expect(seconds({ cleaning: { smoothingMm: 6 } }) - seconds()).toBeCloseTo(33.6, 6);
  const region = { kind: "parcels", method: "kmeans", count: 50, from: ["a"], seed: 1, parcels: null };
  expect(seconds({ region }) - seconds()).toBeCloseTo(1.6 + 0.02, 6);
  expect(seconds({ region }, 1, true)).toBe(seconds());
  const drawn = (repeat: string) =>
    seconds({ statistics: { shiftedTime: false, permutations: { count: 1000, repeat } } }) - seconds();
  expect(drawn("classifier")).toBeCloseTo(2.16, 6);
  expect(drawn("whole")).toBeCloseTo(2.16 + 39.39 + 8, 6);
  // Alignment on shifted times is one fit more.
  expect(seconds({ statistics: {} }) - seconds()).toBeCloseTo(0.03939, 6);
});

test("spheres around voxels and correlations held against chance take their time, too", () => {
  // Of 1000 spheres, before and after, 4 classifiers of 30 samples in 33.6 voxels.
  const searchlight = { radiusMm: 6 };
  expect(seconds({ searchlight }) - seconds()).toBeCloseTo(2 * 1000 * 4 * 900 * (10e-9 + 33.6 / 10e9), 6);
  const classifier = { name: "gaussian-naive-bayes" };
  const others = seconds({ searchlight, classifier }) - seconds({ classifier });
  expect(others).toBeCloseTo(2 * 1000 * 4 * 900 * (100e-9 + 33.6 / 10e9), 6);
  const against = (isc: object) => seconds({ statistics: { shiftedTime: false, isc } }) - seconds();
  expect(against({ count: 1000 })).toBeCloseTo(2 * 1000 * 4 * 1000 * 50 * 1.6e-9, 6);
  expect(against({ count: 1000, test: "sign-flip" })).toBeCloseTo(2 * 1000 * 4 * 1000 * 20e-9, 6);
});

test("parcels and searchlights take as long as all their fits, connectivity as its targets have it", () => {
  const method = (more: object) => ({ method: { name: "hyperalignment", ...more } });
  const taken = (rows: number, voxels: number) => {
    const rank = Math.min(rows, voxels);
    const products = (6 * rank * rows * voxels * (1 + 60 / rank)) / 40e9;
    return 12 * (0.21e-9 * rank ** 2 * (rank + 225) + products + 0.2e-3);
  };
  // What puts the searchlights' maps together, of voxels within 12 mm: 268.8 of 1000.
  const maps = 4 * 1000 * 0.6 * 268.8 * (30e-9 + 100 * 0.25e-9);
  const whole = seconds() - taken(100, 1000);
  const pieces = { kind: "parcels", count: 20 };
  expect(seconds(method({ pieces }))).toBeCloseTo(whole + 20 * taken(100, 50) + 100 * 1000 * 60e-9, 6);
  // Spheres of two voxels' radius hold 33.6 voxels of 3 mm.
  const everywhere = { kind: "searchlights", radiusMm: 6 };
  expect(seconds(method({ pieces: everywhere }))).toBeCloseTo(whole + 1000 * taken(100, 33.6) + maps, 6);
  // Centres four voxels apart at most: one of 64 voxels is one.
  const sparse = { ...everywhere, spacingMm: 12 };
  expect(seconds(method({ pieces: sparse }))).toBeCloseTo(whole + (1000 / 64) * taken(100, 33.6) + maps, 6);
  const on = { kind: "connectivity", targets: 40 };
  expect(seconds(method({ on }))).toBeCloseTo(whole + taken(40, 1000), 6);
  const seeds = { kind: "seeds", radiusMm: 6, spacingMm: 12 };
  expect(seconds(method({ on: seeds }))).toBeCloseTo(whole + taken(1000 / 64, 1000), 6);
  expect(seconds(method({ on: { ...on, hybrid: true } }))).toBeCloseTo(whole + taken(140, 1000), 6);
});

test("searchlights on a surface are counted as discs: of 10 mm 36 vertices of fsaverage5", () => {
  const structures = [
    { name: "left cortex", columns: 10_242 },
    { name: "right cortex", columns: 10_242 },
  ];
  const surface = { ...grid, kind: "surface", dimensions: [20_484, 1, 1], structures } as unknown as Grid;
  const plan = (pieces: object) =>
    Plan.parse(
      tinyPlan("/study", {
        ...plain,
        method: { name: "hyperalignment", pieces },
      }),
    );
  const of = (pieces: object) =>
    estimateSeconds(
      plan(pieces),
      { ...chosen, files: files.map((file) => ({ ...file, grid: surface })) },
      counts,
      {
        workers: 1,
        madeParcels: false,
      },
    );
  const voxels = (Math.PI * 100 * 20_484) / 180_000;
  const taken = (rank: number, columns: number) =>
    12 * (0.21e-9 * rank ** 2 * (rank + 225) + (6 * rank * 100 * columns * (1 + 60 / rank)) / 40e9 + 0.2e-3);
  const start = of({ kind: "whole" }) - taken(100, 1000);
  const maps = 4 * 1000 * 0.6 * 4 * voxels * (30e-9 + 100 * 0.25e-9);
  expect(of({ kind: "searchlights", radiusMm: 10 })).toBeCloseTo(
    start + 1000 * taken(voxels, voxels) + maps,
    9,
  );
});
