import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mcca } from "#app/align/mcca.ts";
import { applyTransform, denseMap } from "#app/align/transform.ts";
import { firstColumns, type Matrix, scaledColumns, transpose, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

function alignAll(samples: readonly Matrix[], given: object = {}) {
  const parameters = mcca.parameters.parse({ components: 5, ...given });
  const subjects = samples.map((own) => alignSubject(own));
  return runInline(mcca.fit(subjects, parameters), mcca.tasks, portable);
}

/** The formula of the specification, word for word, by singular values. */
function plain(samples: readonly Matrix[], ridge: number, components: number) {
  const rows = samples[0]?.rows ?? 0;
  const parts = samples.map((own) => {
    const { u, values, v } = portable.svd(portable.centre(own).matrix);
    const mean = values.reduce((sum, s) => sum + s * s, 0) / values.length;
    return { u, values, v, added: ridge * mean };
  });
  const kernel = zeros(rows, rows);
  for (const { u, values, added } of parts) {
    const spread = scaledColumns(u, (k) => (values[k] as number) ** 2 / ((values[k] as number) ** 2 + added));
    portable.addProduct(
      kernel,
      scaledColumns(spread, () => 1 / samples.length),
      u,
      { right: true },
    );
  }
  const found = portable.eigenSymmetric(kernel);
  const space = firstColumns(found.vectors, components);
  const maps = parts.map(({ u, values, v, added }) => {
    const along = portable.multiply(u, space, { left: true });
    const factors = values.map((s) => s / (s * s + added));
    return portable.multiply(v, transpose(scaledColumns(transpose(along), (k) => factors[k] as number)));
  });
  return { space, values: found.values.slice(0, components), maps };
}

/** Largest difference of two matrices whose columns may each have the other sign. */
function upToSigns(a: Matrix, b: Matrix): number {
  let most = 0;
  for (let column = 0; column < a.columns; column++) {
    let [same, other] = [0, 0];
    for (let row = 0; row < a.rows; row++) {
      const [x, y] = [a.data[row * a.columns + column] as number, b.data[row * a.columns + column] as number];
      same = Math.max(same, Math.abs(x - y));
      other = Math.max(other, Math.abs(x + y));
    }
    most = Math.max(most, Math.min(same, other));
  }
  return most;
}

describe("reliability-weighted MCCA", () => {
  test("is the formula by singular values, whether samples or voxels are more", () => {
    for (const widths of [
      [6, 6, 6],
      [30, 25, 40],
      [8, 30, 12],
    ]) {
      const samples = widths.map((width, at) => noise(20, width, at + 1));
      const { commonSpace, columns, transforms } = alignAll(samples, { ridge: 0.3 });
      const wanted = plain(samples, 0.3, 5);
      expect(upToSigns(commonSpace, wanted.space)).toBeLessThan(1e-8);
      transforms.forEach((transform, at) => {
        expect(upToSigns(denseMap(portable, transform), wanted.maps[at] as Matrix)).toBeLessThan(1e-8);
      });
      const weights = columns.kind === "components" ? [...columns.weights] : [];
      weights.forEach((weight, at) => {
        const e = wanted.values[at] as number;
        expect(weight).toBeCloseTo(Math.max(0, (3 * e - 1) / 2), 8);
      });
    }
  });

  test("weighs what all subjects share fully and what one alone has not at all, with little ridge", () => {
    const shared = noise(200, 2, 1);
    const samples = [0, 1, 2, 3].map((at) => {
      const own = noise(200, 2, 10 + at);
      const out = zeros(200, 4);
      for (let row = 0; row < 200; row++) {
        out.data.set(shared.data.subarray(2 * row, 2 * row + 2), 4 * row);
        out.data.set(own.data.subarray(2 * row, 2 * row + 2), 4 * row + 2);
      }
      return out;
    });
    const { columns } = alignAll(samples, { ridge: 0.001, components: 4 });
    const weights = columns.kind === "components" ? columns.weights : new Float64Array();
    expect(weights[0]).toBeGreaterThan(0.99);
    expect(weights[1]).toBeGreaterThan(0.99);
    expect(weights[2]).toBeLessThan(0.4);
  });

  test("does not change when a subject's voxels are turned: there is no reference and no order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const samples = [0, 1, 2].map((at) => noise(15, 9, seed + at));
        const turn = portable.svd(noise(9, 9, seed + 7)).u;
        const turned = [portable.multiply(samples[0] as Matrix, turn), ...samples.slice(1)].reverse();
        const [a, b] = [alignAll(samples), alignAll(turned)];
        expect(upToSigns(a.commonSpace, b.commonSpace)).toBeLessThan(1e-7);
        const first = applyTransform(portable, a.transforms[0] as never, samples[0] as Matrix);
        const again = applyTransform(portable, b.transforms[2] as never, turned[2] as Matrix);
        expect(upToSigns(first, again)).toBeLessThan(1e-7);
      }),
      { numRuns: 15 },
    );
  });

  test("gives no more components than the samples hold", () => {
    expect(alignAll([noise(4, 9, 1), noise(4, 9, 2)], { components: 50 }).commonSpace.columns).toBe(3);
  });
});
