import type { Linalg } from "#app/linalg/linalg.ts";
import type { Aligner, AlignSubject } from "./aligner.ts";
import { aligners } from "./aligners.ts";

/** A method that is used in pieces of a space, by its name: functions don't go from thread to thread. */
export interface InnerMethod {
  readonly aligner: string;
  readonly parameters: unknown;
}

export function alignerOf({ aligner: name }: InnerMethod): Aligner {
  const aligner = aligners[name];
  if (aligner === undefined) throw new Error(`there is no method ${name}`);
  return aligner;
}

/** A subject's samples, voxels and places of some columns. */
export function cropped(
  linalg: Linalg,
  { samples, voxels, places, labelled }: AlignSubject,
  columns: Int32Array,
): AlignSubject {
  const own = {
    samples: linalg.takeColumns(samples, columns),
    voxels: columns.map((column) => voxels[column] as number),
    places: places === null ? null : placesAt(places, columns),
  };
  if (labelled === undefined) return own;
  return { ...own, labelled: { ...labelled, samples: linalg.takeColumns(labelled.samples, columns) } };
}

/** Of V × 3 places those of some voxels. */
export function placesAt(places: Float64Array, voxels: Int32Array): Float64Array {
  const out = new Float64Array(3 * voxels.length);
  for (let at = 0; at < voxels.length; at++) {
    const from = 3 * (voxels[at] as number);
    for (let axis = 0; axis < 3; axis++) out[3 * at + axis] = places[from + axis] as number;
  }
  return out;
}
