import { beforeAll, describe, expect, test } from "vitest";
import { alternate, deterministicSrm } from "#app/align/deterministic-srm.ts";
import { addToResponse } from "#app/align/shared-response.ts";
import { expectAndMaximise, srm } from "#app/align/srm.ts";
import { projectAll, reduceAll } from "#app/align/srm-tasks.ts";
import { denseMap } from "#app/align/transform.ts";
import { type Matrix, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

/** BrainIAK adds so much to the diagonal of XᵀS before its SVD; it stays away from the product's own fits. */
const NUDGE = 0.001;

const tasks = { ...srm.tasks, ...deterministicSrm.tasks };
const run = <Result>(staged: Staged<Result>) => runInline(staged, tasks, portable);

describe.skipIf(sharedFolder === null)("shared response models against BrainIAK", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("srm_brainiak");
  });

  /** The first five subjects, and their rows by BrainIAK's first maps (V × k). */
  function begin(name: string) {
    const set = name.split("_")[0] as string;
    const train = stored(inputs, `${set}_train`);
    const five = train.slice(0, 5);
    const reduced = run(reduceAll(five.map((samples) => alignSubject(samples))));
    const start = stored(golden, `${name}/w_init`).map((map, at) =>
      portable.multiply(reduced[at]?.centred as Matrix, map),
    );
    // BrainIAK nudges XᵀS over voxels, which the reduced samples do not have.
    const whole = reduced.map((subject) => ({ ...subject, reduced: subject.centred, weights: null }));
    return { five, newcomer: train[5] as Matrix, subjects: whole, start };
  }

  const iterationsOf = (name: string) => Number(/it(\d+)$/.exec(name)?.[1]);

  test.each([
    ["tall_SRM_it1", 1e-6],
    ["tall_SRM_it10", 1e-6],
    ["tall_SRM_it50", 1e-4],
    ["wide_SRM_it1", 1e-6],
    ["wide_SRM_it10", 1e-6],
    ["wide_SRM_it50", 1e-4],
    ["uneq_SRM_it10", 1e-6],
  ])("%s agrees to %f", (name, tolerance) => {
    const { subjects, start, five, newcomer } = begin(name);
    const iterations = iterationsOf(name);
    const fit = run(expectAndMaximise(subjects, start, { iterations, tolerance: 0 }, NUDGE));
    expect(relative([transpose(fit.response)], stored(golden, `${name}/s`))).toBeLessThan(tolerance);
    expect(relative([fit.state.covariance], stored(golden, `${name}/sigma_s`))).toBeLessThan(tolerance);
    const rho2 = golden.get(`${name}/rho2`)?.data ?? [];
    fit.state.noise.forEach((value, at) => {
      expect(Math.abs(value / (rho2[at] as number) - 1)).toBeLessThan(tolerance);
    });
    const nudged = stored(golden, `${name}/w`);
    const trained = run(projectAll(subjects, fit.response, NUDGE)).map(({ projected }) => projected);
    expect(
      relative(
        trained,
        five.map((own, at) => portable.multiply(own, nudged[at] as Matrix)),
      ),
    ).toBeLessThan(tolerance);
    const added = run(addToResponse(spaceOf(fit.response), alignSubject(newcomer)));
    expect(relative([denseMap(portable, added)], stored(golden, `${name}/new_subject_w`))).toBeLessThan(
      tolerance,
    );
  });

  test.each([
    ["tall_DetSRM_it1", 1e-6],
    ["tall_DetSRM_it10", 1e-6],
    ["tall_DetSRM_it50", 1e-4],
    ["wide_DetSRM_it1", 1e-6],
    ["wide_DetSRM_it10", 1e-6],
    ["wide_DetSRM_it50", 1e-4],
    ["uneq_DetSRM_it10", 1e-6],
  ])("%s agrees to %f", (name, tolerance) => {
    const { subjects, start, newcomer } = begin(name);
    const fit = run(alternate(subjects, start, { iterations: iterationsOf(name), tolerance: 0 }, NUDGE));
    expect(relative([transpose(fit.response)], stored(golden, `${name}/s`))).toBeLessThan(tolerance);
    const added = run(addToResponse(spaceOf(fit.response), alignSubject(newcomer)));
    expect(relative([denseMap(portable, added)], stored(golden, `${name}/new_subject_w`))).toBeLessThan(
      tolerance,
    );
  });

  test("what the deterministic model makes small falls as BrainIAK's does, to 1e-6", () => {
    const { subjects, start } = begin("tall_DetSRM_it10");
    const { course } = run(alternate(subjects, start, { iterations: 20, tolerance: 0 }, NUDGE));
    const wanted = golden.get("detsrm_objective_curve/objective")?.data ?? [];
    course.values.forEach((value, at) => {
      expect(Math.abs(value / (wanted[at] as number) - 1)).toBeLessThan(1e-6);
    });
  });

  test("fewer iterations are needed from the program's own start, and the fit is as good", () => {
    for (const [name, aligner] of [
      ["tall_SRM_it10", srm],
      ["tall_DetSRM_it10", deterministicSrm],
    ] as const) {
      const { subjects, start, five } = begin(name);
      const theirs =
        aligner === srm
          ? run(expectAndMaximise(subjects, start, { iterations: 10, tolerance: 0 })).course.values
          : run(alternate(subjects, start, { iterations: 10, tolerance: 0 })).course.values.map((v) => -v);
      const parameters = aligner.parameters.parse({ components: 8, iterations: 10, tolerance: 0 });
      const { course } = run(
        aligner.fit(
          five.map((samples) => alignSubject(samples)),
          parameters,
        ),
      );
      const ours = aligner === srm ? course?.values : course?.values.map((value) => -value);
      expect(ours?.at(-1)).toBeGreaterThan(theirs.at(-1) as number);
    }
  });
});

function spaceOf(commonSpace: Matrix) {
  const weights = new Float64Array(commonSpace.columns).fill(1);
  return { commonSpace, columns: { kind: "components" as const, weights }, transforms: [] };
}
