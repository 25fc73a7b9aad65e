import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cleaning } from "#app/contract/cleaning.ts";
import { cleanRows, runCleaner } from "#app/prepare/clean.ts";
import { noRegressors, type Regressors } from "#app/prepare/confounds.ts";
import { zscoreRows } from "#app/prepare/zscore-rows.ts";
import { cleanGolden, farthest } from "#test/golden/clean-archive.ts";

const [T, V] = [60, 20];
const image = { subject: "sub-01", run: "task-a", repetitionTimeSeconds: 2 };
const { data: table } = cleanGolden("confounds");
const confounds: Regressors = {
  ...noRegressors,
  columns: Array.from({ length: 7 }, (_, at) => ({
    name: `c${at}`,
    values: Float64Array.from({ length: T }, (_, row) => table[row * 7 + at] as number),
  })),
};
const scrubbed: Regressors = { ...confounds, marked: [...cleanGolden("marked").data] };

async function cleaned(
  steps: Record<string, unknown>,
  regressors: Regressors = noRegressors,
): Promise<Float32Array> {
  const values = Float32Array.from(cleanGolden("signals").data);
  const cleaner = runCleaner(image, Cleaning.parse(steps), regressors, T);
  await cleanRows(values, V, cleaner);
  return values;
}

/** nilearn keeps the mean where it does not detrend; here it goes first, as z-scoring takes what is left of it. */
function centred(values: ArrayLike<number>): number[] {
  const means = Array.from(
    { length: V },
    (_, v) =>
      Array.from(values)
        .filter((_, at) => at % V === v)
        .reduce((a, b) => a + b) / T,
  );
  return Array.from(values, (value, at) => value - (means[at % V] as number));
}

describe("cleaning agrees with nilearn.signal.clean", () => {
  test.each([
    ["detrend", { detrend: "linear" }, noRegressors],
    ["confounds_only", {}, confounds],
    ["detrend_confounds", { detrend: "linear" }, confounds],
    ["high_pass", { highPassHertz: 0.01 }, noRegressors],
    ["detrend_high_pass_confounds", { detrend: "linear", highPassHertz: 0.01 }, confounds],
    ["scrubbed", { detrend: "linear" }, scrubbed],
    ["quadratic", { detrend: "quadratic" }, confounds],
  ])("%s", async (name, steps, regressors) => {
    const wanted = centred(cleanGolden(name).data);
    expect(farthest(centred(await cleaned(steps, regressors)), wanted)).toBeLessThan(1e-5);
  });

  test("z-scored, with the population's standard deviation in place of the sample's", async () => {
    const values = await cleaned({ detrend: "linear", highPassHertz: 0.02 }, confounds);
    zscoreRows(values, V, 0, T);
    const wanted = cleanGolden("zscored").data.map((value) => value * Math.sqrt(T / (T - 1)));
    expect(farthest(values, wanted)).toBeLessThan(1e-5);
  });
});

test("columns that depend on others or never change are not counted as confounds", () => {
  const cleaner = runCleaner(image, Cleaning.parse({ detrend: "linear" }), confounds, T);
  expect([cleaner.confounds.length, cleaner.trends.length]).toStrictEqual([5, 2]);
});

test("a large column that never changes is not blown up from its round-off", () => {
  const flat = { name: "flat", values: new Float64Array(T).fill(123456.7) };
  const cleaner = runCleaner(image, Cleaning.parse({}), { ...noRegressors, columns: [flat] }, T);
  expect(cleaner.confounds).toStrictEqual([]);
});

test("marked volumes are at the fitted value, and change nothing of the others' fit", async () => {
  const steps = { detrend: "linear" };
  const values = Float32Array.from(cleanGolden("signals").data);
  const spoilt = values.map((value, at) => (Math.floor(at / V) === 17 ? value + 5000 : value));
  const cleaner = runCleaner(image, Cleaning.parse(steps), scrubbed, T);
  await cleanRows(values, V, cleaner);
  await cleanRows(spoilt, V, cleaner);
  for (const row of scrubbed.marked) {
    expect(Math.max(...values.subarray(row * V, (row + 1) * V).map(Math.abs))).toBeLessThan(1e-3);
  }
  expect(farthest(spoilt, values)).toBeLessThan(1e-5);
});

test("flags a voxel of which only round-off is left, and leaves what is not finite as it is", async () => {
  const values = new Float32Array(T * 3);
  for (let row = 0; row < T; row++) {
    values[row * 3] = 900 + 4 * row;
    values[row * 3 + 1] = Math.sin(row * row);
    values[row * 3 + 2] = row === 5 ? Number.NaN : row;
  }
  const cleaner = runCleaner(image, Cleaning.parse({ detrend: "linear" }), noRegressors, T);
  expect([...(await cleanRows(values, 3, cleaner))]).toStrictEqual([1, 0, 0]);
  expect(values[1]).toBeGreaterThan(-1);
  expect(values[2]).toBeNaN();
});

test("more voxels than a panel are cleaned as each alone", async () => {
  const wide = 150;
  const values = Float32Array.from({ length: T * wide }, (_, at) => Math.sin(at * 1.7) * 10 + (at % wide));
  const one = Float32Array.from({ length: T }, (_, row) => values[row * wide + 149] as number);
  const cleaner = runCleaner(image, Cleaning.parse({ detrend: "linear", highPassHertz: 0.02 }), scrubbed, T);
  await cleanRows(values, wide, cleaner);
  await cleanRows(one, 1, cleaner);
  expect(Array.from({ length: T }, (_, row) => values[row * wide + 149])).toStrictEqual([...one]);
});

test("cleaning by the same confounds twice is cleaning once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 12, maxLength: 12 }), {
        maxLength: 4,
      }),
      fc.constantFrom("none", "linear", "quadratic"),
      async (columns, detrend) => {
        const regressors = {
          ...noRegressors,
          columns: columns.map((column, at) => ({ name: `${at}`, values: Float64Array.from(column) })),
        };
        const cleaner = runCleaner(image, Cleaning.parse({ detrend }), regressors, 12);
        const values = Float32Array.from({ length: 12 }, (_, row) => 50 * Math.sin(row * row + 1));
        await cleanRows(values, 1, cleaner);
        const twice = values.slice();
        await cleanRows(twice, 1, cleaner);
        expect(Math.max(...twice.map((value, at) => Math.abs(value - (values[at] ?? 0))))).toBeLessThan(1e-4);
        for (const { values: column } of regressors.columns) {
          const mean = column.reduce((a, b) => a + b, 0) / 12;
          const along = column.reduce((sum, value, row) => sum + (value - mean) * (values[row] ?? 0), 0);
          expect(Math.abs(along)).toBeLessThan(0.1);
        }
      },
    ),
    { seed: 4 },
  );
});

test("refuses what would leave nothing, and a filter that can't be", () => {
  const refuse = (
    steps: Record<string, unknown>,
    regressors: Regressors,
    rows: number,
    tr: number | null = 2,
  ) =>
    expect(() =>
      runCleaner({ ...image, repetitionTimeSeconds: tr }, Cleaning.parse(steps), regressors, rows),
    );
  refuse({ detrend: "linear" }, confounds, 8).toThrow(
    "task-a has 8 usable volumes in sub-01, too few to be cleaned as asked: confounds, marked volumes and trends take 7 degrees of freedom.",
  );
  refuse({ highPassHertz: 0.01 }, noRegressors, 18).toThrow("the high-pass filter needs more than 18");
  refuse({ highPassHertz: 0.25 }, noRegressors, T).toThrow("leaves nothing of volumes taken every 2 s");
  refuse({ highPassHertz: 0.01 }, noRegressors, T, null).toThrow("the repetition time of task-a of sub-01");
});

test("stops when asked to", async () => {
  const wide = 20_000;
  const values = new Float32Array(T * wide);
  const cleaner = runCleaner(image, Cleaning.parse({ highPassHertz: 0.02 }), scrubbed, T);
  const reason = new Error("stop");
  const stop = new AbortController();
  stop.abort(reason);
  await expect(cleanRows(values, wide, cleaner, stop.signal)).rejects.toBe(reason);
});
