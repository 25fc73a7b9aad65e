import { describe, expect, test } from "vitest";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import { denseMap, type Transform } from "#app/align/transform.ts";
import { bestOf, voxelScores } from "#app/align/voxel-scores.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

describe("searchlights that keep some of their voxels", () => {
  const rule = { radiusMm: 2, spacingMm: null, keep: 0.4 };
  const aligner = inSearchlights(aligners.hyperalignment as Aligner, rule);
  const parameters = aligner.parameters.parse({});
  const subjects = [1, 2, 3].map((seed) => alignSubject(noise(40, 27, seed)));
  const fit = runInline(aligner.fit(subjects, parameters), aligner.tasks, portable);

  test("bring a subject again to where it was, by the same voxels", () => {
    const again = runInline(
      aligner.addSubject(fit, subjects[1] as never, parameters),
      aligner.tasks,
      portable,
    );
    const [map, other] = [again, fit.transforms[1] as Transform].map((one) => denseMap(portable, one).data);
    expect(map).toStrictEqual(other);
  });

  test("have fewer places in their maps than all voxels would", () => {
    const whole = inSearchlights(aligners.hyperalignment as Aligner, { ...rule, keep: 1 });
    const { transforms } = runInline(whole.fit(subjects, parameters), whole.tasks, portable);
    const filled = (one: Transform | undefined) =>
      denseMap(portable, one as Transform).data.filter((v) => v !== 0).length;
    expect(filled(fit.transforms[0])).toBeLessThan(0.8 * filled(transforms[0]));
  });

  test("are not for spaces that were put together by something else", () => {
    const { blocks: _, ...other } = fit;
    expect(() =>
      runInline(aligner.addSubject(other, subjects[0] as never, parameters), aligner.tasks, portable),
    ).toThrow("not one of searchlights");
  });
});

describe("the voxels kept", () => {
  test("go best with one voxel of each other subject, and the centre is among them", () => {
    // Voxel 1 of the first is voxel 0 of the second: their product is 10, all others are 2 at most.
    const first = matrixFrom(2, 3, [1, 3, 0, 0, 1, 1]);
    const second = matrixFrom(2, 2, [3, 0, 1, 2]);
    const scores = voxelScores(portable, [first, second]);
    expect(scores.map((own) => [...own])).toStrictEqual([
      [3, 10, 2],
      [10, 2],
    ]);
    const searchlight = { columns: Int32Array.of(4, 6, 9), distances: Float64Array.of(1, 1, 0) };
    const mean = [Float64Array.of(3, 10, 2)];
    expect([...bestOf(searchlight, mean, 0.7).columns]).toStrictEqual([6, 9]);
    expect(bestOf(searchlight, mean, 0.1)).toStrictEqual({
      columns: Int32Array.of(9),
      distances: Float64Array.of(0),
    });
  });
});
