import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { temporaryFolder } from "#test/temporary-folder.ts";

export interface TinyImage {
  readonly dimensions: readonly [number, number, number];
  /** x fastest, volume after volume. */
  readonly values: readonly number[];
  readonly volumes?: number;
  /** Seconds; 0 says nothing. */
  readonly tr?: number;
  /** The affine's diagonal in mm and its offsets. */
  readonly voxel?: readonly [number, number, number];
  readonly origin?: readonly [number, number, number];
}

/** A NIfTI-1 image of float32, little-endian, with an sform. */
export function niftiBytes(image: TinyImage): Buffer {
  const { dimensions, values, volumes = 1, tr = 2, voxel = [3, 3, 3], origin = [0, 0, 0] } = image;
  const bytes = Buffer.alloc(352 + 4 * values.length);
  bytes.writeInt32LE(348, 0);
  const dim = [volumes > 1 ? 4 : 3, ...dimensions, volumes, 1, 1, 1];
  for (const [i, n] of dim.entries()) bytes.writeInt16LE(n, 40 + 2 * i);
  bytes.writeInt16LE(16, 70);
  bytes.writeInt16LE(32, 72);
  for (const [i, n] of [1, ...voxel, tr].entries()) bytes.writeFloatLE(n, 76 + 4 * i);
  bytes.writeFloatLE(352, 108);
  bytes.writeUInt8(2 | 8, 123);
  bytes.writeInt16LE(1, 254);
  for (const row of [0, 1, 2]) {
    bytes.writeFloatLE(voxel[row] ?? 0, 280 + 16 * row + 4 * row);
    bytes.writeFloatLE(origin[row] ?? 0, 280 + 16 * row + 12);
  }
  bytes.write("n+1\0", 344, "latin1");
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, 352 + 4 * i);
  return bytes;
}

/** Files by their path within the folder; those named .gz are packed unless they are bytes already. */
export type TinyFiles = Record<string, TinyImage | Buffer | string>;

/** Writes files into a new temporary folder and returns its path. */
export async function writeStudy(files: TinyFiles): Promise<string> {
  const folder = temporaryFolder("tiny");
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const plain = typeof content === "string" || Buffer.isBuffer(content);
    const bytes = plain ? content : niftiBytes(content);
    await writeFile(path, name.endsWith(".gz") && !plain ? gzipSync(bytes) : bytes);
  }
  return folder;
}

export const boldOf = (subject: string, run: string) =>
  `sub-${subject}/func/sub-${subject}_${run}_bold.nii.gz`;

/** 2 × 2 × 1 voxels that each vary in their own way: `volumes` rows that differ by `seed`. */
export function varying(volumes: number, seed: number): TinyImage {
  const values = Array.from({ length: 4 * volumes }, (_, at) => {
    const [row, voxel] = [Math.floor(at / 4), at % 4];
    return 100 + 10 * Math.sin((row + 1) * (voxel + 1.3) + seed) + voxel;
  });
  return { dimensions: [2, 2, 1], volumes, values };
}

/** Twelve volumes of TR 2 s: four events of two labels. */
export const tinyEvents = "onset\tduration\ttrial_type\n0\t4\tface\n6\t4\thouse\n12\t4\tface\n18\t4\thouse\n";

/** Three subjects, two runs of twelve volumes, events for all, and a mask of the first two voxels. */
export function tinyStudy(): TinyFiles {
  const files: TinyFiles = {
    "task-a_events.tsv": tinyEvents,
    "masks/desc-two_mask.nii.gz": { dimensions: [2, 2, 1], values: [1, 1, 0, 0] },
  };
  for (const [at, subject] of ["01", "02", "03"].entries()) {
    for (const run of [1, 2]) files[boldOf(subject, `task-a_run-${run}`)] = varying(12, at + 3 * run);
  }
  return files;
}

/** A Plan for a tiny study, as JSON gives it; `changes` replace whole fields. */
export function tinyPlan(path: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    version: 1,
    dataset: { path },
    region: { kind: "brain" },
    samples: {
      align: { kind: "volumes" },
      classify: { kind: "events", shiftSeconds: 0, column: "trial_type" },
    },
    method: { name: "hyperalignment" },
    protocol: { name: "leave-one-run-out" },
    classifier: { name: "nearest-class-correlation" },
    ...changes,
  };
}
