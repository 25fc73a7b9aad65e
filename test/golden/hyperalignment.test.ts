import { beforeAll, describe, expect, test } from "vitest";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { applyTransform, denseMap } from "#app/align/transform.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

/** PyMVPA's cases that this method covers: name → parameters. `test_fwd_thin` stands in for T < V. */
const cases: Record<string, object> = {
  tall_default: {},
  tall_level2x3: { level2Iterations: 3 },
  tall_level2x0: { level2Iterations: 0 },
  tall_nozscore: { zscoreCommon: false },
  tall_ref2: { reference: 2 },
  tall_noscaling: { scaling: false },
  wide_default: {},
  wide_level2x3: { level2Iterations: 3 },
  wide_nozscore: { zscoreCommon: false },
  wide_ref2: { reference: 2 },
  wide_noscaling: { scaling: false },
  uneq_default: {},
  uneq_level2x3: { level2Iterations: 3 },
  uneq_nozscore: { zscoreCommon: false },
  uneq_ref2: { reference: 2 },
};

describe.skipIf(sharedFolder === null)("hyperalignment against PyMVPA", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("hyperalignment_pymvpa");
  });

  test.each(Object.entries(cases))("%s agrees to 1e-7", (name, parameters) => {
    const set = name.split("_")[0] as string;
    const train = stored(inputs, `${set}_train`);
    const held = stored(inputs, `${set}_test`);
    const checked = hyperalignment.parameters.parse({ completion: "thin", ...parameters });
    const aligned = train.map((samples) => alignSubject(samples));
    const alignment = runInline(hyperalignment.fit(aligned, checked), hyperalignment.tasks, portable);
    const got: Record<string, readonly Matrix[]> = {
      commonspace: [alignment.commonSpace],
      train_fwd: forward(alignment.transforms, train),
      test_fwd: forward(alignment.transforms, held),
      test_fwd_thin: forward(alignment.transforms, held),
      proj: alignment.transforms.map((transform) => denseMap(portable, transform)),
    };
    let compared = 0;
    for (const [output, matrices] of Object.entries(got)) {
      const wanted = stored(golden, `${name}/${output}`);
      if (wanted.length === 0) continue;
      expect(relative(matrices, wanted), output).toBeLessThan(1e-7);
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(3);
  });
});

function forward(
  transforms: readonly Parameters<typeof applyTransform>[1][],
  samples: readonly Matrix[],
): Matrix[] {
  return transforms.map((transform, at) => applyTransform(portable, transform, samples[at] as Matrix));
}
