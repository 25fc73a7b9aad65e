import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Fault, type FaultCode } from "#app/contract/fault.ts";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { readVoxels } from "#app/dataset/nifti-voxels.ts";
import { sharedFolder } from "#test/shared.ts";

interface Expected {
  readonly refuse?: boolean;
  readonly data?: { readonly shape: number[]; readonly first: number[]; readonly last: number[] };
  readonly affine?: number[][];
  readonly zooms?: number[];
  readonly TR_seconds?: number | null;
  readonly TR_seconds_suggested?: number;
  readonly data_same_as?: string;
}

const fixtures = join(sharedFolder ?? "", "data", "fixtures");

/** What is refused that the fixtures leave open, and how each of those to refuse is told. */
const refusals: Record<string, FaultCode> = {
  "nifti/5d.nii.gz": "image/unreadable",
  "nifti/rgb.nii.gz": "image/unreadable",
  "nifti/complex64.nii.gz": "image/unreadable",
  "nifti/claims_18gb.nii": "image/truncated",
  "nifti/claims_18gb.nii.gz": "image/truncated",
  "nifti/bad_negative_dim.nii": "image/unreadable",
  "nifti/bad_dim0_zero.nii": "image/unreadable",
  "nifti/bad_dim0_99.nii": "image/unreadable",
  "nifti/bad_bad_vox_offset.nii": "image/truncated",
  "nifti/truncated.nii.gz": "image/truncated",
  "nifti/truncated_in_header.nii.gz": "image/truncated",
  "nifti/truncated.nii": "image/truncated",
  "nifti/bad_crc.nii.gz": "image/damaged",
  "nifti/empty.nii.gz": "image/unreadable",
  "nifti/text.nii.gz": "image/unreadable",
};

/** All values in the order of the fixtures' numbers: i slowest, t fastest. */
async function read(
  name: string,
): Promise<{ header: Awaited<ReturnType<typeof readHeader>>; values: number[] }> {
  const path = join(fixtures, name);
  const header = await readHeader(path);
  const [nx, ny, nz] = header.grid.dimensions;
  const all = Int32Array.from({ length: nx * ny * nz }, (_, i) => i);
  const rows = await readVoxels(path, header, all);
  const values: number[] = [];
  for (let i = 0; i < nx; i++)
    for (let j = 0; j < ny; j++)
      for (let k = 0; k < nz; k++)
        for (let t = 0; t < header.volumes; t++)
          values.push(rows[t * all.length + i + nx * (j + ny * k)] ?? Number.NaN);
  return { header, values };
}

describe.skipIf(sharedFolder === null)("the NIfTI fixtures", () => {
  const expected = new Map<string, Expected>(
    sharedFolder === null
      ? []
      : Object.entries(
          JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as Record<
            string,
            { expect: Expected }
          >,
        )
          .filter(([name]) => name.startsWith("nifti/"))
          .map(([name, { expect: own }]) => [name, own]),
  );
  const toRefuse = [...expected].filter(([name, { refuse }]) => refuse || name in refusals);
  const toRead = [...expected].filter(([name, { refuse }]) => !refuse && !(name in refusals));

  test("are all here", () => {
    expect(toRefuse.map(([name]) => name).sort()).toStrictEqual(Object.keys(refusals).sort());
    expect(toRead).toHaveLength(37);
  });

  test.each(toRefuse)("refuses %s", async (name) => {
    const fault = await read(name).then(
      () => null,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(Fault);
    expect((fault as Fault).code).toBe(refusals[name]);
  });

  test.each(toRead)("reads %s", async (name, own) => {
    const { header, values } = await read(name);
    const same = own.data_same_as === undefined ? own : (expected.get(own.data_same_as) as Expected);
    const { shape, first, last } = same.data as NonNullable<Expected["data"]>;
    expect([...header.grid.dimensions, ...(shape.length > 3 ? [header.volumes] : [])]).toStrictEqual(shape);
    expect(values.slice(0, 4)).toStrictEqual(first.map(Math.fround));
    expect(values.slice(-4)).toStrictEqual(last.map(Math.fround));
    for (const [at, value] of (same.affine ?? []).flat().entries()) {
      expect(header.grid.affine[at]).toBeCloseTo(value, 5);
    }
    const tr = own.TR_seconds_suggested === undefined ? own.TR_seconds : null;
    if (tr !== undefined) expect(header.repetitionTimeSeconds).toBe(tr);
  });

  test("tells what is doubtful of a header", async () => {
    const remarks = async (name: string) => (await readHeader(join(fixtures, "nifti", name))).remarks;
    expect(await remarks("f4.nii.gz")).toStrictEqual([]);
    expect(await remarks("qform_only_oblique.nii.gz")).toStrictEqual([]);
    expect((await remarks("no_affine.nii.gz"))[0]).toContain("how the image lies in space");
    expect((await remarks("conflict_sform_qform.nii.gz"))[0]).toContain("11 mm apart");
    expect((await remarks("tr_unknown_unit.nii.gz"))[0]).toContain("2000");
  });

  test("does not unpack a bomb past what its header promises", async () => {
    const before = process.cpuUsage();
    await read("nifti/gzip_bomb.nii.gz");
    // All of its 512 MiB take a second and more, whoever else is at work.
    expect(process.cpuUsage(before).user).toBeLessThan(500e3);
  });
});
