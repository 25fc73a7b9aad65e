import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { AlignSubject } from "#app/align/aligner.ts";
import { promises } from "#app/align/promises.ts";
import type { Transform } from "#app/align/transform.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import { type NpyArray, readNpz } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { sharedFolder } from "#test/shared.ts";

const kernels = native ?? portable;

describe.skipIf(sharedFolder === null)("the ProMises model against its authors' package", () => {
  const golden = readNpz(readFileSync(join(import.meta.dirname, "promises.npz")));

  test.each([
    [0.01, 1],
    [0.1, 1],
    [1, 3],
  ])("a rotation of 108 voxels by 56 samples, prior %d of reach %d, agrees to 1e-9", (prior, reachMm) => {
    const inputs = goldenArchive("inputs");
    const places = Float64Array.from((inputs.get("grid_ijk") as NpyArray).data, Number);
    const [own, reference] = stored(inputs, "grid_train").map(
      (samples): AlignSubject => ({ ...alignSubject(samples), places }),
    ) as [AlignSubject, AlignSubject];
    const columns = { kind: "voxels" as const, voxels: reference.voxels, places };
    const space = { commonSpace: reference.samples, columns, transforms: [] };
    const staged = promises.addSubject(space, own, promises.parameters.parse({ prior, reachMm }));
    const { map } = runInline<Transform>(staged, promises.tasks, kernels);
    const wanted = stored(golden, `rotation_${prior}_${reachMm}`);
    expect(relative([(map as { matrix: Matrix }).matrix], wanted)).toBeLessThan(1e-9);
  });
});
