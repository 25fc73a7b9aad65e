import { describe, expect, test } from "vitest";
import { Classifier } from "#app/contract/classifier.ts";
import { classifierOf } from "#app/evaluate/classifiers/classifiers.ts";
import { discriminants } from "#app/evaluate/classifiers/discriminant-analysis.ts";
import { logLikelihoods } from "#app/evaluate/classifiers/gaussian-naive-bayes.ts";
import { logits } from "#app/evaluate/classifiers/logistic-regression.ts";
import { ridgeScores } from "#app/evaluate/classifiers/ridge-classifier.ts";
import { ledoitWolfShrinkage } from "#app/evaluate/classifiers/shrinkage.ts";
import { type Matrix, matrixFrom, stackRows, takeRows } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { sharedFolder } from "#test/shared.ts";

const RUNS = 8;

describe.skipIf(sharedFolder === null)("classifiers against scikit-learn and PyMVPA", () => {
  const inputs = sharedFolder === null ? new Map() : goldenArchive("inputs");
  const subjects = stored(inputs, "cls_X");
  const numbers = (name: string): number[] => [...(inputs.get(name)?.data ?? [])];
  const [labels, runs] = [numbers("cls_labels"), numbers("cls_runs")];
  const rowsWhere = (keep: (run: number) => boolean) => runs.flatMap((run, row) => (keep(run) ? [row] : []));
  const pick = (rows: readonly number[]) => rows.map((row) => labels[row] as number);
  const sklearn = sharedFolder === null ? new Map() : goldenArchive("classify_sklearn");
  const pymvpa = sharedFolder === null ? new Map() : goldenArchive("classify_pymvpa");
  /** Of the first subject the first run held out. */
  const [train, test0] = [rowsWhere((run) => run !== 0), rowsWhere((run) => run === 0)];
  const first = () => ({
    train: takeRows(subjects[0] as Matrix, train),
    test: takeRows(subjects[0] as Matrix, test0),
    labels: pick(train),
  });

  async function predict(spec: object) {
    const { prepare } = await classifierOf(Classifier.parse(spec));
    const within = subjects.flatMap((samples) =>
      Array.from({ length: RUNS }, (_, run) => {
        const [others, held] = [rowsWhere((own) => own !== run), rowsWhere((own) => own === run)];
        return prepare(portable, takeRows(samples, others), takeRows(samples, held))(pick(others));
      }).flat(),
    );
    const between = subjects.flatMap((samples) => {
      const others = subjects.filter((one) => one !== samples);
      return prepare(portable, stackRows(others), samples)(others.flatMap(() => labels));
    });
    return { within, between };
  }

  /** How many of a hundred predictions may differ: ties are broken otherwise by rounding. */
  function expectAlike(got: readonly number[], wanted: Float64Array | undefined, percent = 1): void {
    expect(got.length).toBe(wanted?.length);
    expect(got.filter((label, at) => label !== wanted?.[at]).length).toBeLessThanOrEqual(
      (percent / 100) * got.length,
    );
  }

  test.each([
    ["svc_C1", { name: "linear-svm", cost: 1 }, 1],
    ["svc_C001", { name: "linear-svm", cost: 0.01 }, 1],
    ["logistic_C1", { name: "logistic-regression", cost: 1 }, 0],
    ["logistic_C001", { name: "logistic-regression", cost: 0.01 }, 0],
    ["ridge_1", { name: "ridge", penalty: 1 }, 0],
    ["ridge_100", { name: "ridge", penalty: 100 }, 0],
    ["lda_svd", { name: "discriminant-analysis", shrinkage: 0.5 }, 0],
    ["lda_auto", { name: "discriminant-analysis" }, 0],
    ["gnb", { name: "gaussian-naive-bayes" }, 0],
    ["knn1_correlation", { name: "nearest-neighbours" }, 0],
    ["knn5_correlation", { name: "nearest-neighbours", neighbours: 5 }, 0],
    ["knn1_euclid", { name: "nearest-neighbours", distance: "euclidean" }, 0],
  ])("%s predicts as scikit-learn does", async (name, spec, percent) => {
    const { within, between } = await predict(spec);
    expectAlike(within, sklearn.get(`${name}/pred_subject_run_row`)?.data, percent);
    expectAlike(between, sklearn.get(`${name}/bsc_pred`)?.data, percent);
  });

  test.each([
    ["knn1_correlation", { name: "nearest-neighbours" }],
    ["knn1_euclid", { name: "nearest-neighbours", distance: "euclidean" }],
    ["gnb", { name: "gaussian-naive-bayes" }],
  ])("%s predicts as PyMVPA does", async (name, spec) => {
    expectAlike((await predict(spec)).within, pymvpa.get(`${name}/pred_subject_run_row`)?.data, 0);
  });

  function expectClose(got: Matrix, name: string, tolerance: number): void {
    const wanted = sklearn.get(name);
    expect(wanted?.data.length).toBe(got.rows * got.columns);
    const most = Math.max(...(wanted?.data ?? []).map(Math.abs));
    got.data.forEach((value, at) => {
      expect(Math.abs(value - (wanted?.data[at] as number))).toBeLessThanOrEqual(tolerance * most);
    });
  }

  test("decision values agree: ridge and discriminant analysis to 1e-7, logistic regression to 1e-4", () => {
    const { train: own, test: held, labels: known } = first();
    for (const [name, penalty] of [
      ["ridge_1", 1],
      ["ridge_100", 100],
    ] as const)
      expectClose(ridgeScores(portable, penalty, own, held)(known), `${name}/decision_sub0_run0`, 1e-7);
    for (const [name, shrinkage] of [
      ["lda_svd", 0.5],
      ["lda_auto", "ledoit-wolf"],
    ] as const)
      expectClose(discriminants(portable, shrinkage, first()), `${name}/decision_sub0_run0`, 1e-7);
    for (const [name, cost] of [
      ["logistic_C1", 1],
      ["logistic_C001", 0.01],
    ] as const)
      expectClose(
        logits(portable, cost, { train: own, test: held }, known),
        `${name}/decision_sub0_run0`,
        1e-4,
      );
  });

  test("probabilities of naive Bayes agree to 1e-7", () => {
    const { train: own, test: held, labels: known } = first();
    const scores = logLikelihoods(own, held, known);
    for (let row = 0; row < scores.rows; row++) {
      const line = scores.data.subarray(row * scores.columns, (row + 1) * scores.columns);
      const most = Math.max(...line);
      const sum = line.reduce((total, value) => total + Math.exp(value - most), 0);
      line.forEach((value, at) => {
        line[at] = Math.exp(value - most) / sum;
      });
    }
    expectClose(scores, "gnb/proba_sub0_run0", 1e-7);
  });

  test("shrinkage by Ledoit and Wolf's rule agrees to 1e-9", () => {
    const all = subjects[0] as Matrix;
    const of = (samples: Matrix) => ledoitWolfShrinkage(portable, portable.centre(samples).matrix);
    const classes = [...new Set(labels)].sort((a, b) => a - b);
    const got = classes.map((one) =>
      of(
        takeRows(
          all,
          labels.flatMap((label, row) => (label === one ? [row] : [])),
        ),
      ),
    );
    expectClose(matrixFrom(1, got.length, got), "ledoit_wolf/shrinkage_class", 1e-9);
  });
});
