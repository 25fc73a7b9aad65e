import { expect, test } from "vitest";
import type { AlignInput } from "#app/evaluate/align-method.ts";
import { chooseParameters } from "#app/evaluate/choose-parameters.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

const VOXELS = Int32Array.of(0, 1, 2);

/** What a candidate is shown of the labelled rows, by inner fold. */
async function seenLabels(runLengths: readonly number[]): Promise<unknown[]> {
  const rows = runLengths.reduce((sum, length) => sum + length, 0);
  const samples = [noise(rows, 3, 1), noise(rows, 3, 2)];
  const labelled = { samples: noise(4, 3, 3), codes: [0, 1, 0, 1], runs: [0, 0, 1, 1] };
  const seen: unknown[] = [];
  const align = function* ({ labelled: shown, held }: AlignInput) {
    yield [];
    const own = shown(0);
    seen.push(own === null ? null : { first: own.samples.data[0], codes: own.codes, runs: own.runs });
    return { moved: [held(0), held(1)], weights: null };
  };
  const input = { samples, voxels: [VOXELS, VOXELS], runLengths, labelled: () => labelled };
  const candidates = [{ parameters: {}, align }];
  await inline.drive(chooseParameters(input, candidates, 2));
  return seen;
}

test("a candidate is not shown labels of the run that it is tried on", async () => {
  const first = noise(4, 3, 3).data;
  expect(await seenLabels([8, 8])).toStrictEqual([
    { first: first[6], codes: [0, 1], runs: [1, 1] },
    { first: first[0], codes: [0, 1], runs: [0, 0] },
  ]);
});

test("a candidate that is tried on a part of a run is shown no labels", async () => {
  expect(await seenLabels([24])).toStrictEqual([null, null, null]);
});
