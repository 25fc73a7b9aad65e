import { describe, expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { backProjected } from "#app/align/back-projection.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import { applyTransform, type Transform } from "#app/align/transform.ts";
import { wayBack } from "#app/align/way-back.ts";
import { addDiagonal, type Matrix, sum, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

/** The second of three subjects, who see the same with noise of their own. */
function fitted(aligner: Aligner, parameters: object, rows: number, voxels: number) {
  const shared = noise(rows, voxels, 9);
  const samples = [1, 2, 3].map((seed) => sum([shared, noise(rows, voxels, seed)]));
  const checked = aligner.parameters.parse(parameters);
  const fit = aligner.fit(
    samples.map((own) => alignSubject(own)),
    checked,
  );
  const { transforms, commonSpace, columns } = runInline(fit, aligner.tasks, portable);
  const [transform, own] = [transforms[1] as Transform, samples[1] as Matrix];
  const back = wayBack(portable, { transform, samples: own, commonSpace, columns });
  return { transform, commonSpace, back, samples: own };
}

function apart(a: Matrix, b: Matrix): number {
  return a.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (b.data[at] as number))), 0);
}

describe("what was brought into a common space comes back", () => {
  test.each([
    ["a rotation of all voxels", "hyperalignment", {}, 30, 9],
    ["a rotation that few samples leave open, completed", "hyperalignment", {}, 7, 25],
    ["a generalised Procrustes rotation", "generalised-procrustes", {}, 30, 9],
    ["one to one", "one-to-one-matching", {}, 30, 9],
  ] as const)("to the last digits through %s", (_, name, parameters, rows, voxels) => {
    const found = fitted(aligners[name] as Aligner, parameters, rows, voxels);
    const samples = noise(5, voxels, 11);
    const back = backProjected(portable, found, applyTransform(portable, found.transform, samples));
    expect(back.way).toBe("orthogonal");
    expect(apart(back.samples, samples)).toBeLessThan(1e-7);
  });

  test("as far as components hold it: brought in again it is the same", () => {
    const found = fitted(aligners.srm as Aligner, { components: 4 }, 30, 9);
    const back = backProjected(portable, found, found.commonSpace);
    expect(back.way).toBe("orthogonal");
    const again = applyTransform(portable, found.transform, back.samples);
    expect(apart(again, found.commonSpace)).toBeLessThan(1e-8);
  });
});

describe("a map that is not orthogonal", () => {
  test.each([
    ["more samples than voxels", 30, 9, "columns"],
    ["fewer", 12, 20, "samples"],
  ] as const)(
    "is gone back by the regression of the samples on the common space: %s",
    (_, rows, voxels, kind) => {
      const found = fitted(aligners.ridge as Aligner, {}, rows, voxels);
      expect(found.back?.kind).toBe(kind);
      const { samples, way } = backProjected(portable, found, found.commonSpace);
      expect(way).toBe("ridge");
      const { matrix: space, squaredNorm } = portable.centre(found.commonSpace);
      const { matrix: own, means } = portable.centre(found.samples);
      const gram = portable.multiply(space, space, { left: true });
      addDiagonal(gram, (0.01 * squaredNorm) / Math.min(rows, voxels));
      const map = portable.solve(gram, portable.multiply(space, own, { left: true }));
      const direct = portable.multiply(space, map);
      const wanted = direct.data.map((value, at) => value + (means[at % voxels] as number));
      expect(apart(samples, { ...direct, data: wanted })).toBeLessThan(1e-9);
    },
  );

  test("of searchlights or regressions foretells the samples better than nothing", () => {
    const searchlights = inSearchlights(aligners.hyperalignment as Aligner, {
      radiusMm: 2,
      spacingMm: null,
      keep: 1,
    });
    const methods = [searchlights, aligners.ridge, aligners.warp, aligners["weighted-mcca"]] as Aligner[];
    for (const method of methods) {
      const parameters = method.name === "weighted-mcca" ? { components: 6 } : {};
      const found = fitted(method, parameters, 60, 9);
      const { samples, way } = backProjected(portable, found, found.commonSpace);
      expect(way).toBe("ridge");
      const left = found.samples.data.reduce(
        (all, value, at) => all + (value - (samples.data[at] as number)) ** 2,
        0,
      );
      const whole = found.samples.data.reduce((all, value) => all + value ** 2, 0);
      expect(left / whole).toBeLessThan(0.6);
    }
  });

  test("to a space that does not vary brings the mean back", () => {
    const found = fitted(aligners.ridge as Aligner, {}, 12, 20);
    const commonSpace = zeros(12, 20);
    const columns = {
      kind: "voxels" as const,
      voxels: Int32Array.from({ length: 20 }, (_, at) => at),
      places: null,
    };
    const back = wayBack(portable, { ...found, commonSpace, columns });
    const { samples } = backProjected(portable, { ...found, commonSpace, back }, noise(2, 20, 3));
    const { means } = portable.centre(found.samples);
    expect(apart(samples, { ...samples, data: samples.data.map((_, at) => means[at % 20] as number) })).toBe(
      0,
    );
  });

  test("that keeps nothing brings the mean back", () => {
    const found = fitted(aligners.hyperalignment as Aligner, {}, 30, 9);
    const nothing = { ...found, transform: { ...found.transform, scale: 0 } };
    const { samples } = backProjected(portable, nothing, found.commonSpace);
    expect(
      apart(samples, {
        ...samples,
        data: samples.data.map((_, at) => found.transform.offsetIn[at % 9] as number),
      }),
    ).toBe(0);
  });
});
