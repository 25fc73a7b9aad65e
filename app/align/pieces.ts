import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Aligner, AlignSubject, VoxelColumns } from "./aligner.ts";
import { aligners } from "./aligners.ts";
import { placesAt } from "./searchlights.ts";

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

/** What a method in pieces has of the method: nothing that speaks of a space as if it were made at once. */
export function ofPieces({ space: _, fitsColumnsAlone: __, ...method }: Aligner): Aligner {
  return method;
}

/** A subject's samples, voxels and places of some columns; the whole is one that was not refused. */
export function cropped(linalg: Linalg, subject: AlignSubject, columns: Int32Array): AlignSubject {
  return part(subject, columns, (samples) => linalg.takeColumns(samples, columns));
}

/** Some of a subject's columns, from which few at a time will be cropped: samples are voxel by voxel, V × T. */
export interface ByVoxel {
  readonly turned: AlignSubject;
}

export function byVoxel(linalg: Linalg, subject: AlignSubject, columns: Int32Array): ByVoxel {
  return { turned: part(subject, columns, (samples) => turnedColumns(linalg, samples, columns)) };
}

/** The chosen columns as rows. */
export function turnedColumns(linalg: Linalg, matrix: Matrix, columns: Int32Array): Matrix {
  return linalg.transpose(linalg.takeColumns(matrix, columns));
}

/** As `cropped`: what is taken lies together, and nothing else is brought into the cache with it. */
export function croppedByVoxel(linalg: Linalg, { turned }: ByVoxel, columns: Int32Array): AlignSubject {
  return part(turned, columns, (samples) => linalg.turnRows(samples, columns));
}

/** What such columns are. */
export function columnsByVoxel({ turned: { voxels, places } }: ByVoxel, columns: Int32Array): VoxelColumns {
  return {
    kind: "voxels",
    voxels: voxelsAt(voxels, columns),
    places: places === null ? null : placesAt(places, columns),
  };
}

function part(subject: AlignSubject, columns: Int32Array, take: (samples: Matrix) => Matrix): AlignSubject {
  const { samples, labelled } = subject;
  const { voxels, places } = columnsByVoxel({ turned: subject }, columns);
  const own = { samples: take(samples), voxels, places, seenFinite: true as const };
  if (labelled === undefined) return own;
  return { ...own, labelled: { ...labelled, samples: take(labelled.samples) } };
}

/** By a loop: a callback for each voxel takes four times as long, and searchlights are cropped by the thousand. */
function voxelsAt(voxels: Int32Array, columns: Int32Array): Int32Array {
  const out = new Int32Array(columns.length);
  for (let at = 0; at < out.length; at++) out[at] = voxels[columns[at] as number] as number;
  return out;
}
