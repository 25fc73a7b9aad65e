import { beforeAll, describe, expect, test } from "vitest";
import type { Alignment } from "#app/align/aligner.ts";
import { alternate, deterministicSrm } from "#app/align/deterministic-srm.ts";
import { addToResponse } from "#app/align/shared-response.ts";
import { srm } from "#app/align/srm.ts";
import { projectAll, reduceAll } from "#app/align/srm-tasks.ts";
import { denseMap } from "#app/align/transform.ts";
import { polarFactor } from "#app/linalg/gram-svd.ts";
import { type Matrix, scaled, scaledColumns, sum, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline, type Staged } from "#app/linalg/task.ts";
import { columnDots, dot, norm } from "#app/linalg/vector.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

const tasks = { ...srm.tasks, ...deterministicSrm.tasks };
const run = <Result>(staged: Staged<Result>) => runInline(staged, tasks, portable);
const reduced = (samples: readonly Matrix[]) => run(reduceAll(samples.map((own) => alignSubject(own))));

/** The maps (V × k) of subjects fitted to a response. */
function mapsTo(response: Matrix, samples: readonly Matrix[]): Matrix[] {
  const weights = new Float64Array(response.columns).fill(1);
  const space: Alignment = {
    commonSpace: response,
    columns: { kind: "components", weights },
    transforms: [],
  };
  return samples.map((own) => denseMap(portable, run(addToResponse(space, alignSubject(own)))));
}

describe.skipIf(sharedFolder === null)("shared response models against FastSRM", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("fastsrm");
  });

  // From FastSRM's first response each turn is one of ours, with fewer samples than voxels on T × T data.
  test.each(
    ["tall", "wide"].flatMap((set) =>
      [10, 100].map((turns) => [`detsrm_${set}_it${turns}`, set, turns] as const),
    ),
  )("%s agrees to 1e-6", (name, set, turns) => {
    const samples = stored(inputs, `${set}_train`).slice(0, 5);
    const subjects = reduced(samples);
    const first = transpose(stored(golden, `${name}/S_init`)[0] as Matrix);
    const start = run(projectAll(subjects, first, 0)).map(({ projected }) => projected);
    const { response } = run(alternate(subjects, start, { iterations: turns - 1, tolerance: 0 }));
    expect(relative([transpose(response)], stored(golden, `${name}/S`))).toBeLessThan(1e-6);
    expect(relative(mapsTo(response, samples), stored(golden, `${name}/W`))).toBeLessThan(1e-6);
  });

  /** What a model says of each subject's samples: S·Wᵀ. */
  const said = (space: Matrix, maps: readonly Matrix[]) =>
    maps.map((map) => portable.multiply(space, map, { right: true }));

  function ours(aligner: typeof srm, samples: readonly Matrix[]) {
    const parameters = aligner.parameters.parse({ components: 8, iterations: 500, tolerance: 0 });
    const subjects = samples.map((own) => alignSubject(own));
    const { commonSpace: space, transforms } = run(aligner.fit(subjects, parameters));
    const maps = transforms.map((one) => denseMap(portable, one));
    return { space, maps, said: said(space, maps) };
  }

  function theirs(name: string, way: string): Matrix[] {
    const [shared] = stored(golden, `${name}/${way}_train_shared`) as [Matrix];
    return said(transpose(shared), stored(golden, `${name}/${way}_basis`));
  }

  // Theirs are identified by another rotation than ours: what the model says of the samples is the same.
  test.each(["tall", "wide"])("the identified deterministic model of %s agrees to 1e-6", (set) => {
    const samples = stored(inputs, `${set}_train`).slice(0, 5);
    for (const way of ["pca", "full"]) {
      const kept = theirs(`identifiable_det_${set}`, way);
      expect(relative(ours(deterministicSrm, samples).said, kept)).toBeLessThan(1e-6);
    }
  });

  test.each(["tall", "wide"])(
    "probsrm_%s agrees to 1e-6 turn by turn, with the square that it takes",
    (set) => {
      const samples = stored(inputs, `${set}_train`).slice(0, 5);
      for (const turns of [1, 10, 100]) {
        const name = `probsrm_${set}_it${turns}`;
        const first = transpose(stored(golden, `${name}/S_init`)[0] as Matrix);
        const { response, maps } = diagonalSrm(samples, first, turns, 2);
        expect(relative([transpose(response)], stored(golden, `${name}/S`))).toBeLessThan(1e-6);
        expect(relative(maps, stored(golden, `${name}/W`))).toBeLessThan(1e-6);
      }
    },
  );

  test.each(["tall", "wide"])(
    "the identified probabilistic model of %s is two hundred of those turns",
    (set) => {
      const samples = stored(inputs, `${set}_train`).slice(0, 5);
      const first = transpose(stored(golden, `probsrm_${set}_it1/S_init`)[0] as Matrix);
      const { maps } = diagonalSrm(samples, first, 200, 2);
      // What it keeps as the response is the mean of the subjects' projections.
      const projected = samples.map((own, at) => portable.multiply(own, maps[at] as Matrix));
      const kept = said(scaled(sum(projected), 1 / 5), maps);
      for (const way of ["pca", "full"]) {
        expect(relative(kept, theirs(`identifiable_prob_${set}`, way))).toBeLessThan(1e-9);
      }
    },
  );

  test.each(["tall", "wide"])(
    "the probabilistic model of %s is where those turns rest without the square",
    (set) => {
      const samples = stored(inputs, `${set}_train`).slice(0, 5);
      const own = ours(srm, samples);
      const rests = diagonalSrm(samples, own.space, 500, 1);
      expect(relative(own.said, said(rests.response, rests.maps))).toBeLessThan(1e-6);
      const moved = diagonalSrm(samples, own.space, 500, 2);
      expect(relative(own.said, said(moved.response, moved.maps))).toBeGreaterThan(1e-4);
    },
  );
});

/**
 * The model with a diagonal covariance, turn by turn as FastSRM has it. A subject's noise takes the posterior variances v of
 * the response, as they are by the likelihood (power 1); FastSRM takes their squares.
 */
function diagonalSrm(samples: readonly Matrix[], first: Matrix, turns: number, power: number) {
  const { rows, columns: k } = first;
  const fitted = (response: Matrix) =>
    samples.map((own) => polarFactor(portable, portable.multiply(own, response, { left: true })).factor);
  let response = first;
  let maps = fitted(first);
  let noise = samples.map(() => 1);
  let covariance = new Array<number>(k).fill(1);
  for (let turn = 0; turn < turns; turn++) {
    const precision = noise.reduce((all, one) => all + 1 / one, 0);
    const variances = covariance.map((own) => 1 / (precision + 1 / own));
    const projected = samples.map((own, at) =>
      scaled(portable.multiply(own, maps[at] as Matrix), 1 / (noise[at] as number)),
    );
    response = scaledColumns(sum(projected), (column) => variances[column] as number);
    maps = fitted(response);
    const beside = variances.reduce((all, one) => all + one ** power, 0);
    noise = samples.map((own, at) => {
      const moved = portable.multiply(own, maps[at] as Matrix);
      const left = norm(own) ** 2 + norm(response) ** 2 - 2 * dot(moved.data, response.data);
      return (left / rows + beside) / own.columns;
    });
    const squares = columnDots(response, response);
    covariance = variances.map((own, column) => own + (squares[column] as number) / rows);
  }
  return { response, maps };
}
