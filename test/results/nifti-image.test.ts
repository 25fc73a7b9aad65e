import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import * as nifti from "nifti-reader-js";
import { describe, expect, test } from "vitest";
import { niftiImage } from "#app/results/nifti-image.ts";

type Affine = readonly number[];

/** Voxels of 2 × 2.5 × 3 mm turned by 20° about x and then 35° about z. */
const oblique: Affine = obliqueAffine(20, 35);
const straight: Affine = [3, 0, 0, -54, 0, 3, 0, -92, 0, 0, 3, -36, 0, 0, 0, 1];
const leftHanded: Affine = [-3, 0, 0, 90, 0, 3, 0, -126, 0, 0, 3, -72, 0, 0, 0, 1];

function obliqueAffine(aboutX: number, aboutZ: number, sizes: readonly number[] = [2, 2.5, 3]): Affine {
  const [x, z] = [aboutX, aboutZ].map((degrees) => (degrees * Math.PI) / 180) as [number, number];
  const rotation = [
    [Math.cos(z), -Math.sin(z) * Math.cos(x), Math.sin(z) * Math.sin(x)],
    [Math.sin(z), Math.cos(z) * Math.cos(x), -Math.cos(z) * Math.sin(x)],
    [0, Math.sin(x), Math.cos(x)],
  ];
  const rows = rotation.map((row, at) => [
    ...row.map((cosine, axis) => cosine * (sizes[axis] as number)),
    [-40, 17, 8][at] as number,
  ]);
  return [...rows.flat(), 0, 0, 0, 1];
}

async function headerOf(affine: Affine): Promise<nifti.NIFTI1> {
  const shape = {
    grid: { kind: "volume" as const, dimensions: [2, 3, 4] as [number, number, number], affine: [...affine] },
    volumes: 1,
    type: "uint8" as const,
    repetitionTimeSeconds: null,
  };
  const bytes = gunzipSync(await niftiImage(shape, () => new Uint8Array(24)));
  return nifti.readHeader(Uint8Array.from(bytes).buffer) as nifti.NIFTI1;
}

/** The affine that the qform alone gives, 16 numbers. */
function qformAffine(header: nifti.NIFTI1): number[] {
  const [handedness = 1, x = 1, y = 1, z = 1] = header.pixDims;
  const { quatern_b: b, quatern_c: c, quatern_d: d, qoffset_x, qoffset_y, qoffset_z } = header;
  return header
    .convertNiftiQFormToNiftiSForm(b, c, d, qoffset_x, qoffset_y, qoffset_z, x, y, z, handedness)
    .flat();
}

function mostApart(got: readonly number[], wanted: Affine): number {
  return Math.max(...wanted.map((value, at) => Math.abs(value - (got[at] ?? Number.NaN))));
}

describe("a NIfTI image as nifti-reader-js reads it back", () => {
  test("has the values, the time and the type it was given", async () => {
    const shape = {
      grid: {
        kind: "volume" as const,
        dimensions: [2, 3, 1] as [number, number, number],
        affine: [...oblique],
      },
      volumes: 2,
      type: "float32" as const,
      repetitionTimeSeconds: 1.5,
    };
    const volume = (at: number) => Float32Array.from([1, 2, 3, 4, 5, 6], (value) => value + 10.5 * at);
    const bytes = Uint8Array.from(gunzipSync(await niftiImage(shape, volume))).buffer;
    const header = nifti.readHeader(bytes) as nifti.NIFTI1;
    expect([...header.dims]).toStrictEqual([4, 2, 3, 1, 2, 1, 1, 1]);
    expect(header.pixDims.slice(1, 5)).toStrictEqual([2, 2.5, 3, 1.5]);
    expect([header.datatypeCode, header.numBitsPerVoxel, header.xyzt_units]).toStrictEqual([16, 32, 10]);
    expect([...new Float32Array(nifti.readImage(header, bytes))]).toStrictEqual([
      1, 2, 3, 4, 5, 6, 11.5, 12.5, 13.5, 14.5, 15.5, 16.5,
    ]);
  });

  test.each([
    ["straight", straight, 1],
    ["left-handed", leftHanded, -1],
    ["oblique", oblique, 1],
    ["oblique and left-handed", oblique.map((value, at) => (at % 4 === 0 ? -value : value)), -1],
    ["turned by half a turn", obliqueAffine(180, 0), 1],
  ])("lies by its sform and by its qform where a %s affine says", async (_, affine, handedness) => {
    const header = await headerOf(affine);
    expect([header.qform_code, header.sform_code, header.pixDims[0]]).toStrictEqual([4, 4, handedness]);
    expect(mostApart(header.affine.flat(), affine)).toBeLessThan(1e-5);
    expect(mostApart(qformAffine(header), affine)).toBeLessThan(1e-5);
  });

  test("has the quaternion of a quarter turn about z", async () => {
    const header = await headerOf([0, -2, 0, 5, 2, 0, 0, 6, 0, 0, 2, 7, 0, 0, 0, 1]);
    expect(header.quatern_b).toBeCloseTo(0, 6);
    expect(header.quatern_c).toBeCloseTo(0, 6);
    expect(header.quatern_d).toBeCloseTo(Math.SQRT1_2, 6);
    expect([header.qoffset_x, header.qoffset_y, header.qoffset_z]).toStrictEqual([5, 6, 7]);
  });

  test("has no qform, and a true sform, where the axes are not perpendicular", async () => {
    const sheared = [3, 0.5, 0, -54, 0, 3, 0, -92, 0, 0, 3, -36, 0, 0, 0, 1];
    const header = await headerOf(sheared);
    expect([header.qform_code, header.sform_code]).toStrictEqual([0, 4]);
    expect(mostApart(header.affine.flat(), sheared)).toBeLessThan(1e-5);
  });

  test("lies the same by both forms however it is turned", async () => {
    const angle = fc.integer({ min: -179, max: 180 });
    await fc.assert(
      fc.asyncProperty(angle, angle, fc.boolean(), async (x, z, mirrored) => {
        const affine = obliqueAffine(x, z).map((value, at) =>
          mirrored && at % 4 === 2 && at < 12 ? -value : value,
        );
        const header = await headerOf(affine);
        // Near half a turn the reader gets a, which is not stored, from a difference of nearly equal float32.
        expect(mostApart(qformAffine(header), affine)).toBeLessThan(5e-3);
        expect(header.qform_code).toBe(4);
      }),
    );
  });
});

describe("writing a NIfTI image", () => {
  const shape = {
    grid: {
      kind: "volume" as const,
      dimensions: [64, 64, 16] as [number, number, number],
      affine: [...straight],
    },
    volumes: 40,
    type: "int16" as const,
    repetitionTimeSeconds: 2,
  };

  test("gives the same bytes for the same values", async () => {
    const small = { ...shape, volumes: 2 };
    const volume = (at: number) => new Int16Array(64 * 64 * 16).map((_, voxel) => voxel * (at + 1));
    expect((await niftiImage(small, volume)).equals(await niftiImage(small, volume))).toBe(true);
  });

  test("ends with the error of a volume while earlier ones still wait to be packed", async () => {
    let made = 0;
    const volume = (at: number) => {
      made = at + 1;
      if (at === 30) throw new Error("no such volume");
      return Int16Array.from({ length: 64 * 64 * 16 }, (_, voxel) => (voxel * 7919 * (at + 1)) % 32_749);
    };
    await expect(niftiImage(shape, volume)).rejects.toThrow("no such volume");
    expect(made).toBe(31);
  });

  test("refuses a volume of another size", async () => {
    await expect(niftiImage(shape, () => new Int16Array(5))).rejects.toThrow("volume 0 has 10 bytes");
  });
});
