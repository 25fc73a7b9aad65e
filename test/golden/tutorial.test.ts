import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { applyTransform } from "#app/align/transform.ts";
import type { Classifier } from "#app/evaluate/classifiers/classifier.ts";
import { loadLinearSvm } from "#app/evaluate/classifiers/linear-svm.ts";
import { oneWayAnova } from "#app/evaluate/selection/anova.ts";
import { type Matrix, matrixFrom, takeColumns, takeRows, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { highest } from "#app/linalg/vector.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

const RUNS = 8;
const VOXELS = 100;

/** The analysis of PyMVPA's hyperalignment tutorial on data of its shapes: 10 subjects, 56 samples, 3509 voxels. */
describe.skipIf(sharedFolder === null)("the tutorial's analysis against PyMVPA", () => {
  let subjects: Matrix[];
  let labels: number[];
  let runs: number[];
  let golden: Map<string, NpyArray>;
  let svm: Classifier;

  beforeAll(async () => {
    const folder = join(sharedFolder ?? "", "data", "golden");
    const archive = readNpz(readFileSync(join(folder, "synth_category.npz")));
    golden = readNpz(readFileSync(join(folder, "tutorial_main.npz")));
    labels = Array.from(get(archive, "labels").data);
    runs = Array.from(get(archive, "runs").data);
    const { shape, data } = get(archive, "X");
    const [count, rows, columns] = shape as [number, number, number];
    const size = rows * columns;
    subjects = Array.from({ length: count }, (_, at) =>
      zscoreRuns(matrixFrom(rows, columns, data.subarray(at * size, (at + 1) * size)), runs),
    );
    svm = await loadLinearSvm("pymvpa");
  });

  test("ANOVA ranks the same voxels first", () => {
    const { data } = get(golden, "anova_full/top10");
    const means = get(golden, "anova_full/F_mean").data;
    subjects.forEach((samples, at) => {
      const scores = oneWayAnova(samples, labels);
      expect([...highest(scores, 10)]).toStrictEqual(
        [...data.slice(at * 10, at * 10 + 10)].sort((a, b) => a - b),
      );
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      expect(Math.abs(mean / (means[at] as number) - 1)).toBeLessThan(1e-6);
    });
  });

  test("within-subject accuracy agrees in 98 % of subjects and runs", () => {
    const accuracies = subjects.flatMap((samples) =>
      Array.from({ length: RUNS }, (_, run) => {
        const [train, held] = split(runs, run);
        const kept = highest(oneWayAnova(takeRows(samples, train), pick(labels, train)), VOXELS);
        const chosen = takeColumns(samples, kept);
        return accuracy(
          svm,
          takeRows(chosen, train),
          pick(labels, train),
          takeRows(chosen, held),
          pick(labels, held),
        );
      }),
    );
    compareCells(accuracies, get(golden, "wsc/acc_subject_by_run").data);
    expect(mean(accuracies)).toBeCloseTo(0.7429, 2);
  });

  test("between-subject accuracy on anatomy agrees to one sample of 56 a subject", () => {
    const wanted = get(golden, "bsc_anatomical/per_subject").data;
    const accuracies = subjects.map((held, at) => {
      const others = stack(subjects.filter((_, other) => other !== at));
      const trainLabels = subjects.slice(1).flatMap(() => labels);
      const kept = highest(oneWayAnova(others, trainLabels), VOXELS);
      return accuracy(svm, takeColumns(others, kept), trainLabels, takeColumns(held, kept), labels);
    });
    accuracies.forEach((value, at) => {
      expect(Math.abs(value - (wanted[at] as number))).toBeLessThan(1 / 56 + 1e-9);
    });
    expect(mean(accuracies)).toBeCloseTo(0.2911, 2);
  });

  test("between-subject accuracy after thin hyperalignment agrees in 98 % of subjects and runs", () => {
    const parameters = hyperalignment.parameters.parse({ completion: "thin" });
    const byRun = Array.from({ length: RUNS }, (_, run) => {
      const [train, held] = split(runs, run);
      const voxels = subjects.map((samples) =>
        highest(oneWayAnova(takeRows(samples, train), pick(labels, train)), VOXELS),
      );
      const chosen = subjects.map((samples, at) => takeColumns(samples, voxels[at] as Int32Array));
      const aligned = chosen.map((samples, at) => ({
        samples: takeRows(samples, train),
        voxels: voxels[at] as Int32Array,
        places: null,
      }));
      const { transforms } = runInline(
        hyperalignment.fit(aligned, parameters),
        hyperalignment.tasks,
        portable,
      );
      const moved = transforms.map((transform, at) => {
        const samples = applyTransform(portable, transform, takeRows(chosen[at] as Matrix, held));
        portable.zscore(samples);
        return samples;
      });
      const heldLabels = pick(labels, held);
      return moved.map((samples, at) => {
        const others = stack(moved.filter((_, other) => other !== at));
        return accuracy(
          svm,
          others,
          moved.slice(1).flatMap(() => heldLabels),
          samples,
          heldLabels,
        );
      });
    });
    const accuracies = subjects.flatMap((_, at) => byRun.map((run) => run[at] as number));
    compareCells(accuracies, get(golden, "bsc_hyper_thin/acc_subject_by_run").data);
    expect(mean(accuracies)).toBeCloseTo(0.6321, 2);
  });
});

function get(archive: Map<string, NpyArray>, name: string): NpyArray {
  const array = archive.get(name);
  if (array === undefined) throw new Error(`no array ${name}`);
  return array;
}

/** At most 2 % of the cells differ, and those by one sample of seven. */
function compareCells(got: readonly number[], wanted: Float64Array): void {
  const differences = got.map((value, at) => Math.abs(value - (wanted[at] as number)));
  expect(got.length).toBe(wanted.length);
  expect(Math.max(...differences)).toBeLessThan(1 / 7 + 1e-9);
  expect(differences.filter((difference) => difference > 1e-9).length).toBeLessThanOrEqual(0.02 * got.length);
}

function accuracy(
  classifier: Classifier,
  train: Matrix,
  labels: readonly number[],
  held: Matrix,
  wanted: readonly number[],
): number {
  const predicted = classifier.prepare(portable, train, held)(labels);
  return predicted.filter((label, at) => label === wanted[at]).length / wanted.length;
}

function split(runs: readonly number[], run: number): [number[], number[]] {
  const rows = runs.map((_, row) => row);
  return [rows.filter((row) => runs[row] !== run), rows.filter((row) => runs[row] === run)];
}

function pick(values: readonly number[], rows: readonly number[]): number[] {
  return rows.map((row) => values[row] as number);
}

function stack(matrices: readonly Matrix[]): Matrix {
  const rows = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  const out = zeros(rows, (matrices[0] as Matrix).columns);
  let at = 0;
  for (const { data } of matrices) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}

function zscoreRuns(samples: Matrix, runs: readonly number[]): Matrix {
  return stack(
    [...new Set(runs)].map((run) => {
      const part = takeRows(samples, split(runs, run)[1]);
      portable.zscore(part);
      return part;
    }),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
