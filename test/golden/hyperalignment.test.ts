import { beforeAll, describe, expect, test } from "vitest";
import type { AlignSubject } from "#app/align/aligner.ts";
import { composed } from "#app/align/composition.ts";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { whitening } from "#app/align/whitening.ts";
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
  tall_noreflection: { reflection: false },
  tall_outdim8: { components: 8, weighted: false },
  wide_default: {},
  wide_level2x3: { level2Iterations: 3 },
  wide_nozscore: { zscoreCommon: false },
  wide_ref2: { reference: 2 },
  wide_noscaling: { scaling: false },
  wide_outdim8: { components: 8, weighted: false },
  uneq_default: {},
  uneq_level2x3: { level2Iterations: 3 },
  uneq_nozscore: { zscoreCommon: false },
  uneq_ref2: { reference: 2 },
  uneq_outdim8: { components: 8, weighted: false },
};

/** Cases with PyMVPA's alpha, which is not relative to the samples, as whitening before hyperalignment. */
const whitened: Record<string, number> = {
  tall_alpha0: 0,
  tall_alpha05: 0.5,
  tall_alpha09: 0.9,
  wide_alpha05: 0.5,
  uneq_alpha05: 0.5,
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
    compare(name, got);
  });

  test.each(Object.entries(whitened))("%s agrees to 1e-7", (name, alpha) => {
    const set = name.split("_")[0] as string;
    const [train, held] = [stored(inputs, `${set}_train`), stored(inputs, `${set}_test`)];
    const before = train.map((samples) => whitening(portable, samples, alpha, 1));
    const own = forward(before, train);
    const checked = hyperalignment.parameters.parse({ completion: "thin" });
    const fit = hyperalignment.fit(
      own.map((samples) => alignSubject(samples)),
      checked,
    );
    const { commonSpace, transforms } = runInline(fit, hyperalignment.tasks, portable);
    const both = transforms.map((transform, at) => composed(portable, before[at] as Transform, transform));
    compare(name, {
      commonspace: [commonSpace],
      train_fwd: forward(both, train),
      test_fwd: forward(both, held),
      test_fwd_thin: forward(both, held),
    });
  });

  test.each(["tall", "wide", "uneq"])("%s_newsubject agrees to 1e-7", (set) => {
    const [train, held] = [stored(inputs, `${set}_train`), stored(inputs, `${set}_test`)];
    const checked = hyperalignment.parameters.parse({ completion: "thin" });
    const subjects = train.map((samples) => alignSubject(samples));
    const newcomer = subjects.pop() as AlignSubject;
    const alignment = runInline(hyperalignment.fit(subjects, checked), hyperalignment.tasks, portable);
    const added = hyperalignment.addSubject(alignment, newcomer, checked);
    const transform = runInline(added, hyperalignment.tasks, portable);
    compare(`${set}_newsubject`, {
      commonspace: [alignment.commonSpace],
      new_train_fwd: forward([transform], train.slice(-1)),
      new_test_fwd: forward([transform], held.slice(-1)),
      new_test_fwd_thin: forward([transform], held.slice(-1)),
    });
  });

  function compare(name: string, got: Readonly<Record<string, readonly Matrix[]>>): void {
    // Components have a sign of their own.
    const signed = (matrices: readonly Matrix[]) =>
      name.endsWith("outdim8")
        ? matrices.map(({ data, ...size }) => ({ ...size, data: data.map(Math.abs) }))
        : matrices;
    let compared = 0;
    for (const [output, matrices] of Object.entries(got)) {
      const wanted = stored(golden, `${name}/${output}`);
      if (wanted.length === 0 || (name.endsWith("outdim8") && output === "commonspace")) continue;
      expect(relative(signed(matrices), signed(wanted)), output).toBeLessThan(1e-7);
      compared += 1;
    }
    expect(compared).toBeGreaterThanOrEqual(2);
  }
});

function forward(
  transforms: readonly Parameters<typeof applyTransform>[1][],
  samples: readonly Matrix[],
): Matrix[] {
  return transforms.map((transform, at) => applyTransform(portable, transform, samples[at] as Matrix));
}
