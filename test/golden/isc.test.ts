import { describe, expect, test } from "vitest";
import type { IscSettings } from "#app/contract/statistics.ts";
import { crossSpectrum } from "#app/evaluate/isc/cross-spectrum.ts";
import { fisherZ, leaveOneOutIsc } from "#app/evaluate/isc/isc.ts";
import { testIsc } from "#app/evaluate/isc/isc-test.ts";
import { isfc, meanByFisher } from "#app/evaluate/isc/isfc.ts";
import { pairwiseCorrelation } from "#app/evaluate/isc/likeness.ts";
import { nullDraws } from "#app/evaluate/isc/null-draws.ts";
import { type Matrix, matrixFrom, sum, takeColumns, transpose } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive } from "#test/golden/archive.ts";
import { inline } from "#test/run/inline.ts";
import { sharedFolder } from "#test/shared.ts";

const [ROWS, VOXELS, SUBJECTS] = [60, 12, 8] as const;
/** Voxels lie along a line. */
const LINE = Int32Array.from({ length: 2 * (VOXELS - 1) }, (_, at) => (at + 1) >> 1);
const DRAWS = Array.from({ length: 2000 }, (_, at) => at);

describe.skipIf(sharedFolder === null)("inter-subject correlation against BrainIAK", () => {
  const golden = sharedFolder === null ? new Map() : goldenArchive("isc_brainiak");
  /** TR × voxel × subject. */
  const data: Float64Array =
    sharedFolder === null
      ? new Float64Array()
      : (goldenArchive("inputs").get("isc_data")?.data ?? new Float64Array());
  const numbers = (name: string): Float64Array => golden.get(name)?.data ?? new Float64Array();
  const subjectOf = (subject: number): Matrix =>
    matrixFrom(
      ROWS,
      VOXELS,
      Array.from({ length: ROWS * VOXELS }, (_, at) => data[at * SUBJECTS + subject] as number),
    );
  const subjects = Array.from({ length: SUBJECTS }, (_, at) => subjectOf(at));
  /** V × subjects × rows. */
  const timeCourses = Float32Array.from({ length: VOXELS * SUBJECTS * ROWS }, (_, at) => {
    const [voxel, subject, row] = [
      Math.floor(at / (SUBJECTS * ROWS)),
      Math.floor(at / ROWS) % SUBJECTS,
      at % ROWS,
    ];
    return data[(row * VOXELS + voxel) * SUBJECTS + subject] as number;
  });
  const isc = matrixFrom(
    SUBJECTS,
    VOXELS,
    Array.from({ length: SUBJECTS * VOXELS }, (_, at) => {
      const [subject, voxel] = [Math.floor(at / VOXELS), at % VOXELS];
      const start = voxel * SUBJECTS * ROWS;
      return leaveOneOutIsc(timeCourses.subarray(start, start + SUBJECTS * ROWS), SUBJECTS)[
        subject
      ] as number;
    }),
  );
  const group = Array.from({ length: VOXELS }, (_, voxel) => {
    let z = 0;
    for (let subject = 0; subject < SUBJECTS; subject++)
      z += fisherZ(isc.data[subject * VOXELS + voxel] as number);
    return Math.tanh(z / SUBJECTS);
  });

  test("each subject's with the others', and their mean by Fisher's z, agree", () => {
    const wanted = numbers("isc_loo/iscs");
    // Courses are kept in single precision.
    for (const [at, r] of isc.data.entries()) expect(Math.abs(r - (wanted[at] as number))).toBeLessThan(1e-6);
    for (const [voxel, r] of numbers("isc_loo/mean").entries()) expect(group[voxel]).toBeCloseTo(r, 6);
  });

  test("in pairs, by Fisher's z over pairs, agrees", () => {
    const wanted = numbers("isc_pairwise/mean");
    expect(wanted).toHaveLength(VOXELS);
    for (let voxel = 0; voxel < VOXELS; voxel++) {
      const own = subjects.map((one) => takeColumns(one, [voxel]));
      const each = own.map((one, at) =>
        pairwiseCorrelation(
          one,
          own.filter((_, other) => other !== at),
        ),
      );
      const z = each.reduce((total, r) => total + Math.atanh(r), 0) / SUBJECTS;
      expect(Math.abs(Math.tanh(z) / (wanted[voxel] as number) - 1)).toBeLessThan(1e-9);
    }
  });

  test("functional connectivity between subjects agrees to 1e-6: theirs is of single precision", () => {
    const own = subjects.map(transpose);
    const found = own.map((one, at) => isfc(portable, one, sum(own.filter((_, other) => other !== at))));
    const wanted = numbers("isfc_loo/isfc");
    expect(wanted).toHaveLength(SUBJECTS * 66);
    let at = 0;
    for (const { data } of found) {
      for (let i = 0; i < VOXELS; i++) {
        for (let j = i + 1; j < VOXELS; j++, at++)
          expect(Math.abs((data[i * VOXELS + j] as number) - (wanted[at] as number))).toBeLessThan(1e-6);
      }
    }
    const mean = numbers("isfc_matrix_loo_mean/mean");
    for (const [place, r] of meanByFisher(found).data.entries())
      expect(Math.abs(r - (mean[place] as number))).toBeLessThan(1e-6);
  });

  function columns({ rows, columns: width, data: z }: Matrix) {
    return Array.from({ length: width }, (_, column) => {
      const values = Array.from({ length: rows }, (__, row) => Math.tanh(z[row * width + column] as number));
      const mean = values.reduce((total, value) => total + value, 0) / rows;
      return {
        values,
        mean,
        sd: Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / rows),
      };
    });
  }

  function expectMoments(found: ReturnType<typeof columns>, name: string): void {
    const [means, sds] = [numbers(`${name}/null_mean`), numbers(`${name}/null_sd`)];
    expect(means).toHaveLength(VOXELS);
    found.forEach(({ mean, sd }, voxel) => {
      expect(Math.abs(mean - (means[voxel] as number))).toBeLessThan(0.02);
      expect(Math.abs(sd / (sds[voxel] as number) - 1)).toBeLessThan(0.1);
    });
  }

  test.each([
    ["phase-randomisation", "phaseshift_loo"],
    ["time-shift", "timeshift_loo"],
  ] as const)("draws by %s have the moments of %s", (kind, name) => {
    const spectra = subjects.map((own) =>
      crossSpectrum(portable, own, sum(subjects.filter((other) => other !== own)), [ROWS]),
    );
    const source = { kind: "phases", test: kind, spectra, runLengths: [ROWS] } as const;
    const found = columns(nullDraws(portable, source, 1, DRAWS));
    expectMoments(found, name);
    const p = numbers(`${name}/p`);
    found.forEach(({ values }, voxel) => {
      const beyond = values.filter((value) => value >= (group[voxel] as number)).length;
      expect(Math.abs((beyond + 1) / (values.length + 1) - (p[voxel] as number))).toBeLessThan(0.035);
    });
  });

  test.each([
    ["sign-flip", "signflip_loo_mean"],
    ["bootstrap", "bootstrap_loo_mean"],
  ] as const)("draws by %s have the moments of %s", (kind, name) => {
    const found = columns(nullDraws(portable, { kind: "subjects", test: kind, isc, exact: false }, 1, DRAWS));
    if (kind === "sign-flip") return expectMoments(found, name);
    const [means, sds] = [numbers(`${name}/null_mean`), numbers(`${name}/null_sd`)];
    found.forEach(({ mean, sd }, voxel) => {
      // Theirs are means of resampled subjects, ours less what was observed, in z.
      expect(Math.abs(mean - ((means[voxel] as number) - (group[voxel] as number)))).toBeLessThan(0.03);
      expect(sd / (sds[voxel] as number)).toBeGreaterThan(0.9);
    });
  });

  test("all combinations of signs, where they are few, give their p to the last digit", async () => {
    const settings: IscSettings = { test: "sign-flip", count: 2000, clusterP: 0.001 };
    const arrays = { patterns: new Float32Array(), isc: new Float32Array(), timeCourses, others: null };
    const input = { subjects: SUBJECTS, runLengths: [ROWS], seed: 4, neighbours: null };
    const single = Float32Array.from(isc.data);
    const { p } = await inline.drive(testIsc(settings, { ...input, arrays: { ...arrays, isc: single } }));
    const wanted = numbers("signflip_loo_mean/p");
    expect(wanted).toHaveLength(VOXELS);
    for (const [voxel, value] of p.entries()) expect(value).toBeCloseTo(wanted[voxel] as number, 9);
  });

  test.each(["phase-randomisation", "time-shift", "sign-flip", "bootstrap"] as const)(
    "%s finds the voxels that are planted high and not those that are low, the same by a seed",
    async (kind) => {
      const settings: IscSettings = { test: kind, count: 500, clusterP: 0.05 };
      const arrays = {
        patterns: new Float32Array(),
        isc: Float32Array.from(isc.data),
        timeCourses,
        others: null,
      };
      const input = { arrays, subjects: SUBJECTS, runLengths: [ROWS], seed: 4, neighbours: LINE };
      const found = await inline.drive(testIsc(settings, input));
      expect(found.pMax[0]).toBeLessThan(0.05);
      expect(found.pMax[VOXELS - 1]).toBeGreaterThan(0.2);
      found.p.forEach((p, voxel) => {
        expect(found.pMax[voxel]).toBeGreaterThanOrEqual(p);
        expect(found.q[voxel]).toBeGreaterThanOrEqual(p);
      });
      // The high voxels lie together at the line's beginning.
      expect(found.clusters?.p[0]).toBeLessThan(0.05);
      expect(found.clusters?.sizes[0]).toBeGreaterThan(3);
      expect(found.clusters?.p[VOXELS - 1]).toBe(1);
      expect(await inline.drive(testIsc(settings, input))).toStrictEqual(found);
    },
  );
});
