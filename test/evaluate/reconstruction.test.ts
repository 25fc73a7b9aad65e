import { describe, expect, test } from "vitest";
import { reconstruction } from "#app/evaluate/reconstruction.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { evaluationOf, outcomesOf, planFor, turnedStudy } from "#test/evaluate/turned-study.ts";

describe("what is foretold", () => {
  test("is judged voxel by voxel; a flat voxel does not count, and none counts below −1", () => {
    // The first: errors 0, 1, 0 of squares 2 about the mean 2, 14 about 0. The second is flat. The third is far off.
    const own = matrixFrom(3, 3, [1, 5, 1, 2, 5, 2, 3, 5, 3]);
    const foretold = matrixFrom(3, 3, [1, 0, 100, 3, 0, 200, 3, 0, 300]);
    const { r2, eta, correlation } = reconstruction(own, foretold);
    expect(r2).toBeCloseTo((0.5 - 1) / 2, 12);
    expect(eta).toBeCloseTo((1 - 1 / 14 - 1) / 2, 12);
    // r = √3/2 and 1, which counts as a millionth less.
    const z = (Math.atanh(Math.sqrt(3) / 2) + Math.atanh(1 - 1e-6)) / 2;
    expect(correlation).toBeCloseTo(Math.tanh(z), 9);
  });

  const found = async (method: string, claim: string, noise = 0.3) => {
    const plan = planFor({
      method: { name: method },
      reconstruction: true,
      protocol: { name: "leave-one-run-out", claim },
    });
    const evaluation = evaluationOf(plan, turnedStudy({ noise, repeats: 4 }));
    return summarise(evaluation, await outcomesOf(evaluation)).reconstruction;
  };

  test.each([
    ["hyperalignment", "same subjects, new data"],
    ["hyperalignment", "new subject"],
    ["srm", "new subject"],
    ["ridge", "same subjects, new data"],
  ])(
    "by %s of a %s is near the subject's own rows; on anatomy and by shifted times it is not",
    async (method, claim) => {
      const reconstructed = await found(method, claim);
      expect(reconstructed?.r2.aligned.mean).toBeGreaterThan(0.6);
      expect(reconstructed?.correlation.aligned.mean).toBeGreaterThan(0.8);
      expect(reconstructed?.r2.anatomical.mean).toBeLessThan(0.3);
      expect(reconstructed?.r2.shifted?.mean).toBeLessThan(0.3);
    },
  );
});
