import { describe, expect, test } from "vitest";
import { agreementOf } from "#app/evaluate/rsa/agreement.ts";
import { patternCorrelations } from "#app/evaluate/rsa/pattern-correlations.ts";
import { spearman } from "#app/evaluate/rsa/spearman.ts";
import { portable } from "#app/linalg/portable.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { sharedFolder } from "#test/shared.ts";

const CONDITIONS = 7;

describe.skipIf(sharedFolder === null)("dissimilarities against rsatoolbox and SciPy", () => {
  const inputs = sharedFolder === null ? new Map() : goldenArchive("inputs");
  const golden = sharedFolder === null ? new Map() : goldenArchive("rsa");
  const subjects = stored(inputs, "cls_X");
  const codes: number[] = [...(inputs.get("cls_labels")?.data ?? [])];
  const numbers = (name: string): number[] => [...(golden.get(name)?.data ?? [])];
  const all =
    sharedFolder === null
      ? null
      : patternCorrelations(portable, { subjects, codes: subjects.map(() => codes), classes: CONDITIONS });
  const triangles = subjects.map((_, at) => {
    const own: number[] = [];
    for (let i = 0; i < CONDITIONS; i++) {
      for (let j = i + 1; j < CONDITIONS; j++) {
        const [row, column] = [at * CONDITIONS + i, at * CONDITIONS + j];
        own.push(1 - (all?.data[row * all.columns + column] as number));
      }
    }
    return own;
  });

  test("1 − correlation of mean patterns agrees to 1e-8", () => {
    const wanted = numbers("rdm_correlation/rdm");
    expect(wanted).toHaveLength(6 * 21);
    for (const [at, value] of triangles.flat().entries())
      expect(Math.abs(value / (wanted[at] as number) - 1)).toBeLessThan(1e-8);
  });

  test("Spearman's correlation of subjects' dissimilarities agrees to 1e-9", () => {
    const wanted = numbers("compare_scipy_correlation/spearman");
    expect(wanted).toHaveLength(36);
    const got = triangles.flatMap((a) => triangles.map((b) => spearman(a, b)));
    for (const [at, value] of got.entries())
      expect(Math.abs(value - (wanted[at] as number))).toBeLessThan(1e-9);
  });

  test("a model with ties correlates as theirs", () => {
    const model = numbers("model_with_ties/model");
    const wanted = numbers("model_with_ties/spearman");
    for (const [at, own] of triangles.entries())
      expect(Math.abs(spearman(own, model) - (wanted[at] as number))).toBeLessThan(1e-8);
  });

  test("noise ceilings agree to 1e-9", () => {
    const { lower, upper } = agreementOf(triangles);
    for (const [name, got] of [
      ["lower", lower],
      ["upper", upper],
    ] as const) {
      const wanted = numbers(`noise_ceiling_plain_correlation/${name}_subject`);
      expect(wanted).toHaveLength(6);
      for (const [at, value] of got.entries())
        expect(Math.abs(value - (wanted[at] as number))).toBeLessThan(1e-9);
    }
  });
});
