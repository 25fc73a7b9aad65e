import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const SUBJECTS = 16;
const VOLUMES = 946;
const DIMENSIONS = [91, 109, 91] as const;
const MASKED = 481;

/** A study of 16 subjects that are one packed image, float32 and as large as one of Sherlock's part 1. */
export interface LargeStudy {
  readonly folder: string;
  readonly image: string;
  /** Of the region to gather. */
  readonly mask: string;
}

/** Makes the study in the system's temporary folder, or finds it there: it takes minutes and 1 GB. */
export async function largeStudy(): Promise<LargeStudy> {
  const folder = join(tmpdir(), "concord-bench-large");
  const image = join(folder, "image.nii.gz");
  const mask = join(folder, "masks", "desc-some_mask.nii");
  if (existsSync(image)) return { folder, image, mask };
  await mkdir(join(folder, "masks"), { recursive: true });
  const [nx, ny, nz] = DIMENSIONS;
  const brain = brainVoxels();
  const chosen = new Float32Array(nx * ny * nz);
  for (let at = 0; at < MASKED; at++) chosen[brain[at * 487] as number] = 1;
  await writeFile(mask, Buffer.concat([header(1), Buffer.from(chosen.buffer)]));
  const part = `${image}.part`;
  await pipeline(volumes(brain), createGzip({ level: 1 }), createWriteStream(part));
  for (let subject = 1; subject <= SUBJECTS; subject++) {
    const label = `sub-${String(subject).padStart(2, "0")}`;
    await mkdir(join(folder, label, "func"), { recursive: true });
    await symlink(image, join(folder, label, "func", `${label}_task-movie_space-MNI152_bold.nii.gz`));
  }
  await rename(part, image);
  return { folder, image, mask };
}

/** As many as the MNI152 brain at 2 mm has: an ellipsoid of 239,000 voxels. */
function brainVoxels(): Int32Array {
  const [nx, ny, nz] = DIMENSIONS;
  const voxels: number[] = [];
  for (let k = 0, at = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, at++)
        if (((i - 45) / 36) ** 2 + ((j - 54) / 44) ** 2 + ((k - 42) / 36) ** 2 < 1) voxels.push(at);
  return Int32Array.from(voxels);
}

/** Noise in the brain and nothing around it, volume by volume. */
async function* volumes(brain: Int32Array): AsyncGenerator<Buffer> {
  yield header(VOLUMES);
  let state = 1;
  for (let volume = 0; volume < VOLUMES; volume++) {
    const values = new Float32Array(DIMENSIONS[0] * DIMENSIONS[1] * DIMENSIONS[2]);
    for (const voxel of brain) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[voxel] = 500 + state / 2 ** 26;
    }
    yield Buffer.from(values.buffer);
  }
}

function header(volumes: number): Buffer {
  const bytes = Buffer.alloc(352);
  bytes.writeInt32LE(348, 0);
  for (const [at, extent] of [4, ...DIMENSIONS, volumes, 1, 1, 1].entries())
    bytes.writeInt16LE(extent, 40 + 2 * at);
  bytes.writeInt16LE(16, 70);
  bytes.writeInt16LE(32, 72);
  for (const [at, extent] of [1, 2, 2, 2, 1.5].entries()) bytes.writeFloatLE(extent, 76 + 4 * at);
  bytes.writeFloatLE(352, 108);
  bytes.writeUInt8(2 | 8, 123);
  bytes.writeInt16LE(1, 254);
  for (const row of [0, 1, 2]) bytes.writeFloatLE(2, 280 + 20 * row);
  bytes.write("n+1\0", 344, "latin1");
  return bytes;
}
