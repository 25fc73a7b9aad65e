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
import { searchlightBlocks, searchlightGroups } from "#app/align/searchlight-blocks.ts";
import { centresOf, inVolume, type Searchlight, searchlightWeights } from "#app/align/searchlights.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { bestOf, voxelScores } from "#app/align/voxel-scores.ts";
import { warp } from "#app/align/warp.ts";
import { type Matrix, matrixFrom, takeColumns, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { meanOfLists } from "#app/linalg/vector.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { sharedFolder } from "#test/shared.ts";

type Scores = readonly Float64Array[];

/** How PyMVPA was called. */
interface Case {
  readonly parameters: object;
  readonly spacing: number | null;
  readonly centres: readonly number[];
  /** How many voxels are kept, or what share of them. */
  readonly keep: number;
  readonly scored: (own: Scores) => Scores;
  /** Whether the last subject is added to the space of the others. */
  readonly newcomer: boolean;
  /** Whether a searchlight counts at its centre alone. */
  readonly onlyCentre: boolean;
}

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

  describe("in searchlights against PyMVPA, each on its own and summed as it sums", () => {
    let golden: Map<string, NpyArray>;
    let places: Float64Array;

    beforeAll(() => {
      golden = goldenArchive("searchlight_pymvpa");
      places = Float64Array.from(numbers(inputs, "grid_ijk"));
    });

    const mean = (scores: readonly Float64Array[]) => scores.map(() => meanOfLists(scores));
    const [all, share, ten] = [1, 0.4, 10];

    test.each([
      ["default_r2", {}],
      ["ref2", { parameters: { reference: 2 } }],
      ["level2x0", { parameters: { level2Iterations: 0 } }],
      ["sparse2", { spacing: 2 }],
      ["mask3", { centres: [10, 50, 90] }],
      ["center_only", { onlyCentre: true }],
      ["exclude5", { newcomer: true }],
      ["featsel04", { keep: share }],
      ["featsel10", { keep: ten }],
      ["featsel04_same", { keep: share, scored: mean }],
    ] as [string, Partial<Case>][])("%s agrees to 1e-6", (name, given) => {
      const whole = { parameters: {}, spacing: null, keep: all, scored: (own: Scores) => own };
      const { parameters, spacing, centres, keep, scored, newcomer, onlyCentre } = { ...whole, ...given };
      const train = of("grid_train").map((samples) => ({ ...alignSubject(samples), places }));
      const checked = hyperalignment.parameters.parse({ completion: "thin", ...parameters });
      const sums = [0, 5].map(() => zeros(108, 108));
      const grid = inVolume(places);
      for (const one of Array.from(centres ?? centresOf(grid, spacing), grid.nearby(2))) {
        const scores = scored(
          voxelScores(
            kernels,
            train.map(({ samples }) => takeColumns(samples, one.columns)),
          ),
        );
        const kept = scores.map((own) =>
          bestOf(one, [own], keep < 1 || keep === 1 ? keep : keep / one.columns.length),
        );
        const local = train.map((subject, at) =>
          cropped(kernels, subject, (kept[at] as Searchlight).columns),
        );
        const [fitted, added] = newcomer ? [local.slice(0, 5), local[5]] : [local, undefined];
        const fit = runInline(hyperalignment.fit(fitted, checked), hyperalignment.tasks, kernels);
        const transforms = [...fit.transforms];
        if (added !== undefined) {
          const staged = hyperalignment.addSubject(fit, added, checked);
          transforms.push(runInline(staged, hyperalignment.tasks, kernels));
        }
        [0, 5].forEach((subject, at) => {
          const map = denseMap(kernels, transforms[subject] as Transform);
          const to = sums[at] as Matrix;
          const { columns: theirs, distances } = kept[0] as Searchlight;
          kept[subject]?.columns.forEach((row, i) => {
            theirs.forEach((column, j) => {
              if (onlyCentre && distances[j] !== 0) return;
              const place = row * 108 + column;
              to.data[place] = (to.data[place] as number) + (map.data[i * theirs.length + j] as number);
            });
          });
        });
      }
      const every = stored(golden, `${name}/proj`);
      const wanted =
        every.length > 0
          ? [every[0] as Matrix, every[5] as Matrix]
          : [...stored(golden, `${name}/proj_sub0`), ...stored(golden, `${name}/proj_sub5`)];
      expect(wanted).toHaveLength(2);
      expect(relative(sums, wanted)).toBeLessThan(1e-6);
    });

    test("scores of voxels agree to 1e-9", () => {
      const scores = voxelScores(kernels, of("grid_train"));
      expect(
        relative(
          scores.map((own) => row([...own])),
          scores.map((_, at) =>
            row(numbers(golden, "feature_scores/scores").slice(108 * at, 108 * at + 108)),
          ),
        ),
      ).toBeLessThan(1e-9);
    });
  });

  describe("in searchlights against Feilong's package", () => {
    let golden: Map<string, NpyArray>;
    let places: Float64Array;
    const rule = { radiusMm: 2, spacingMm: null, keep: 1 };
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
        blocks: searchlightBlocks(searchlightGroups(inVolume(places), rule), 108, rule),
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
