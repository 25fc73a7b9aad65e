import { expect, test } from "vitest";
import { promises } from "#app/align/promises.ts";
import { denseMap } from "#app/align/transform.ts";
import { Fault } from "#app/contract/fault.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

const subjects = [1, 2, 3].map((seed) => alignSubject(noise(9, 12, seed)));

function aligned(parameters: object) {
  const checked = promises.parameters.parse(parameters);
  return runInline(promises.fit(subjects, checked), promises.tasks, portable);
}

/** U·Vᵀ of a full singular value decomposition. */
function polar(a: Matrix): Matrix {
  const { u, v } = portable.svd(a);
  return portable.multiply(u, v, { right: true });
}

function expectClose(got: Matrix, wanted: Matrix, within: number): void {
  got.data.forEach((value, at) => {
    expect(Math.abs(value - (wanted.data[at] as number))).toBeLessThan(within);
  });
}

/** exp(−d/3) of voxels a millimetre apart along a line. */
const near = matrixFrom(
  12,
  12,
  Float64Array.from({ length: 144 }, (_, at) => Math.exp(-Math.abs(Math.floor(at / 12) - (at % 12)) / 3)),
);

test("a transform is the polar factor of what the samples say and the prior, both of norm one", () => {
  const { commonSpace, transforms } = aligned({ prior: 0.05, reachMm: 3, iterations: 2 });
  const template = portable.centre(commonSpace);
  const own = portable.centre(noise(9, 12, 1));
  const cross = portable.multiply(own.matrix, template.matrix, { left: true });
  const norms = Math.sqrt(own.squaredNorm * template.squaredNorm);
  const held = matrixFrom(
    12,
    12,
    cross.data.map((value, at) => value / norms + 0.05 * (near.data[at] as number)),
  );
  const [first] = transforms;
  if (first === undefined) throw new Error("no transform");
  expectClose(denseMap(portable, { ...first, scale: 1 }), polar(held), 1e-9);
});

test("a strong prior leaves every voxel where it is", () => {
  const { transforms } = aligned({ prior: 1000, iterations: 1 });
  const identity = matrixFrom(
    12,
    12,
    Float64Array.from({ length: 144 }, (_, at) => (at % 13 === 0 ? 1 : 0)),
  );
  for (const one of transforms) expectClose(denseMap(portable, { ...one, scale: 1 }), identity, 0.01);
});

test("voxels without places are refused", () => {
  const placeless = subjects.map((subject) => ({ ...subject, places: null }));
  const staged = promises.fit(placeless, promises.parameters.parse({}));
  expect(() => runInline(staged, promises.tasks, portable)).toThrow(Fault);
});
