import type { AlignSubject } from "#app/align/aligner.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { alignSubject } from "#test/align/align-subject.ts";
import { noise } from "#test/linalg/noise.ts";

const SIGNAL_RANK = 20;

/**
 * Subjects with the same 20 time courses, each in its own pattern over the voxels, plus as much Gaussian noise:
 * rows × voxels, z-scored by voxel.
 */
export function simulated(linalg: Linalg, subjects: number, rows: number, voxels: number): AlignSubject[] {
  const courses = noise(rows, SIGNAL_RANK, 1);
  return Array.from({ length: subjects }, (_, at) => {
    const samples = linalg.multiply(courses, noise(SIGNAL_RANK, voxels, 1000 + at));
    const { data } = noise(rows, voxels, 2000 + at);
    for (let k = 0; k < data.length; k++) {
      samples.data[k] = (samples.data[k] as number) / Math.sqrt(SIGNAL_RANK) + (data[k] as number);
    }
    linalg.zscore(samples);
    return alignSubject(samples);
  });
}
