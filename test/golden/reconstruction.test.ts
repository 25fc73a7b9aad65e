import { describe, expect, test } from "vitest";
import { columnCorrelations } from "#app/evaluate/isc/isc.ts";
import { reconstructionByVoxel } from "#app/evaluate/reconstruction.ts";
import { goldenArchive, stored } from "#test/golden/archive.ts";
import { sharedFolder } from "#test/shared.ts";

describe.skipIf(sharedFolder === null)("what is foretold against fmralign.metrics", () => {
  test("R², the error beside the squares, and the correlation agree voxel by voxel to 1e-9", () => {
    const golden = goldenArchive("fmralign");
    const [own, other] = stored(goldenArchive("inputs"), "tall_test");
    if (own === undefined || other === undefined) throw new Error("the inputs lack two subjects");
    const foretold = {
      ...own,
      data: own.data.map((value, at) => 0.7 * value + 0.2 * (other.data[at] as number)),
    };
    const { r2, eta } = reconstructionByVoxel(own, foretold);
    const correlation = columnCorrelations(own, foretold);
    for (const [name, got] of Object.entries({ R2: r2, n_reconstruction_err: eta, corr: correlation })) {
      const wanted = golden.get(`metrics/${name}`)?.data as Float64Array;
      expect(wanted).toHaveLength(own.columns);
      for (const [voxel, value] of got.entries())
        expect(Math.abs(value / (wanted[voxel] as number) - 1)).toBeLessThan(1e-9);
    }
  });
});
