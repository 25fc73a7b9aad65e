import type { IscSummary } from "./report-input.ts";

/** Nearer to ±1 than this a correlation's Fisher z would outweigh all others. */
const MOST = 1 - 1e-6;

/**
 * The mean ISC of each subject over the voxels that have one before and after alignment in every subject.
 * `before` and `after` are subjects × voxels; null where there is no such voxel.
 */
export function iscSummary(before: Float32Array, after: Float32Array, subjects: number): IscSummary | null {
  const voxels = before.length / subjects;
  const at = (map: Float32Array, subject: number, voxel: number) => map[subject * voxels + voxel] as number;
  const everyone = Array.from({ length: subjects }, (_, subject) => subject);
  const kept = Array.from({ length: voxels }, (_, voxel) => voxel).filter((voxel) =>
    everyone.every(
      (subject) => Number.isFinite(at(before, subject, voxel)) && Number.isFinite(at(after, subject, voxel)),
    ),
  );
  if (kept.length === 0) return null;
  const meanOf = (map: Float32Array) =>
    everyone.map((subject) => {
      const sum = kept.reduce((total, voxel) => total + fisherZ(at(map, subject, voxel)), 0);
      return Math.tanh(sum / kept.length);
    });
  return { voxels: kept.length, before: meanOf(before), after: meanOf(after) };
}

function fisherZ(correlation: number): number {
  return Math.atanh(Math.max(-MOST, Math.min(MOST, correlation)));
}
