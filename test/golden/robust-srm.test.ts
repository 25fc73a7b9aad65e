import { beforeAll, describe, expect, test } from "vitest";
import type { ReducedSubject } from "#app/align/reduced-subject.ts";
import { robustSrm, takeTurns } from "#app/align/robust-srm.ts";
import { centreAll, withoutOwn } from "#app/align/robust-srm-tasks.ts";
import { denseMap } from "#app/align/transform.ts";
import { type Matrix, matrixFrom, sum, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

const run = <Result>(staged: Staged<Result>) => runInline(staged, robustSrm.tasks, portable);

/** A − B. */
function difference(a: Matrix, b: Matrix): Matrix {
  return matrixFrom(
    a.rows,
    a.columns,
    a.data.map((value, at) => value - (b.data[at] as number)),
  );
}

describe.skipIf(sharedFolder === null)("the robust shared response model against BrainIAK", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("srm_brainiak");
  });

  test.each([
    ["tall_RSRM_gamma1", 1],
    ["tall_RSRM_gamma0.3", 0.3],
    ["uneq_RSRM_gamma1", 1],
    ["uneq_RSRM_gamma0.3", 0.3],
    ["wide_RSRM_gamma1", 1],
    ["wide_RSRM_gamma0.3", 0.3],
  ])("%s agrees to 1e-9", (name, gamma) => {
    const train = stored(inputs, `${name.split("_")[0]}_train`);
    const five = run(centreAll(train.slice(0, 5).map((samples) => alignSubject(samples))));
    const projected = stored(golden, `${name}/w_init`).map((map, at) =>
      portable.multiply((five[at] as ReducedSubject).centred, map),
    );
    const mean = sum(projected);
    for (let at = 0; at < mean.data.length; at++) mean.data[at] = (mean.data[at] as number) / 5;
    const settings = { gamma, iterations: 10, tolerance: 0 };
    const { response, shared } = run(takeTurns(five, mean, settings));
    expect(relative([transpose(response)], stored(golden, `${name}/r`))).toBeLessThan(1e-9);
    const maps = shared.map(({ map }) => transpose(map));
    expect(relative(maps, stored(golden, `${name}/w`))).toBeLessThan(1e-9);
    const own = five.map(({ centred }, at) => {
      const beside = shared[at] as (typeof shared)[0];
      return transpose(difference(centred, withoutOwn(portable, centred, beside, gamma).left));
    });
    expect(relative(own, stored(golden, `${name}/s_individual`))).toBeLessThan(1e-9);

    const weights = new Float64Array(8).fill(1);
    const space = {
      commonSpace: response,
      columns: { kind: "components" as const, weights },
      transforms: [],
    };
    const parameters = robustSrm.parameters.parse({ ...settings, components: 8 });
    const added = run(robustSrm.addSubject(space, alignSubject(train[5] as Matrix), parameters));
    expect(relative([denseMap(portable, added)], stored(golden, `${name}/new_subject_w`))).toBeLessThan(1e-9);
  });
});
