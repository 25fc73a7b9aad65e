import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { aligners } from "#app/align/aligners.ts";
import { backProjected } from "#app/align/back-projection.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { wayBack } from "#app/align/way-back.ts";
import { weightTable } from "#app/cli/weights-command.ts";
import { type Matrix, takeRows } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { writeResults } from "#app/results/results-folder.ts";
import { transformFiles } from "#app/results/transform-files.ts";
import { feedingVoxels } from "#app/run/feeding-voxels.ts";
import { foretoldPattern } from "#app/run/foretold-pattern.ts";
import { keptSpace } from "#app/run/kept-space.ts";
import { LastTransform } from "#app/run/last-transform.ts";
import { patternCorrelation } from "#renderer/brain/pattern-correlation.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { traitsOf } from "#test/align/traits.ts";
import { readNpz } from "#test/golden/npz.ts";
import { noise } from "#test/linalg/noise.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const NUMPY = "2.3.5";
const SCIPY = "1.16.3";

/** NumPy and SciPy in an environment of the project's own, made the first time. */
function python(): string {
  const folder = join("node_modules", ".cache", `concord-numpy-${NUMPY}-scipy-${SCIPY}`);
  const bin = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (!existsSync(join(folder, "done"))) {
    const system = process.platform === "win32" ? "python" : "python3";
    execFileSync(system, ["-m", "venv", folder]);
    execFileSync(bin, ["-m", "pip", "install", "--quiet", `numpy==${NUMPY}`, `scipy==${SCIPY}`]);
    execFileSync(bin, ["-c", `open(r"${join(folder, "done")}", "w")`]);
  }
  return bin;
}

/** What docs/transform-files.md says, word for word. */
const APPLY = `
import json, sys
import numpy as np
import scipy.sparse

def apply(transform, X):
    X = X - transform["offset_in"]
    if "matrix" in transform:
        Y = X @ transform["matrix"]
    elif "indptr" in transform:
        parts = transform["data"], transform["indices"], transform["indptr"]
        Y = X @ scipy.sparse.csc_array(parts, shape=transform["shape"])
    else:
        Y = X @ transform["left"].T @ transform["core"] @ transform["right"]
        Y[:, transform["shared_target"]] += X[:, transform["shared_source"]]
    return Y * transform["scale"] + transform["offset_out"]

def apply_back(transform, Y, S, back):
    if back == "transpose":
        Y = (Y - transform["offset_out"]) / transform["scale"]
        if "matrix" in transform:
            X = Y @ transform["matrix"].T
        elif "indptr" in transform:
            parts = transform["data"], transform["indices"], transform["indptr"]
            X = Y @ scipy.sparse.csc_array(parts, shape=transform["shape"]).T
        else:
            X = Y @ transform["right"].T @ transform["core"].T @ transform["left"]
            X[:, transform["shared_source"]] += Y[:, transform["shared_target"]]
        return X + transform["offset_in"]
    Y = Y - S.mean(axis=0)
    if back == "samples":
        Y = Y @ (S - S.mean(axis=0)).T
    return Y @ transform["back"] + transform["back_offset"]

folder = sys.argv[1]
told = json.load(open(f"{folder}/transforms/transforms.json"))
X = np.load(f"{folder}/X.npy")
S = np.load(f"{folder}/{told['folds'][0]['commonSpace']}")["samples"]
for subject in told["folds"][0]["subjects"]:
    transform = np.load(f"{folder}/{subject['file']}")
    Y = apply(transform, X)
    if subject["kind"] == "sparse":
        assert scipy.sparse.load_npz(f"{folder}/{subject['file']}").shape == (X.shape[1], Y.shape[1])
    print(json.dumps([Y.ravel().tolist(), apply_back(transform, Y, S, subject["back"]).ravel().tolist()]))
`;

function kept(name: string, samples: readonly Matrix[], fold = "run-1") {
  const aligner = aligners[name];
  if (aligner === undefined) throw new Error(`there is no ${name}`);
  const subjects = samples.map((own) => alignSubject(own));
  const parameters = aligner.parameters.parse(traitsOf(name)[0]?.parameters);
  const alignment = runInline(aligner.fit(subjects, parameters), aligner.tasks, portable);
  const indices = Int32Array.from({ length: 40 }, (_, at) => 1000 + at);
  const names = samples.map((_, at) => `sub-0${at + 1}`);
  // Two faces and a house tested; there is no cat among them.
  const tested = alignment.transforms.map((transform, at) =>
    applyTransform(portable, transform, takeRows(samples[at] as Matrix, [0, 1, 2])),
  );
  const words = {
    fold,
    runs: ["run-2"],
    names,
    indices,
    codes: [1, 0, 1],
    classes: ["house", "face", "cat"],
  };
  const { commonSpace, columns } = alignment;
  const backs = alignment.transforms.map((transform, at) =>
    wayBack(portable, { transform, samples: samples[at] as Matrix, commonSpace, columns }),
  );
  const space = keptSpace({ subjects, alignment, backs, tested }, words);
  const grid = { kind: "columns" as const, dimensions: [2000, 1, 1] as [number, number, number], affine: [] };
  return { alignment, backs, space, files: transformFiles([space], { method: name, parameters: {}, grid }) };
}

describe("files of transforms", () => {
  test("hold the voxels of the grid, the common space and what it is", () => {
    const { files, alignment } = kept("hyperalignment", [noise(8, 20, 1), noise(8, 20, 2)]);
    expect(Object.keys(files)).toStrictEqual([
      "transforms/run-1/common-space.npz",
      "transforms/run-1/sub-01.npz",
      "transforms/run-1/sub-02.npz",
      "transforms/transforms.json",
    ]);
    const own = readNpz(Buffer.from(files["transforms/run-1/sub-01.npz"] as Uint8Array));
    expect([...(own.get("voxels")?.data ?? [])].slice(0, 3)).toStrictEqual([1000, 1001, 1002]);
    expect(own.get("left")?.shape[1]).toBe(20);
    const space = readNpz(Buffer.from(files["transforms/run-1/common-space.npz"] as Uint8Array));
    expect(space.get("samples")?.shape).toStrictEqual([8, 20]);
    expect([...(space.get("samples")?.data ?? [])]).toStrictEqual([...alignment.commonSpace.data]);
    expect(JSON.parse(files["transforms/transforms.json"] as string)).toMatchObject({
      version: 2,
      method: "hyperalignment",
      folds: [
        {
          fold: "run-1",
          runs: ["run-2"],
          columns: "voxels",
          width: 20,
          rows: 8,
          conditions: ["house", "face"],
        },
      ],
    });
    expect(space.get("patterns")?.shape).toStrictEqual([2, 2, 20]);
  });

  test.each([
    ["hyperalignment", 25],
    ["hyperalignment", 6],
    ["weighted-mcca", 12],
    ["diagonal", 7],
  ] as const)("are read again, and tell what feeds a column: %s of %d voxels", async (name, voxels) => {
    const samples = [1, 2, 3].map((seed) => noise(10, voxels, seed));
    const { files, alignment } = kept(name, samples);
    const folder = join(temporaryFolder("weights"), "out");
    await writeResults(folder, files);
    const last = new LastTransform();
    const map = denseMap(portable, alignment.transforms[1] as Transform);
    for (const column of [0, map.columns - 1]) {
      const found = await feedingVoxels({ folder, subject: "sub-02", fold: "run-1", column }, last);
      expect([...found.voxels].slice(0, 2)).toStrictEqual([1000, 1001]);
      expect(found.columnVoxel).toBe(name === "weighted-mcca" ? null : 1000 + column);
      found.weights.forEach((weight, voxel) => {
        expect(weight).toBeCloseTo(map.data[voxel * map.columns + column] as number, 12);
      });
    }
    const strange = feedingVoxels({ folder, subject: "sub-02", fold: null, column: map.columns }, last);
    await expect(strange).rejects.toThrow(`The transforms have no column ${map.columns}.`);
    const nobody = feedingVoxels({ folder, subject: "sub-09", fold: null, column: 0 }, last);
    await expect(nobody).rejects.toThrow("The transforms have no sub-09.");
    const table = weightTable(
      await feedingVoxels({ folder, subject: "sub-01", fold: null, column: 0 }, last),
    );
    expect(table.split("\n")[1]).toMatch(/^1000\tn\/a\tn\/a\tn\/a\t/);
  });

  test.each(["hyperalignment", "ridge"])(
    "tell what the others' samples of a condition are in a subject's own voxels: %s",
    async (name) => {
      const whole = noise(12, 6, 1);
      const samples = [2, 3, 4].map((seed) => {
        const { vectors } = portable.eigenSymmetric(portable.gram(noise(6, 9, seed)));
        return portable.multiply(whole, vectors);
      });
      const folder = join(temporaryFolder("foretold"), "out");
      await writeResults(folder, kept(name, samples).files);
      const asked = { folder, subject: "sub-02" };
      const last = new LastTransform();
      const found = await foretoldPattern({ ...asked, condition: "face" }, last, portable);
      expect(found).toMatchObject({ way: name === "ridge" ? "ridge" : "orthogonal", folds: 1 });
      expect([...found.voxels]).toStrictEqual([1000, 1001, 1002, 1003, 1004, 1005]);
      // Subjects are rotations of one another, so that the others foretell the subject's own mean of rows 0 and 2.
      const { data } = samples[1] as Matrix;
      const own = Float32Array.from(
        { length: 6 },
        (_, at) => ((data[at] as number) + (data[12 + at] as number)) / 2,
      );
      expect(patternCorrelation(Float32Array.from(found.values), own)).toBeGreaterThan(0.97);
      await expect(foretoldPattern({ ...asked, condition: "cat" }, last, portable)).rejects.toThrow(
        "No fold of this run tested cat",
      );
    },
  );

  test("are read once for all columns, and anew where another run lies in their folder", async () => {
    const folder = join(temporaryFolder("last-transform"), "out");
    const asked = { subject: "sub-02", fold: "run-1" };
    const last = new LastTransform();
    await expect(last.of(folder, asked)).rejects.toThrow("is not a whole Results folder");
    await writeResults(folder, kept("diagonal", [noise(8, 5, 1), noise(8, 5, 2)]).files);
    const first = await last.of(folder, asked);
    expect(await last.of(folder, asked)).toBe(first);
    expect((await last.of(folder, { ...asked, subject: "sub-01" })).transform.subject).toBe("sub-01");
    await rm(folder, { recursive: true });
    await writeResults(folder, kept("diagonal", [noise(8, 6, 1), noise(8, 6, 2)]).files);
    expect((await last.of(folder, asked)).width).toBe(6);
  });

  test("are the same bytes again", () => {
    const samples = [noise(8, 5, 1), noise(8, 5, 2)];
    expect(kept("weighted-mcca", samples).files).toStrictEqual(kept("weighted-mcca", samples).files);
  });

  test("have names that stay in their folder, whatever runs and subjects are called", () => {
    const { space } = kept("weighted-mcca", [noise(8, 5, 1), noise(8, 5, 2)]);
    const named = {
      ...space,
      fold: "../../etc",
      transforms: space.transforms.map((one) => ({ ...one, subject: "a/../../b" })),
    };
    const grid = { kind: "columns" as const, dimensions: [9, 1, 1] as [number, number, number], affine: [] };
    expect(Object.keys(transformFiles([named], { method: "x", parameters: {}, grid }))).toStrictEqual([
      "transforms/fold-1/common-space.npz",
      "transforms/fold-1/subject-1.npz",
      "transforms/fold-1/subject-2.npz",
      "transforms/transforms.json",
    ]);
  });

  test("are read and applied by NumPy and SciPy, dense, factored and sparse, to 1e-10", async () => {
    const bin = python();
    for (const [name, voxels] of [
      ["hyperalignment", 25],
      ["hyperalignment", 6],
      ["weighted-mcca", 12],
      ["ridge", 14],
      ["diagonal", 7],
    ] as const) {
      const samples = [1, 2, 3].map((seed) => noise(10, voxels, seed));
      const { files, alignment, backs } = kept(name, samples);
      const folder = temporaryFolder("numpy");
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      const fresh = noise(4, voxels, 9);
      const input = JSON.stringify([fresh.rows, fresh.columns, [...fresh.data]]);
      const save = `import json,sys,numpy as np; r,c,d=json.load(sys.stdin); np.save(sys.argv[1], np.array(d).reshape(r,c))`;
      execFileSync(bin, ["-c", save, join(folder, "X.npy")], { input });
      const lines = execFileSync(bin, ["-c", APPLY, folder], { encoding: "utf8" }).trim().split("\n");
      expect(lines).toHaveLength(3);
      lines.forEach((line, at) => {
        const transform = alignment.transforms[at] as Transform;
        const there = applyTransform(portable, transform, fresh);
        const { commonSpace } = alignment;
        const again = backProjected(portable, { transform, back: backs[at] ?? null, commonSpace }, there);
        const [moved, back] = JSON.parse(line) as [number[], number[]];
        for (const [got, wanted] of [
          [moved, there.data],
          [back, again.samples.data],
        ] as const) {
          got.forEach((value, k) => {
            expect(Math.abs(value - (wanted[k] as number))).toBeLessThan(1e-10);
          });
        }
      });
      await rm(folder, { recursive: true });
    }
  }, 120_000);
});
