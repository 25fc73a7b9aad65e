import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Aligner, Alignment, AlignSubject } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { applyTransform, denseMap, type Transform } from "#app/align/transform.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, takeColumns, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { runInline } from "#app/linalg/task.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { type Traits, traitsOf, usedAs } from "#test/align/traits.ts";
import { native } from "#test/linalg/native-kernels.ts";
import { noise } from "#test/linalg/noise.ts";

/** A method and what may be expected of it. */
interface Case {
  readonly title: string;
  readonly aligner: Aligner;
  readonly traits: Traits;
  readonly linalg: Linalg;
}

const kernels: readonly Linalg[] = native === null ? [portable] : [portable, native];

const cases: readonly Case[] = Object.values(aligners).flatMap((aligner) =>
  traitsOf(aligner.name).flatMap((traits) =>
    kernels.map((linalg) => ({
      title: [aligner.name, traits.variant, linalg.name].filter((word) => word !== "").join(", "),
      aligner: usedAs(aligner, traits),
      traits,
      linalg,
    })),
  ),
);

function alignAll({ aligner, traits, linalg }: Case, subjects: readonly AlignSubject[]) {
  const parameters = aligner.parameters.parse(traits.parameters);
  return runInline(aligner.fit(subjects, parameters), aligner.tasks, linalg);
}

function moved(transform: Transform | undefined, samples: Matrix | undefined): Matrix {
  const out = applyTransform(portable, transform as Transform, samples as Matrix);
  portable.zscore(out);
  return out;
}

function distance(a: Matrix, b: Matrix): number {
  const size = Math.sqrt(b.data.reduce((sum, value) => sum + value * value, 0));
  const apart = a.data.reduce((sum, value, at) => sum + (value - (b.data[at] as number)) ** 2, 0);
  return Math.sqrt(apart) / Math.max(size, 1e-300);
}

/** Z-scored rows × voxels: what subjects share, each turned in its own way as the method undoes it, and noise. */
function planted(rows: number, voxels: number, subjects: number, loud: number, seed: number) {
  const rank = Math.min(3, voxels);
  const courses = noise(2 * rows, rank, seed);
  return Array.from({ length: subjects }, (_, at) => {
    const samples = portable.multiply(courses, noise(rank, voxels, seed + 100 + at));
    const own = noise(2 * rows, voxels, seed + 200 + at);
    for (let k = 0; k < own.data.length; k++) {
      samples.data[k] = (samples.data[k] as number) + loud * (own.data[k] as number);
    }
    portable.zscore(samples);
    const half = samples.data.length / 2;
    return {
      fitted: matrixFrom(rows, voxels, samples.data.subarray(0, half)),
      held: matrixFrom(rows, voxels, samples.data.subarray(half)),
    };
  });
}

const allAreFinite = (matrix: Matrix) => matrix.data.every(Number.isFinite);

describe.each(cases)("$title", (one) => {
  const { aligner, traits, linalg } = one;

  test("has a label, help, a paper and a title and help for each parameter", () => {
    expect(aligner.label.length).toBeGreaterThan(3);
    expect(aligner.help.split(". ").length).toBeGreaterThanOrEqual(2);
    expect(aligner.references.length).toBeGreaterThan(0);
  });

  test("brings identical subjects to the same place, fitted rows and others", () => {
    const { fitted, held } = planted(12, 6, 1, 0.5, 1)[0] as { fitted: Matrix; held: Matrix };
    const subjects = [fitted, fitted, fitted].map((samples) => alignSubject(samples));
    const { transforms } = alignAll(one, subjects);
    for (const transform of transforms) {
      expect(distance(moved(transform, fitted), moved(transforms[0], fitted))).toBeLessThan(1e-6);
      expect(distance(moved(transform, held), moved(transforms[0], held))).toBeLessThan(1e-6);
    }
  });

  if (traits.recovers === "rotations")
    test("recovers what is planted in other voxels of every subject", () => {
      const subjects = planted(60, 8, 4, 0.3, 3);
      const { transforms, columns } = alignAll(
        one,
        subjects.map(({ fitted }) => alignSubject(fitted)),
      );
      const weights = columns.kind === "components" ? columns.weights : null;
      const rows = transforms.map((transform, at) => moved(transform, subjects[at]?.held));
      let [total, count] = [0, 0];
      rows.forEach((own, at) => {
        for (let column = 0; column < own.columns; column++) {
          const weight = weights?.[column] ?? 1;
          const others = rows.filter((_, other) => other !== at);
          let sum = 0;
          for (let row = 0; row < own.rows; row++) {
            const place = row * own.columns + column;
            for (const other of others) sum += (own.data[place] as number) * (other.data[place] as number);
          }
          total += (weight * sum) / own.rows / others.length;
          count += weight;
        }
      });
      expect(total / count).toBeGreaterThan(traits.correlation);
    });

  const given = aligner.parameters.parse(traits.parameters);
  if (aligner.fitsColumnsAlone?.(given))
    test("brings a subject to some columns of a space as it does to all", () => {
      const subjects = planted(12, 6, 3, 0.5, 8).map(({ fitted }) => alignSubject(fitted));
      const alignment = alignAll(one, subjects);
      const some = Int32Array.of(1, 4, 5);
      const left = { ...alignment, commonSpace: takeColumns(alignment.commonSpace, some) };
      const subject = subjects[1] as AlignSubject;
      const added = (to: Alignment) =>
        denseMap(linalg, runInline(aligner.addSubject(to, subject, given), aligner.tasks, linalg));
      expect(distance(added(left), takeColumns(added(alignment), some))).toBeLessThan(1e-12);
    });

  test("gives a subject who took part the transform that they have", () => {
    const subjects = planted(20, 7, 3, 1, 4).map(({ fitted }) => alignSubject(fitted));
    const alignment = alignAll(one, subjects);
    const parameters = aligner.parameters.parse(traits.parameters);
    subjects.forEach((subject, at) => {
      const again = runInline(aligner.addSubject(alignment, subject, parameters), aligner.tasks, linalg);
      const own = alignment.transforms[at] as Transform;
      expect(distance(denseMap(portable, again), denseMap(portable, own))).toBeLessThan(1e-6);
    });
  });

  test("is finite for two subjects, duplicates, constant voxels, and more or fewer samples than voxels", () => {
    fc.assert(
      fc.property(
        fc.record({
          rows: fc.integer({ min: 4, max: 14 }),
          voxels: fc.integer({ min: 2, max: 14 }),
          subjects: fc.integer({ min: 2, max: 4 }),
          seed: fc.integer({ min: 1, max: 500 }),
          duplicate: fc.boolean(),
          constant: fc.boolean(),
        }),
        ({ rows, voxels, subjects, seed, duplicate, constant }) => {
          const samples = planted(rows, voxels, subjects, 1, seed).map(({ fitted }) => fitted);
          if (duplicate) samples[1] = samples[0] as Matrix;
          if (constant) for (let row = 0; row < rows; row++) (samples[0] as Matrix).data[row * voxels] = 0;
          const alignment = alignAll(
            one,
            samples.map((own) => alignSubject(own)),
          );
          expect(allAreFinite(alignment.commonSpace)).toBe(true);
          alignment.transforms.forEach((transform, at) => {
            expect(allAreFinite(applyTransform(linalg, transform, samples[at] as Matrix))).toBe(true);
          });
        },
      ),
      {
        numRuns: 25,
        // Of rank one: fewer directions than components.
        examples: [[{ rows: 4, voxels: 2, subjects: 2, seed: 1, duplicate: true, constant: true }]],
      },
    );
  });

  test("takes subjects whose voxels differ, or says that they must not", () => {
    const subjects = [9, 7, 8].map((voxels, at) => alignSubject(noise(16, voxels, at + 1)));
    if (traits.unequalVoxels) {
      const { transforms, commonSpace } = alignAll(one, subjects);
      transforms.forEach(({ offsetIn, offsetOut }, at) => {
        expect(offsetIn.length).toBe(subjects[at]?.samples.columns);
        expect(offsetOut.length).toBe(commonSpace.columns);
      });
    } else expect(() => alignAll(one, subjects)).toThrow(Fault);
  });

  test("refuses rows that differ and values that are no numbers", () => {
    const [a, b] = [noise(9, 4, 1), noise(8, 4, 2)];
    expect(() =>
      alignAll(
        one,
        [a, b].map((own) => alignSubject(own)),
      ),
    ).toThrow(Fault);
    const broken = zeros(9, 4);
    broken.data[5] = Number.NaN;
    expect(() =>
      alignAll(
        one,
        [a, broken].map((own) => alignSubject(own)),
      ),
    ).toThrow(Fault);
  });

  test("gives the same bits again, and from samples in single precision the same to 1e-3", () => {
    const subjects = planted(18, 6, 3, 0.7, 6).map(({ fitted }) => fitted);
    const first = alignAll(
      one,
      subjects.map((own) => alignSubject(own)),
    );
    const again = alignAll(
      one,
      subjects.map((own) => alignSubject(own)),
    );
    expect(again.commonSpace.data).toStrictEqual(first.commonSpace.data);
    const rounded = subjects.map(({ rows, columns, data }) =>
      alignSubject(matrixFrom(rows, columns, Float32Array.from(data))),
    );
    expect(distance(alignAll(one, rounded).commonSpace, first.commonSpace)).toBeLessThan(1e-3);
  });

  if (linalg !== portable)
    test("is the same as by the portable kernels, to 1e-6", () => {
      for (const voxels of [6, 25]) {
        const subjects = planted(18, voxels, 3, 0.7, 8).map(({ fitted }) => alignSubject(fitted));
        const [a, b] = [alignAll({ ...one, linalg: portable }, subjects), alignAll(one, subjects)];
        expect(distance(b.commonSpace, a.commonSpace)).toBeLessThan(1e-6);
      }
    });

  test("says beforehand whether its columns are components", () => {
    const subjects = planted(18, 6, 5, 0.7, 9).map(({ fitted }) => alignSubject(fitted));
    const parameters = aligner.parameters.parse(traits.parameters);
    const { columns } = runInline(aligner.fit(subjects, parameters), aligner.tasks, linalg);
    expect(columns.kind).toBe(aligner.makesComponents?.(parameters) ? "components" : "voxels");
  });

  test("counts its tasks beforehand", () => {
    const subjects = planted(18, 6, 5, 0.7, 9).map(({ fitted }) => alignSubject(fitted));
    const parameters = aligner.parameters.parse(traits.parameters);
    let counted = 0;
    const staged = aligner.fit(subjects, parameters);
    let turn = staged.next();
    while (!turn.done) {
      counted += turn.value.length;
      turn = staged.next(turn.value.map((task) => aligner.tasks[task.name]?.run(linalg, task.input)));
    }
    expect(counted).toBe(aligner.tasksOfFit(5, parameters, 6));
  });
});
