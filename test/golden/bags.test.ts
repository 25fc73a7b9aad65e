import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { baggedRidgeMap, bagOf } from "#app/align/bags.ts";
import { type Matrix, takeColumns } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import { readNpz } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { sharedFolder } from "#test/shared.ts";

const kernels = native ?? portable;

describe.skipIf(sharedFolder === null)("bags of samples against Feilong's package", () => {
  const golden = readNpz(readFileSync(join(import.meta.dirname, "bags.npz")));

  test.each([
    ["grid_train", 1000],
    ["tall_train", 10],
  ] as const)("ridge regressions averaged over its ten bags of %s agree to 1e-9", (name, alpha) => {
    const [own, other] = stored(goldenArchive("inputs"), name) as [Matrix, Matrix];
    const [draws] = stored(golden, `${name}/rows`) as [Matrix];
    const bags = Array.from({ length: draws.rows }, (_, bag) =>
      bagOf(Int32Array.from(draws.data.subarray(bag * draws.columns, (bag + 1) * draws.columns))),
    );
    const target = takeColumns(other, [0, 1, 2, 3, 4, 5]);
    const map = baggedRidgeMap(kernels, own, alpha, target, bags);
    expect(relative([map], stored(golden, `${name}/weights_${alpha}`))).toBeLessThan(1e-9);
  });
});
