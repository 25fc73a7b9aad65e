import { expect, test } from "vitest";
import type { AlignInput, InnerRows } from "#app/evaluate/align-method.ts";
import { type Candidate, chooseParameters } from "#app/evaluate/choose-parameters.ts";
import type { InnerFold } from "#app/evaluate/inner-folds.ts";
import { type Matrix, takeRows } from "#app/linalg/matrix.ts";
import { noise } from "#test/linalg/noise.ts";
import { inline } from "#test/run/inline.ts";

/** The rows of an inner fold, of subjects with so many voxels. */
function rowsOf(subjects: readonly Matrix[], { fit, tried }: InnerFold): InnerRows {
  return {
    samples: subjects.map((own) => takeRows(own, fit)),
    voxels: subjects.map(({ columns }) => Int32Array.from({ length: columns }, (_, at) => at)),
    labelled: () => null,
    tried: (maker) => takeRows(subjects[maker] as Matrix, tried),
  };
}

/** Leaves all as it is. */
function stay(input: AlignInput) {
  return (function* () {
    yield [];
    return { moved: input.samples.map((_, at) => input.held(at)), weights: null };
  })();
}

test("the best candidate is chosen, of equals the first, and each has its share of segments", async () => {
  const [shared, own] = [noise(16, 4, 1), noise(16, 4, 2)];
  const inner = function* (fold: InnerFold) {
    yield [];
    return (voxels: number | null) => rowsOf(voxels === 7 ? [shared, shared] : [shared, own], fold);
  };
  const candidates = [3, 7, 8].map((voxels): Candidate => ({ parameters: { voxels }, voxels, align: stay }));
  const { tried, parameters, segment } = await inline.drive(
    chooseParameters({ runLengths: [8, 8], inner }, candidates, 2),
  );
  expect(parameters).toStrictEqual({ voxels: 7 });
  expect(segment).toBe(2);
  expect(tried.map((one) => one.parameters)).toStrictEqual([{ voxels: 3 }, { voxels: 7 }, { voxels: 8 }]);
  expect(tried[1]?.score).toBe(1);
  expect(tried[0]?.score).toBe(tried[2]?.score);
  expect(tried[0]?.score).toBeLessThan(1);
});
