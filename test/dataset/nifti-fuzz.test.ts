import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { readHeader } from "#app/dataset/nifti-header.ts";
import { readVoxels } from "#app/dataset/nifti-voxels.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { niftiBytes, varying } from "./tiny-study.ts";

const folder = temporaryFolder("fuzz");

const whole = niftiBytes(varying(6, 1));

async function readAll(bytes: Buffer): Promise<Float32Array | Fault> {
  const path = join(folder, "image");
  writeFileSync(path, bytes);
  try {
    const header = await readHeader(path);
    return await readVoxels(path, header, Int32Array.of(0));
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

const change = fc.record({ at: fc.nat(347), byte: fc.nat(255) });

test("a header with any bytes changed is read or refused by a fault", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      async (changes, packed) => {
        const bytes = Buffer.from(whole);
        for (const { at, byte } of changes) bytes[at] = byte;
        const found = await readAll(packed ? gzipSync(bytes) : bytes);
        expect(found instanceof Fault || found.length <= whole.length).toBe(true);
      },
    ),
    { numRuns: 400 },
  );
});

test("an image cut anywhere is refused by a fault, packed or not", async () => {
  const packed = gzipSync(whole);
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (gz, part) => {
        const bytes = gz ? packed : whole;
        // The last 8 bytes of gzip are its checksum, without which all values are there.
        expect(await readAll(bytes.subarray(0, Math.floor(part * bytes.length)))).toBeInstanceOf(Fault);
      },
    ),
    { numRuns: 200 },
  );
});

test("a packed image with one byte flipped is read or refused by a fault", async () => {
  const packed = gzipSync(whole);
  await fc.assert(
    fc.asyncProperty(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
      const bytes = Buffer.from(packed);
      bytes[at] = (bytes[at] ?? 0) ^ bits;
      await readAll(bytes);
    }),
    { numRuns: 300 },
  );
});
