import { basename } from "node:path";
import type { Axis } from "#app/contract/arrays.ts";
import type { FoundImage } from "../format.ts";
import { axesPart, sessionOf } from "./array-axes.ts";
import { countOf, type StoredArray } from "./stored-array.ts";

const hemisphere = /_([lr])h(?=\{|$)/i;
const cell = /\{(\d+)\}$/;
const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

/** Arrays that are the hemispheres of one brain by their names (x_lh, x_rh), left before right; others alone. */
export function groupHemispheres<A extends { readonly name: string }>(arrays: readonly A[]): A[][] {
  const groups = new Map<string, A[]>();
  for (const array of arrays) {
    const side = hemisphere.exec(array.name)?.[1]?.toLowerCase();
    const key = side === undefined ? `=${array.name}` : array.name.replace(hemisphere, "");
    const group = groups.get(key) ?? [];
    groups.set(key, side === "l" ? [array, ...group] : [...group, array]);
  }
  return [...groups.values()];
}

/** The name that an array shares with others of its kind: "data" of "data{1}", "movie" of "movie_lh". */
export function kindOf(name: string): string {
  return name.replace(cell, "").replace(hemisphere, "");
}

/** The images in arrays that have these axes, joined voxel by voxel: one, or one of each subject. */
export function imagesIn(
  path: string,
  names: readonly string[],
  arrays: readonly StoredArray[],
  axes: readonly Axis[],
): FoundImage[] {
  const extent = (array: StoredArray | undefined, axis: Axis) => array?.shape[axes.indexOf(axis)] ?? 1;
  const voxels = arrays.reduce((sum, array) => sum + extent(array, "voxels"), 0);
  const subjects = axes.includes("subjects") ? extent(arrays[0], "subjects") : null;
  const bytes = arrays.reduce((sum, { shape, stored }) => sum + countOf(shape) * stored.bytes, 0);
  const stem = (names[0] || basename(path)).replace(/\.(npy|npz|mat)$/i, "");
  const { subject, run } = namesOf(stem);
  return Array.from({ length: subjects ?? 1 }, (_, i) => ({
    part: axesPart({ names, axes, subject: subjects === null ? null : i }),
    subject: subjects === null ? subject : subjectName(i + 1),
    run,
    rows: null,
    volumes: extent(arrays[0], "time"),
    repetitionTimeSeconds: null,
    grid: { kind: "columns", dimensions: [voxels, 1, 1], affine: identity },
    labels: [],
    treatments: [],
    sizeBytes: bytes / (subjects ?? 1),
    remarks: [],
  }));
}

/** What the name of a variable, or of a file without any, says of subject and run. */
function namesOf(stem: string): { subject: string | null; run: string | null } {
  const session = sessionOf(stem);
  if (session !== null) return { subject: `sub-${session.subject}`, run: `session-${session.session}` };
  const place = cell.exec(stem)?.[1];
  const conventional = /^(movie|image)(?=_|\{|$)/i.exec(stem)?.[1];
  return {
    subject: place === undefined ? null : subjectName(Number(place)),
    run: conventional?.toLowerCase() ?? null,
  };
}

function subjectName(number: number): string {
  return `sub-${String(number).padStart(2, "0")}`;
}
