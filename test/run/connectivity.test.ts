import { expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import type { AlignOn } from "#app/contract/plan.ts";
import { type Matrix, scaled, sum } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { rowsToAlign } from "#app/run/connectivity.ts";
import { patternCorrelation } from "#renderer/brain/pattern-correlation.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
/** Twelve voxels a millimetre apart along a line. */
const space = {
  grid: { kind: "volume" as const, dimensions: [12, 1, 1] as const, affine: identity },
  indices: Int32Array.from({ length: 12 }, (_, at) => at),
  places: Float64Array.from({ length: 36 }, (_, at) => (at % 3 === 0 ? at / 3 : 0)),
  cortex: null,
};
const seeds: AlignOn = { kind: "seeds", radiusMm: 1, spacingMm: 4, components: null, hybrid: false };

function correlation({ columns, data }: Matrix, a: number, mean: (row: number) => number, rows: number) {
  const of = (row: number) => data[row * columns + a] as number;
  const all = Array.from({ length: rows }, (_, row) => [of(row), mean(row)] as const);
  const [x, y] = [0, 1].map((side) => all.reduce((sum, pair) => sum + (pair[side] as number), 0) / rows);
  const sum = (f: (one: readonly [number, number]) => number) =>
    all.reduce((total, one) => total + f(one), 0);
  const cross = sum(([p, q]) => (p - (x as number)) * (q - (y as number)));
  return cross / Math.sqrt(sum(([p]) => (p - (x as number)) ** 2) * sum(([, q]) => (q - (y as number)) ** 2));
}

test("seeds give every voxel a row a seed, which goes with its correlation with the seed's sphere", async () => {
  const subjects = [noise(40, 12, 1), noise(40, 12, 2)].map((samples) => alignSubject(samples));
  const [first] = await inline.drive(rowsToAlign(subjects, [], { on: seeds, seed: 1, space }));
  // Seeds lie at the last voxel that is left, and every voxel is within 4 mm of one: 11, 6 and 1.
  const rows = first?.samples as Matrix;
  expect([rows.rows, rows.columns]).toStrictEqual([3, 12]);
  const samples = subjects[0]?.samples as Matrix;
  const sphere = (members: readonly number[]) => (row: number) =>
    members.reduce((sum, one) => sum + (samples.data[row * 12 + one] as number), 0) / members.length;
  const spheres = [
    [0, 1, 2],
    [5, 6, 7],
    [10, 11],
  ].map(sphere);
  const raw = spheres.map((mean) => correlation(samples, 4, mean, 40));
  const order = (values: readonly number[]) =>
    [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  expect(order([0, 1, 2].map((row) => rows.data[row * 12 + 4] as number))).toStrictEqual(order(raw));
});

test("a seed that a subject has no voxel near is left out of all, newcomers' too", async () => {
  const whole = alignSubject(noise(40, 12, 1));
  const newcomer = alignSubject(noise(40, 8, 3));
  const rows = await inline.drive(rowsToAlign([whole, whole], [newcomer], { on: seeds, seed: 1, space }));
  expect(rows.map(({ samples }) => [samples.rows, samples.columns])).toStrictEqual([
    [2, 12],
    [2, 12],
    [2, 8],
  ]);
});

test("parcels are made of those the space is fitted to, and a newcomer is seen by the same", async () => {
  const on: AlignOn = { kind: "connectivity", method: "ward", targets: 3, hybrid: true };
  const fitted = [1, 2].map((seed) => alignSubject(noise(40, 12, seed)));
  const alone = await inline.drive(rowsToAlign(fitted, [], { on, seed: 1, space }));
  const beside = await inline.drive(
    rowsToAlign(fitted, [alignSubject(noise(40, 12, 3))], { on, seed: 1, space }),
  );
  expect(beside.map(({ samples }) => samples.rows)).toStrictEqual([43, 43, 43]);
  expect(beside[0]?.samples.data).toStrictEqual(alone[0]?.samples.data);
});

test("fewer than two targets are refused", async () => {
  const far: AlignOn = { ...seeds, spacingMm: 50 } as AlignOn;
  const subject = alignSubject(noise(40, 12, 1));
  await expect(
    inline.drive(rowsToAlign([subject, subject], [], { on: far, seed: 1, space })),
  ).rejects.toThrow(new Fault("align/few-targets", { count: "1" }).message);
});

test("seeds' components are aligned between subjects, and a newcomer's are brought to them", async () => {
  const shared = noise(60, 12, 8);
  const study = [1, 2, 3].map((seed) => alignSubject(sum([scaled(shared, 3), noise(60, 12, seed)])));
  for (const { samples } of study) portable.zscore(samples);
  const on: AlignOn = { ...seeds, components: 2 };
  const [rows, again] = await Promise.all([
    inline.drive(rowsToAlign(study, [], { on, seed: 1, space })),
    inline.drive(rowsToAlign(study.slice(0, 2), study.slice(2), { on, seed: 1, space })),
  ]);
  // Three seeds of two, three and three voxels have two components each.
  expect(rows.map(({ samples }) => [samples.rows, samples.columns])).toStrictEqual([
    [6, 12],
    [6, 12],
    [6, 12],
  ]);
  const alike = (a: Matrix, b: Matrix) =>
    patternCorrelation(Float32Array.from(a.data), Float32Array.from(b.data));
  expect(alike(rows[0]?.samples as Matrix, rows[1]?.samples as Matrix)).toBeGreaterThan(0.6);
  expect(alike(again[0]?.samples as Matrix, again[2]?.samples as Matrix)).toBeGreaterThan(0.6);
});
