import { beforeAll, describe, expect, test } from "vitest";
import { individualTuning } from "#app/align/individual-tuning.ts";
import { type Matrix, trace } from "#app/linalg/matrix.ts";
import { portable } from "#app/linalg/portable.ts";
import type { TaskCode } from "#app/linalg/task.ts";
import { goldenArchive, relative, stored } from "#test/golden/archive.ts";
import type { NpyArray } from "#test/golden/npz.ts";
import { sharedFolder } from "#test/shared.ts";

const COMPONENTS = 12;

/**
 * The steps after the template: its own golden numbers are in template.test.ts, those of the ridge regression in
 * ridge.test.ts. The old fmralign calculates in single precision.
 */
describe.skipIf(sharedFolder === null)(
  "individualised neural tuning, of subjects cleaned by fmralign",
  () => {
    let golden: Map<string, NpyArray>;

    beforeAll(() => {
      golden = goldenArchive("fmralign_old");
    });

    const { run } = individualTuning.tasks.basis as TaskCode;
    const cases = ["int_parcels", "int_searchlight"];
    const basisOf = (denoised: readonly Matrix[]) =>
      run(portable, { denoised, components: COMPONENTS }) as Matrix;

    test.each(cases)("%s: the shared response spans what theirs does", (name) => {
      const denoised = stored(golden, `${name}/denoised`);
      const basis = basisOf(denoised);
      // Theirs is scaled by its singular values: SSᵀ = Σ along the basis, which projects onto all of it.
      const [theirs] = stored(golden, `${name}/shared_response_gram`) as [Matrix];
      const along = portable.congruence(theirs, basis);
      expect(trace(along) / trace(theirs)).toBeCloseTo(1, 5);
      for (let row = 0; row < COMPONENTS; row++) {
        for (let column = 0; column < row; column++) {
          const size = Math.sqrt(along.data[row * 13] ?? 0) * Math.sqrt(along.data[column * 13] ?? 0);
          expect(Math.abs(along.data[row * COMPONENTS + column] ?? 1) / size).toBeLessThan(1e-3);
        }
      }
    });

    test.each(cases)("%s: tuning times the shared response says each subject as theirs does", (name) => {
      const denoised = stored(golden, `${name}/denoised`);
      const basis = basisOf(denoised);
      const said = denoised.map((own) =>
        portable.multiply(basis, portable.multiply(basis, own, { left: true })),
      );
      expect(relative(said, stored(golden, `${name}/tuning_reconstruction`))).toBeLessThan(1e-5);
    });
  },
);
