import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crossSpectrum, drawnPhases, turnedCorrelations } from "#app/evaluate/isc/cross-spectrum.ts";
import { columnCorrelations } from "#app/evaluate/isc/isc.ts";
import { type Matrix, matrixFrom, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import type { Random } from "#app/linalg/random.ts";
import { noise } from "#test/linalg/noise.ts";

const lengths = fc.array(fc.integer({ min: 3, max: 15 }), { minLength: 1, maxLength: 3 });
const total = (parts: readonly number[]) => parts.reduce((sum, rows) => sum + rows, 0);

function correlated(parts: readonly number[], phases: readonly number[]) {
  const [own, others] = [noise(total(parts), 4, 1), noise(total(parts), 4, 2)];
  const spectrum = crossSpectrum(portable, own, others, parts);
  return { own, others, found: turnedCorrelations(portable, spectrum, matrixFrom(1, phases.length, phases)) };
}

/** Draws what it is told. */
function always(value: number): Random {
  return { uniform: () => value, gaussian: () => 0 };
}

/** Each part's rows so many later, around its end. */
function shifted(matrix: Matrix, parts: readonly number[], share: number): Matrix {
  const out = zeros(matrix.rows, matrix.columns);
  let first = 0;
  for (const rows of parts) {
    const shift = Math.floor(share * rows);
    for (let row = 0; row < rows; row++) {
      const from = first + ((row + shift) % rows);
      out.data.set(
        matrix.data.subarray(from * matrix.columns, (from + 1) * matrix.columns),
        (first + row) * matrix.columns,
      );
    }
    first += rows;
  }
  return out;
}

describe("a correlation spread over frequencies", () => {
  test("is Pearson's where no phase is turned, of one part and of several", () => {
    fc.assert(
      fc.property(lengths, (parts) => {
        const still = drawnPhases("time-shift", parts, always(0));
        const { own, others, found } = correlated(parts, still);
        for (const [column, r] of columnCorrelations(own, others).entries())
          expect(found.data[column]).toBeCloseTo(r, 12);
      }),
    );
  });

  test("is that of courses shifted around the ends of their parts, by the phases of a shift", () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 0.999, noNaN: true }), (parts, share) => {
        const { own, others, found } = correlated(parts, drawnPhases("time-shift", parts, always(share)));
        for (const [column, r] of columnCorrelations(shifted(own, parts, share), others).entries())
          expect(found.data[column]).toBeCloseTo(r, 11);
      }),
    );
  });

  test("is no more than one by any phases: the courses keep their spread", () => {
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 0.999, noNaN: true }), (parts, share) => {
        const { found } = correlated(parts, drawnPhases("phase-randomisation", parts, always(share)));
        for (const r of found.data) expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test("is not a number in a column that does not vary", () => {
    const own = noise(8, 2, 1);
    for (let row = 0; row < 8; row++) own.data[2 * row] = 3;
    const spectrum = crossSpectrum(portable, own, noise(8, 2, 2), [8]);
    const phases = matrixFrom(1, 8, drawnPhases("time-shift", [8], always(0.5)));
    const found = [...turnedCorrelations(portable, spectrum, phases).data];
    expect(found.map((r) => Number.isNaN(r))).toStrictEqual([true, false]);
  });
});
