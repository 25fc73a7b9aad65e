import { beforeAll, describe, expect, test } from "vitest";
import { type Aligner, type Alignment, type AlignSubject, columnsOf } from "#app/align/aligner.ts";
import { generalisedProcrustes } from "#app/align/generalised-procrustes.ts";
import { hyperalignment } from "#app/align/hyperalignment.ts";
import { inParcels } from "#app/align/in-parcels.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";
import { pairwise } from "#app/align/pairwise.ts";
import { cropped } from "#app/align/pieces.ts";
import { fitRidges } from "#app/align/ridge.ts";
import { ridgeTasks } from "#app/align/ridge-tasks.ts";
import { centresOf, inVolume, searchlightWeights } from "#app/align/searchlights.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { warp } from "#app/align/warp.ts";
import { type Matrix, matrixFrom, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { sharedFolder } from "#test/shared.ts";

/** The native ones where they are built: there are hundreds of small decompositions. */
const kernels = native ?? portable;

describe.skipIf(sharedFolder === null)("methods in pieces", () => {
  let inputs: Map<string, NpyArray>;
  const of = (name: string) => stored(inputs, name);
  const numbers = (archive: Map<string, NpyArray>, name: string) =>
    Array.from((archive.get(name) as NpyArray).data, Number);

  beforeAll(() => {
    inputs = goldenArchive("inputs");
  });

  describe("in parcels against fmralign", () => {
    const labels = Int32Array.from({ length: 30 }, (_, voxel) => 1 + Math.floor(voxel / 10));
    let golden: Map<string, NpyArray>;

    beforeAll(() => {
      golden = goldenArchive("fmralign");
    });

    test("group_procrustes_pieces agrees to 1e-6 but for scale, which the template's norm decides", () => {
      const subjects = of("tall_train").map((own) => alignSubject(own));
      const fitted = (iterations: number) => {
        const aligner = inParcels(generalisedProcrustes, labels);
        const checked = aligner.parameters.parse({ iterations, tolerance: 0, completion: "thin" });
        return runInline(aligner.fit(subjects, checked), aligner.tasks, kernels);
      };
      const { transforms } = fitted(1);
      const held = of("tall_test");
      const moved = transforms.map((one, at) => applyTransform(kernels, one, held[at] as Matrix));
      const wanted = stored(golden, "group_procrustes_pieces/test_fwd");
      for (const piece of [0, 1, 2]) {
        const own = (matrices: readonly Matrix[]) =>
          unit(matrices.map((one) => columnsFrom(one, 10 * piece)));
        expect(relative(own(moved), own(wanted))).toBeLessThan(1e-6);
      }
    });

    test("group_ridge_pieces agrees to 1e-6", () => {
      const wanted = stored(golden, "group_ridge_pieces/template")[0] as Matrix;
      for (const piece of [0, 1, 2]) {
        const subjects = of("tall_train").map((own) => alignSubject(columnsFrom(own, 10 * piece)));
        const staged = fitRidges(subjects, 2, () => [0.1, 1, 10, 100, 1000]);
        const { commonSpace } = runInline(staged, ridgeTasks, kernels);
        expect(relative([commonSpace], [columnsFrom(wanted, 10 * piece)])).toBeLessThan(1e-6);
      }
    });
  });

  test.each([
    ["default_r2", {}, null],
    ["ref2", { reference: 2 }, null],
    ["level2x0", { level2Iterations: 0 }, null],
    ["sparse2", {}, 2],
  ] as const)(
    "hyperalignment of each searchlight is PyMVPA's to 1e-6, summed as it sums: %s",
    (name, parameters, spacing) => {
      const golden = goldenArchive("searchlight_pymvpa");
      const places = Float64Array.from(numbers(inputs, "grid_ijk"));
      const train = of("grid_train").map((samples) => ({ ...alignSubject(samples), places }));
      const checked = hyperalignment.parameters.parse({ completion: "thin", ...parameters });
      const sums = [0, 5].map(() => zeros(108, 108));
      const grid = inVolume(places);
      for (const { columns } of Array.from(centresOf(grid, spacing), grid.nearby(2))) {
        const local = train.map((subject) => cropped(portable, subject, columns));
        const staged = hyperalignment.fit(local, checked);
        const { transforms } = runInline(staged, hyperalignment.tasks, kernels);
        [0, 5].forEach((subject, at) => {
          const map = denseMap(kernels, transforms[subject] as Transform);
          const to = sums[at] as Matrix;
          columns.forEach((row, i) => {
            columns.forEach((column, j) => {
              const place = row * 108 + column;
              to.data[place] = (to.data[place] as number) + (map.data[i * columns.length + j] as number);
            });
          });
        });
      }
      const all = stored(golden, `${name}/proj`);
      const wanted =
        all.length > 0
          ? [all[0] as Matrix, all[5] as Matrix]
          : [...stored(golden, `${name}/proj_sub0`), ...stored(golden, `${name}/proj_sub5`)];
      expect(wanted).toHaveLength(2);
      expect(relative(sums, wanted)).toBeLessThan(1e-6);
    },
  );

  describe("in searchlights against Feilong's package", () => {
    let golden: Map<string, NpyArray>;
    let places: Float64Array;
    const rule = { radiusMm: 2, spacingMm: null };
    const rotation = { reflection: true, scaling: false, completion: "thin" };
    const subjectOf = (samples: Matrix): AlignSubject => ({ ...alignSubject(samples), places });

    beforeAll(() => {
      golden = goldenArchive("feilong");
      places = Float64Array.from(numbers(inputs, "grid_ijk"));
    });

    function onto(
      inner: Aligner,
      parameters: object,
      space: Matrix,
      samples: readonly Matrix[],
    ): Transform[] {
      const aligner = inSearchlights(inner, rule);
      const alignment: Alignment = {
        commonSpace: space,
        columns: columnsOf(subjectOf(space)),
        transforms: [],
      };
      const checked = aligner.parameters.parse(parameters);
      return samples.map((own) =>
        runInline(aligner.addSubject(alignment, subjectOf(own), checked), aligner.tasks, kernels),
      );
    }

    test("searchlights hold their voxels, which weigh as theirs to 1e-12", () => {
      const all = Int32Array.from({ length: 108 }, (_, at) => at);
      const searchlights = Array.from(all, inVolume(places).nearby(2));
      expect(searchlights.map(({ columns }) => columns.length)).toStrictEqual(
        numbers(golden, "searchlight_weights/sizes"),
      );
      expect(searchlights.flatMap(({ columns }) => [...columns])).toStrictEqual(
        numbers(golden, "searchlight_weights/members"),
      );
      const weights = searchlightWeights(searchlights, 108, 2).flatMap((own) => [...own]);
      const flat = numbers(golden, "searchlight_weights/flat");
      expect(relative([row(weights)], [row(flat)])).toBeLessThan(1e-12);
    });

    test.each([
      ["T", {}],
      ["T_scaling", { scaling: true }],
      ["T_noreflection", { reflection: false }],
    ] as const)(
      "rotations of one subject to another agree to 1e-8: searchlight_procrustes/%s",
      (name, other) => {
        const [x, y] = of("grid_train") as [Matrix, Matrix];
        const maps = onto(pairwise, { ...rotation, ...other }, y, [x]).map((one) => denseMap(kernels, one));
        expect(relative(maps, stored(golden, `searchlight_procrustes/${name}`))).toBeLessThan(1e-8);
      },
    );

    test.each([
      ["T", 1000],
      ["T_alpha10", 10],
    ] as const)("ridge regressions agree to 1e-8: searchlight_ridge/%s", (name, alpha) => {
      const [x, y] = of("grid_train") as [Matrix, Matrix];
      // Theirs is not relative to the samples: the mean square of a z-scored searchlight's values is T.
      const maps = onto(warp, { ridge: alpha / 56 }, y, [x]).map((one) => denseMap(kernels, one));
      expect(relative(maps, stored(golden, `searchlight_ridge/${name}`))).toBeLessThan(1e-8);
    });

    test.each(["pca", "pcav1", "pcav2"] as const)(
      "the %s template is within what their randomised decomposition is off, and the ways to theirs agree to 1e-8",
      (template) => {
        const name = `searchlight_template_${template}`;
        const [train, held] = [of("grid_train"), of("grid_test")];
        const [theirs] = stored(golden, `${name}/template`) as [Matrix];
        const aligner = inSearchlights(warp, rule);
        const checked = aligner.parameters.parse({ template });
        const { commonSpace } = runInline(aligner.fit(train.map(subjectOf), checked), aligner.tasks, kernels);
        expect(relative([commonSpace], [theirs])).toBeLessThan(0.05);
        const rotated = onto(warp, { ...rotation, map: "rotation" }, theirs, train);
        expect(
          relative([denseMap(kernels, rotated[0] as Transform)], stored(golden, `${name}/warp_sub0`)),
        ).toBeLessThan(1e-8);
        const moved = rotated.map((one, at) => applyTransform(kernels, one, held[at] as Matrix));
        expect(relative(moved, stored(golden, `${name}/test_fwd`))).toBeLessThan(1e-8);
        const regressed = onto(warp, { ridge: 1000 / 56 }, theirs, train);
        const said = regressed.map((one, at) => applyTransform(kernels, one, held[at] as Matrix));
        expect(relative(said, stored(golden, `${name}/test_fwd_ridge`))).toBeLessThan(1e-8);
      },
    );
  });
});

function row(values: readonly number[]): Matrix {
  return matrixFrom(1, values.length, values);
}

/** Ten columns. */
function columnsFrom({ rows, columns, data }: Matrix, first: number): Matrix {
  return matrixFrom(
    rows,
    10,
    data.filter((_, at) => at % columns >= first && at % columns < first + 10),
  );
}

/** All divided by the Frobenius norm of all. */
function unit(matrices: readonly Matrix[]): Matrix[] {
  const squares = matrices.flatMap(({ data }) => [...data]).reduce((sum, value) => sum + value * value, 0);
  return matrices.map(({ data, ...size }) => ({ ...size, data: data.map((v) => v / Math.sqrt(squares)) }));
}
