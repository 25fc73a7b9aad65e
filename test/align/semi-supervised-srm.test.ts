import { expect, test } from "vitest";
import type { AlignSubject } from "#app/align/aligner.ts";
import { semiSupervisedSrm } from "#app/align/semi-supervised-srm.ts";
import { applyTransform } from "#app/align/transform.ts";
import { correlations } from "#app/evaluate/correlations.ts";
import { meanPatterns } from "#app/evaluate/mean-patterns.ts";
import { firstColumns, type Matrix, scaledColumns, stackRows, sum } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

const CLASSES = 3;
const REPEATS = 4;
const codes = Int32Array.from({ length: CLASSES * REPEATS }, (_, row) => row % CLASSES);

/** Rows in a hidden space of six directions: three of the shared course, three of which one stands for each class. */
function classRows(seed: number): Matrix {
  const rows = scaledColumns(noise(codes.length, 6, seed), () => 0.3);
  codes.forEach((code, row) => {
    rows.data[row * 6 + 3 + code] = 3 + (rows.data[row * 6 + 3 + code] as number);
  });
  return rows;
}

/** Subjects whose voxels mix the hidden space each in their own way, and other rows of the same classes. */
function study(voxels: number): { subjects: AlignSubject[]; others: Matrix[] } {
  const course = scaledColumns(noise(40, 6, 1), (column) => (column < 3 ? 4 : 0.5));
  const all = Array.from({ length: 4 }, (_, at) => {
    const mixing = portable.svd(noise(voxels, 6, 10 + at)).u;
    const inVoxels = (rows: Matrix) => portable.multiply(rows, mixing, { right: true });
    const own = sum([inVoxels(course), scaledColumns(noise(40, voxels, 20 + at), () => 0.3)]);
    const labelled = { samples: inVoxels(classRows(30 + at)), codes };
    return { subject: { ...alignSubject(own), labelled }, other: inVoxels(classRows(40 + at)) };
  });
  return { subjects: all.map(({ subject }) => subject), others: all.map(({ other }) => other) };
}

/** How many rows of each subject are most like their class's mean of the others in the common space. */
function hits(voxels: number, balance: object): number {
  const { subjects, others } = study(voxels);
  const parameters = semiSupervisedSrm.parameters.parse({ components: 3, ...balance });
  const { transforms } = runInline(
    semiSupervisedSrm.fit(subjects, parameters),
    semiSupervisedSrm.tasks,
    portable,
  );
  const moved = others.map((rows, at) =>
    applyTransform(portable, transforms[at] as (typeof transforms)[0], rows),
  );
  const names = [...codes].map(String);
  return moved.reduce((all, own, subject) => {
    const rest = moved.filter((_, at) => at !== subject);
    const patterns = meanPatterns(
      stackRows(rest),
      rest.flatMap(() => names),
      ["0", "1", "2"],
    );
    const fits = correlations(own, patterns);
    return (
      all +
      names.filter((name, row) => {
        const scores = fits.data.subarray(row * CLASSES, (row + 1) * CLASSES);
        return scores.indexOf(Math.max(...scores)) === Number(name);
      }).length
    );
  }, 0);
}

// With 20 voxels the rows are more than these, with 80 fewer: the samples are reduced.
test.each([20, 80])("labels lead the maps of %i voxels to what tells classes apart", (voxels) => {
  const all = 4 * codes.length;
  expect(hits(voxels, { alpha: 0.99, gamma: 0.01 })).toBe(all);
  expect(hits(voxels, { alpha: 0 })).toBeLessThan(0.7 * all);
});

test("without labels it is the deterministic model's space", () => {
  const { subjects } = study(20);
  const bare = subjects.map(({ labelled: _, ...subject }) => subject);
  const parameters = semiSupervisedSrm.parameters.parse({ components: 3 });
  const fitted = (given: readonly AlignSubject[], alpha: number) =>
    runInline(semiSupervisedSrm.fit(given, { ...parameters, alpha }), semiSupervisedSrm.tasks, portable);
  const [without, switchedOff] = [fitted(bare, 0.5), fitted(subjects, 0)];
  const difference = firstColumns(without.commonSpace, 3).data.map((value, at) =>
    Math.abs(value - (switchedOff.commonSpace.data[at] as number)),
  );
  expect(Math.max(...difference)).toBeLessThan(1e-6);
});
