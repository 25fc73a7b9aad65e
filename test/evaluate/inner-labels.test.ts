import { expect, test } from "vitest";
import type { VolumeSpan } from "#app/contract/run-part.ts";
import { innerLabels } from "#app/evaluate/inner-labels.ts";

/** Two runs of four rows, each of two volumes. */
const aligned = {
  lengths: [4, 4],
  volumes: [0, 2, 4, 6, 0, 2, 4, 6].map((first): VolumeSpan => [first, first + 2]),
};
const labelled = {
  runs: [0, 0, 0, 1, 1],
  volumes: [
    [0, 2],
    [3, 5],
    [6, 8],
    [0, 3],
    [6, 8],
  ] as VolumeSpan[],
};

test("labelled rows of a run that is tried are not learnt from", () => {
  expect(innerLabels({ fit: [4, 5, 6, 7] }, aligned, labelled)).toStrictEqual([3, 4]);
  expect(innerLabels({ fit: [0, 1, 2, 3] }, aligned, labelled)).toStrictEqual([0, 1, 2]);
});

test("of a run that is cut those are learnt from that reach into nothing that is left out", () => {
  // The first run's second and third rows are left out: volumes 2 to 5.
  expect(innerLabels({ fit: [0, 3, 4, 5, 6, 7] }, aligned, labelled)).toStrictEqual([0, 2, 3, 4]);
});

test("nothing between two rows that are left out is learnt from, covered or not", () => {
  const between = { runs: [0], volumes: [[2, 4]] as VolumeSpan[] };
  expect(innerLabels({ fit: [1, 4, 5, 6, 7] }, aligned, between)).toStrictEqual([]);
});
