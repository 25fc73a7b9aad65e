import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { AlignSubject } from "#app/align/aligner.ts";
import { diagonal } from "#app/align/diagonal.ts";
import { fitRidges } from "#app/align/ridge.ts";
import { bestRidge, foldScores, rowFolds, targetGram } from "#app/align/ridge-choice.ts";
import { ridgeTasks } from "#app/align/ridge-tasks.ts";
import { ridgeMap } from "#app/align/smoother.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { type Matrix, matrixFrom, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

/** fmralign's. */
const RIDGES = [0.1, 1, 10, 100, 1000];

function chosen(x: Matrix, y: Matrix): number {
  const folds = rowFolds(x.rows, 4);
  const scores = folds.map((fold) => foldScores(portable, x, fold));
  const grams = folds.map((fold) => targetGram(portable, y, fold));
  return bestRidge(portable, scores, grams, RIDGES);
}

function forward(transforms: readonly Transform[], samples: readonly Matrix[]): Matrix[] {
  return transforms.map((transform, at) => applyTransform(portable, transform, samples[at] as Matrix));
}

test("rows are cut into blocks as scikit-learn's KFold cuts them", () => {
  expect(rowFolds(10, 4).map(({ tried }) => [...tried])).toStrictEqual([
    [0, 1, 2],
    [3, 4, 5],
    [6, 7],
    [8, 9],
  ]);
  expect([...(rowFolds(10, 4)[1]?.fitted ?? [])]).toStrictEqual([0, 1, 2, 6, 7, 8, 9]);
});

describe.skipIf(sharedFolder === null)("regressions", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;
  const of = (name: string) => stored(inputs, name);

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("fmralign");
  });

  test.each(["tall", "wide"])(
    "the ridge chosen and its map agree with scikit-learn's to 1e-7: ridge_%s",
    (set) => {
      const [x, y] = of(`${set}_train`) as [Matrix, Matrix];
      const file = join(sharedFolder ?? "", "data", "golden", "fmralign.json");
      const told: { cases: { id: string; outputs: { alpha?: { value: number } } }[] } = JSON.parse(
        readFileSync(file, "utf8"),
      );
      const alpha = told.cases.find(({ id }) => id === `ridge_${set}`)?.outputs.alpha?.value;
      expect(chosen(x, y)).toBe(alpha);
      const [own, theirs] = [portable.centre(x), portable.centre(y)];
      const map = ridgeMap(portable, own.matrix, alpha as number, theirs.matrix);
      expect(relative([map], stored(golden, `ridge_${set}/coef`).map(transpose))).toBeLessThan(1e-7);
      const transform: Transform = {
        offsetIn: own.means,
        offsetOut: theirs.means,
        scale: 1,
        map: { kind: "dense", matrix: map },
      };
      const moved = forward([transform], of(`${set}_test`));
      expect(relative(moved, stored(golden, `ridge_${set}/test_fwd`))).toBeLessThan(1e-7);
    },
  );

  test.each([
    ["group_ridge", 2],
    ["group_ridge_n_iter4", 4],
  ] as const)("%s agrees to 1e-6: its template, and its fits one template before", (name, iterations) => {
    const subjects = of("tall_train").map((samples) => alignSubject(samples));
    const template = (count: number) =>
      runInline(
        fitRidges(subjects, count, () => RIDGES),
        ridgeTasks,
        portable,
      );
    expect(relative([template(iterations).commonSpace], stored(golden, `${name}/template`))).toBeLessThan(
      1e-6,
    );
    const moved = forward(template(iterations - 1).transforms, of("tall_test"));
    expect(relative(moved, stored(golden, `${name}/test_fwd`))).toBeLessThan(1e-6);
  });

  test("loso_ridge agrees to 1e-6: a template without a subject, who is fitted to it", () => {
    const [train, held] = [of("tall_train"), of("tall_test")];
    const moved = train.map((samples, left) => {
      const others = train.filter((_, at) => at !== left).map((own) => alignSubject(own));
      const { commonSpace } = runInline(
        fitRidges(others, 2, () => RIDGES),
        ridgeTasks,
        portable,
      );
      const [own, template] = [portable.centre(samples), portable.centre(commonSpace)];
      const map = ridgeMap(portable, own.matrix, chosen(samples, commonSpace), template.matrix);
      const transform: Transform = {
        offsetIn: own.means,
        offsetOut: template.means,
        scale: 1,
        map: { kind: "dense", matrix: map },
      };
      return applyTransform(portable, transform, held[left] as Matrix);
    });
    expect(relative(moved, stored(golden, "loso_ridge/test_fwd"))).toBeLessThan(1e-6);
  });

  test.each([
    ["ridge_10", 10],
    ["ridge_1000", 1000],
    ["ridge_100000", 100_000],
    ["ridge_wide", 1000],
  ] as const)("Feilong's %s agrees to 1e-9", (name, added) => {
    const [x, y] = of(name === "ridge_wide" ? "wide_train" : "tall_train") as [Matrix, Matrix];
    const map = ridgeMap(portable, x, added, y);
    expect(relative([map], stored(goldenArchive("feilong"), `${name}/B`))).toBeLessThan(1e-9);
  });

  test("a diagonal map agrees with fmralign's to 1e-10", () => {
    const [x, y] = of("tall_train") as [Matrix, Matrix];
    // The other subject alone is the template that nothing is made anew of.
    const subjects = [alignSubject(y), alignSubject(y)];
    const checked = diagonal.parameters.parse({ iterations: 0 });
    const alignment = runInline(diagonal.fit(subjects, checked), diagonal.tasks, portable);
    const added = diagonal.addSubject(alignment, alignSubject(x) as AlignSubject, checked);
    const transform = runInline(added, diagonal.tasks, portable);
    const old = goldenArchive("fmralign_old");
    const factors = (old.get("diagonal/R") as NpyArray).data as Float64Array;
    const map = denseMap(portable, transform);
    const own = matrixFrom(
      1,
      30,
      Float64Array.from({ length: 30 }, (_, k) => map.data[k * 31] as number),
    );
    expect(relative([own], [matrixFrom(1, 30, factors)])).toBeLessThan(1e-10);
    const moved = forward([transform], of("tall_test"));
    expect(relative(moved, stored(old, "diagonal/test_fwd"))).toBeLessThan(1e-10);
  });
});
