import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { completeMap } from "#app/align/completion.ts";
import { fitProcrustes, forwardSource, readySource, readyTarget } from "#app/align/procrustes.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { type Matrix, matrixFrom } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

interface Case {
  readonly id: string;
  readonly scaling: boolean;
  readonly reflection?: boolean;
  readonly source: string;
  readonly target: string;
  /** New rows of the source. */
  readonly held: string;
  /** Subjects of the stacks named. */
  readonly which: readonly [number, number];
  readonly change?: (samples: Matrix) => Matrix;
}

const tall = { source: "tall_train", target: "tall_train", held: "tall_test", which: [0, 1] } as const;
const raw = { source: "raw_train", target: "raw_train", which: [0, 1] } as const;
const wide = { source: "wide_train", target: "wide_train", held: "wide_test", which: [0, 1] } as const;
const flipped = (samples: Matrix) =>
  matrixFrom(
    samples.rows,
    samples.columns,
    samples.data.map((value, at) => (at % samples.columns === 0 ? -value : value)),
  );

/** PyMVPA's ProcrusteanMapper; least squares in place of rotations (its oblique cases) are another method. */
const cases: readonly Case[] = [
  { id: "default", scaling: true, ...tall },
  { id: "noscale", scaling: false, ...tall },
  { id: "flip", scaling: true, ...tall, change: flipped },
  { id: "noreflect", scaling: true, reflection: false, ...tall },
  { id: "noreflect_flip", scaling: true, reflection: false, ...tall, change: flipped },
  { id: "raw_uncentred", scaling: true, ...raw, held: "" },
  { id: "raw_uncentred_noscale", scaling: false, ...raw, held: "" },
  {
    id: "narrow_to_wide",
    scaling: true,
    source: "uneq_train",
    target: "uneq_train",
    held: "uneq_test",
    which: [0, 1],
  },
  {
    id: "wide_to_narrow",
    scaling: true,
    source: "uneq_train",
    target: "uneq_train",
    held: "uneq_test",
    which: [1, 0],
  },
  {
    id: "wide_to_narrow_noscale",
    scaling: false,
    source: "uneq_train",
    target: "uneq_train",
    held: "uneq_test",
    which: [1, 2],
  },
  { id: "T_lt_V", scaling: true, ...wide },
  { id: "T_lt_V_noscale", scaling: false, ...wide },
];

describe.skipIf(sharedFolder === null)("Procrustes against PyMVPA", () => {
  let inputs: Map<string, NpyArray>;
  let golden: Map<string, NpyArray>;
  let scales: Map<string, number>;

  beforeAll(() => {
    inputs = goldenArchive("inputs");
    golden = goldenArchive("procrustes_pymvpa");
    const file = join(sharedFolder ?? "", "data", "golden", "procrustes_pymvpa.json");
    const told: { cases: { id: string; outputs: { scale: { value: number } } }[] } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    scales = new Map(told.cases.map(({ id, outputs }) => [id, outputs.scale.value]));
  });

  test.each(cases)("$id agrees to 1e-8", (one) => {
    const { id, scaling, reflection = true, source, target, held, which, change } = one;
    const of = (name: string, at: number) => stored(inputs, name)[at] as Matrix;
    const own = change?.(of(source, which[0])) ?? of(source, which[0]);
    const theirs = of(target, which[1]);
    const ready = readySource(portable, own);
    const fit = fitProcrustes(portable, ready, readyTarget(portable, theirs, ready.wide !== null, false), {
      scaling,
      reflection,
    });
    const far = Int32Array.from({ length: theirs.columns }, (_, at) => 1000 + at);
    const near = Int32Array.from({ length: own.columns }, (_, at) => at);
    const transform: Transform = {
      offsetIn: ready.offset,
      offsetOut: fit.offsetOut,
      scale: fit.scale,
      map: completeMap(portable, fit, "thin", near, far),
    };
    expect(fit.scale).toBeCloseTo(scaling ? (scales.get(id) ?? Number.NaN) : 1, 10);
    const vector = (values: Float64Array) => [matrixFrom(1, values.length, values)];
    const row = (name: string) => vector((golden.get(`${id}/${name}`) as NpyArray).data);
    expect(largest(vector(transform.offsetIn), row("offset_in"))).toBeLessThan(1e-12);
    expect(largest(vector(transform.offsetOut), row("offset_out"))).toBeLessThan(1e-12);
    const train = stored(golden, `${id}/forward_train`);
    expect(relative([forwardSource(portable, ready, fit)], train)).toBeLessThan(1e-8);
    expect(relative([applyTransform(portable, transform, own)], train)).toBeLessThan(1e-8);
    const proj = stored(golden, `${id}/proj`);
    // Where T < V what the samples do not determine is arbitrary in PyMVPA, and not kept.
    expect(proj.length).toBe(id.startsWith("T_lt_V") ? 0 : 1);
    if (proj.length === 0) return;
    expect(relative([denseMap(portable, transform)], proj)).toBeLessThan(1e-8);
    const rows = held === "" ? plusOne(own, 10) : (change?.(of(held, which[0])) ?? of(held, which[0]));
    const moved = stored(golden, `${id}/forward_test`);
    expect(relative([applyTransform(portable, transform, rows)], moved)).toBeLessThan(1e-8);
  });
});

/** The first rows, one added to every value. */
function plusOne({ columns, data }: Matrix, rows: number): Matrix {
  return matrixFrom(
    rows,
    columns,
    data.subarray(0, rows * columns).map((value) => value + 1),
  );
}

function largest(got: readonly Matrix[], wanted: readonly Matrix[]): number {
  return Math.max(
    ...wanted.flatMap((matrix, which) =>
      [...matrix.data].map((value, at) => Math.abs(value - (got[which]?.data[at] ?? Number.NaN))),
    ),
  );
}
