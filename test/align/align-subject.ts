import type { AlignSubject } from "#app/align/aligner.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/** A subject whose columns are voxels that follow on each other, a millimetre apart along a line. */
export function alignSubject(samples: Matrix, firstVoxel = 0): AlignSubject {
  const voxels = Int32Array.from({ length: samples.columns }, (_, at) => firstVoxel + at);
  const places = new Float64Array(3 * samples.columns);
  voxels.forEach((voxel, at) => {
    places[3 * at] = voxel;
  });
  return { samples, voxels, places };
}
