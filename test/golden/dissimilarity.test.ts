import { describe, expect, test } from "vitest";
import { meanPatterns } from "#app/evaluate/mean-patterns.ts";
import { differences, dissimilarity } from "#app/evaluate/rsa/dissimilarity.ts";
import { type Noise, noiseOf, throughNoise } from "#app/evaluate/rsa/noise.ts";
import { type Matrix, takeRows, zeros } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { sharedFolder } from "#test/shared.ts";

const CONDITIONS = 7;
const PAIRS = 21;

describe.skipIf(sharedFolder === null)("distances of patterns against rsatoolbox", () => {
  const inputs = sharedFolder === null ? new Map() : goldenArchive("inputs");
  const golden = sharedFolder === null ? new Map() : goldenArchive("rsa");
  const subjects = stored(inputs, "cls_X");
  const codes: number[] = [...(inputs.get("cls_labels")?.data ?? [])];
  const runs: number[] = [...(inputs.get("cls_runs")?.data ?? [])];
  const all = Array.from({ length: CONDITIONS }, (_, at) => at);

  function expectTriangles(found: readonly Matrix[], name: string, tolerance: number): void {
    const wanted = golden.get(name)?.data as Float64Array;
    expect(wanted).toHaveLength(subjects.length * PAIRS);
    let at = 0;
    for (const { data } of found) {
      for (let i = 0; i < CONDITIONS; i++) {
        for (let j = i + 1; j < CONDITIONS; j++, at++) {
          const [got, want] = [data[i * CONDITIONS + j] as number, wanted[at] as number];
          expect(Math.abs(got - want)).toBeLessThan(tolerance * Math.max(1, Math.abs(want)));
        }
      }
    }
  }

  const whole = (measure: "euclidean" | "mahalanobis") =>
    subjects.map((samples) =>
      dissimilarity(portable, {
        measure,
        held: { samples, codes },
        learned: { samples, codes },
        classes: CONDITIONS,
      }),
    );

  test("squared Euclidean distances agree to 1e-8", () => {
    expectTriangles(whole("euclidean"), "rdm_euclidean/rdm", 1e-8);
  });

  test("Mahalanobis distances with shrunken noise agree to 1e-6", () => {
    expectTriangles(whole("mahalanobis"), "rdm_noise_shrinkage_diag/mahalanobis", 1e-6);
  });

  test("the noise itself agrees to 1e-6", () => {
    const samples = subjects[0] as Matrix;
    const { residuals, precision, shrinkage } = noiseOf(
      samples,
      codes,
      meanPatterns(samples, codes, all),
    ) as Noise;
    const wanted = golden.get("rdm_noise_shrinkage_diag/cov_sub0")?.data as Float64Array;
    const correlations = portable.multiply(residuals, residuals, { left: true });
    const { columns } = samples;
    expect(wanted).toHaveLength(columns ** 2);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        const r = (correlations.data[i * columns + j] as number) * (i === j ? 1 : 1 - shrinkage);
        const got = r / ((precision[i] as number) * (precision[j] as number));
        expect(Math.abs(got - (wanted[i * columns + j] as number))).toBeLessThan(1e-6);
      }
    }
  });

  test.each([
    ["without noise", "rdm_crossnobis/rdm", false],
    ["with shrunken noise", "rdm_noise_shrinkage_diag/crossnobis", true],
  ])("cross-validated distances over pairs of runs %s agree to 1e-6", (_, name, whitened) => {
    const found = subjects.map((samples) => {
      const means = [...new Set(runs)].map((run) => {
        const rows = [...codes.keys()].filter((row) => runs[row] === run);
        return meanPatterns(
          takeRows(samples, rows),
          rows.map((row) => codes[row] as number),
          all,
        );
      });
      const noise = noiseOf(samples, codes, meanPatterns(samples, codes, all)) as Noise;
      const out = zeros(CONDITIONS, CONDITIONS);
      let pairs = 0;
      for (const [at, a] of means.entries()) {
        for (const b of means.slice(at + 1)) {
          const products = whitened
            ? throughNoise(portable, noise, a, b)
            : portable.multiply(a, b, { right: true });
          differences(products, samples.columns).data.forEach((value, k) => {
            out.data[k] = (out.data[k] as number) + value;
          });
          pairs += 1;
        }
      }
      return { ...out, data: out.data.map((value) => value / pairs) };
    });
    expectTriangles(found, name, 1e-6);
  });
});
