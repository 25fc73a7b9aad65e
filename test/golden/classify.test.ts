import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadLinearSvm } from "#app/evaluate/classifiers/linear-svm.ts";
import { oneWayAnova } from "#app/evaluate/selection/anova.ts";
import { type Matrix, matrixFrom, takeColumns, takeRows } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { highest } from "#app/linalg/vector.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

const load = (name: string) => readNpz(readFileSync(join(sharedFolder ?? "", "data", "golden", name)));

function get(archive: Map<string, NpyArray>, name: string): NpyArray {
  const array = archive.get(name);
  if (array === undefined) throw new Error(`no array ${name}`);
  return array;
}

/** The subjects of a stack, subject × row × voxel. */
function subjectsOf({ shape, data }: NpyArray): Matrix[] {
  const [count = 0, rows = 0, columns = 0] = shape;
  const size = rows * columns;
  return Array.from({ length: count }, (_, at) =>
    matrixFrom(rows, columns, data.subarray(at * size, (at + 1) * size)),
  );
}

function stackRows(matrices: readonly Matrix[]): Matrix {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  return matrixFrom(
    rows,
    matrices[0]?.columns ?? 0,
    matrices.flatMap((matrix) => [...matrix.data]),
  );
}

function problem(file: string, prefix: string) {
  const inputs = load(file);
  const labels = [...get(inputs, `${prefix}labels`).data];
  const runs = [...get(inputs, `${prefix}runs`).data];
  const rowsWhere = (keep: (run: number) => boolean) => runs.flatMap((run, row) => (keep(run) ? [row] : []));
  const pick = (rows: readonly number[]) => rows.map((row) => labels[row] as number);
  return { subjects: subjectsOf(get(inputs, `${prefix}X`)), labels, rowsWhere, pick };
}

function expectRelative(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(got.length).toBe(wanted.length);
  for (let at = 0; at < got.length; at++) {
    const want = wanted[at] as number;
    expect(Math.abs((got[at] as number) - want)).toBeLessThanOrEqual(tolerance * Math.abs(want) + 1e-12);
  }
}

function expectShare(got: readonly number[], wanted: Float64Array): void {
  expect(got.length).toBe(wanted.length);
  expect(got.filter((label, at) => label !== wanted[at]).length).toBeLessThanOrEqual(0.01 * got.length);
}

describe.skipIf(sharedFolder === null)("ANOVA and libsvm against PyMVPA and scikit-learn", () => {
  test("F of each subject and of the stacked rows agree to 1e-9", () => {
    const { subjects, labels } = problem("inputs.npz", "cls_");
    const sklearn = load("classify_sklearn.npz");
    const got = subjects.flatMap((samples) => [...oneWayAnova(samples, labels)]);
    expectRelative(got, get(load("classify_pymvpa.npz"), "anova/F").data, 1e-9);
    expectRelative(got, get(sklearn, "f_classif/F").data, 1e-9);
    const stacked = oneWayAnova(
      stackRows(subjects),
      subjects.flatMap(() => labels),
    );
    expectRelative(stacked, get(sklearn, "f_classif_stacked/F").data, 1e-9);
  });

  test.each([
    [
      "pymvpa",
      "classify_pymvpa.npz",
      "libsvm_linear_default/pred_subject_run_row",
      "libsvm_linear_bsc_default/pred",
    ],
    [1, "classify_pymvpa.npz", "libsvm_linear_C1/pred_subject_run_row", "libsvm_linear_bsc_C1/pred"],
    [1, "classify_sklearn.npz", "svc_C1/pred_subject_run_row", "svc_C1/bsc_pred"],
    ["pymvpa", "classify_sklearn.npz", "svc_pymvpa_C/pred_subject_run_row", null],
  ] as const)("libsvm at cost %s predicts as %s, %s", async (cost, file, within, between) => {
    const { subjects, labels, rowsWhere, pick } = problem("inputs.npz", "cls_");
    const svm = await loadLinearSvm(cost);
    const golden = load(file);
    const own = subjects.flatMap((samples) =>
      Array.from({ length: 8 }, (_, held) => {
        const train = rowsWhere((run) => run !== held);
        const rows = rowsWhere((run) => run === held);
        return svm.prepare(portable, takeRows(samples, train), takeRows(samples, rows))(pick(train));
      }).flat(),
    );
    expectShare(own, get(golden, within).data);
    if (between === null) return;
    const other = subjects.flatMap((samples) => {
      const train = subjects.filter((one) => one !== samples);
      return svm.prepare(portable, stackRows(train), samples)(train.flatMap(() => labels));
    });
    expectShare(other, get(golden, between).data);
  });

  test("on raw synthetic data the mean accuracies are scikit-learn's to .005", async () => {
    const { subjects, labels, rowsWhere, pick } = problem("synth_category.npz", "");
    const svm = await loadLinearSvm(1);
    const golden = load("synth_category_sklearn.npz");
    const mean = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    const score = (train: Matrix, trainLabels: number[], held: Matrix, wanted: number[]) => {
      const voxels = highest(oneWayAnova(train, trainLabels), 100);
      const got = svm.prepare(portable, takeColumns(train, voxels), takeColumns(held, voxels))(trainLabels);
      return mean(got.map((label, at) => (label === wanted[at] ? 1 : 0)));
    };
    const within = subjects.flatMap((samples) =>
      Array.from({ length: 8 }, (_, held) => {
        const train = rowsWhere((run) => run !== held);
        const rows = rowsWhere((run) => run === held);
        return score(takeRows(samples, train), pick(train), takeRows(samples, rows), pick(rows));
      }),
    );
    const between = subjects.map((samples) => {
      const train = subjects.filter((one) => one !== samples);
      const trainLabels = train.flatMap(() => labels);
      return score(stackRows(train), trainLabels, samples, labels);
    });
    const wanted = (name: string) => mean(get(golden, name).data);
    expect(Math.abs(mean(within) - wanted("wsc_C1/acc_subject_by_run"))).toBeLessThanOrEqual(0.005);
    expect(Math.abs(mean(between) - wanted("bsc_anatomical_C1/per_subject"))).toBeLessThanOrEqual(0.005);
  });
});
