import { expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { columnsOf } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { fusedCoupling } from "#app/align/fused-coupling.ts";
import { denseMap } from "#app/align/transform.ts";
import { Fault } from "#app/contract/fault.ts";
import { takeColumns } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

function wayOf(name: string, parameters: object) {
  const aligner = aligners[name] as Aligner;
  const [samples, template] = [noise(20, 9, 1), noise(20, 9, 2)];
  const alignment = { commonSpace: template, columns: columnsOf(alignSubject(template)), transforms: [] };
  const checked = aligner.parameters.parse(parameters);
  return runInline(aligner.addSubject(alignment, alignSubject(samples), checked), aligner.tasks, portable);
}

test("without geometry the plan is that of optimal transport", () => {
  const fused = denseMap(portable, wayOf("fused-gromov-wasserstein", { geometry: 0, epsilon: 0.05 }));
  const plain = denseMap(portable, wayOf("optimal-transport", { epsilon: 0.05 }));
  fused.data.forEach((value, at) => {
    expect(value).toBeCloseTo(plain.data[at] as number, 7);
  });
});

test("by places alone a line of voxels goes over into itself or its mirror image", () => {
  const places = Float64Array.from({ length: 24 }, (_, at) => (at % 3 === 0 ? (at / 3) ** 1.5 : 0));
  const cost = { rows: 8, columns: 8, data: new Float64Array(64) };
  // A little likeness tells one end from the other.
  cost.data[0] = -0.5;
  const { plan } = fusedCoupling(portable, {
    cost,
    places: [places, places],
    geometry: 0.9,
    epsilon: 0.0005,
  });
  for (let voxel = 0; voxel < 8; voxel++) expect(plan.data[voxel * 9]).toBeGreaterThan(0.9 / 8);
});

test("voxels whose courses are alike are told apart by their neighbours", () => {
  // Voxels 2 and 6 have one course.
  const places = alignSubject(noise(30, 8, 4)).places as Float64Array;
  const cost = { rows: 8, columns: 8, data: new Float64Array(64).fill(1) };
  for (let voxel = 0; voxel < 8; voxel++) cost.data[voxel * 9] = 0;
  for (const [a, b] of [
    [2, 6],
    [6, 2],
  ] as const)
    cost.data[a * 8 + b] = 0;
  const { plan } = fusedCoupling(portable, { cost, places: [places, places], geometry: 0.5, epsilon: 0.005 });
  expect(plan.data[2 * 9]).toBeGreaterThan(0.9 / 8);
  expect(plan.data[6 * 9]).toBeGreaterThan(0.9 / 8);
});

test("takes subjects whose voxels differ, and none without places", () => {
  const aligner = aligners["fused-gromov-wasserstein"] as Aligner;
  const parameters = aligner.parameters.parse({});
  const whole = noise(20, 9, 3);
  const subjects = [alignSubject(whole), alignSubject(takeColumns(whole, [0, 1, 2, 3, 4, 5, 6]))];
  const { transforms } = runInline(aligner.fit(subjects, parameters), aligner.tasks, portable);
  expect(transforms.map(({ offsetIn, offsetOut }) => [offsetIn.length, offsetOut.length])).toStrictEqual([
    [9, 9],
    [7, 9],
  ]);
  const placeless = subjects.map((subject) => ({ ...subject, places: null }));
  expect(() => runInline(aligner.fit(placeless, parameters), aligner.tasks, portable)).toThrow(Fault);
});
