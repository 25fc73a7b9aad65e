import { Axis } from "#app/contract/arrays.ts";

/** Which array of a file is an image, and how. */
export interface AxesPart {
  /** Its name; several are joined voxel by voxel in this order, as the hemispheres of one brain. "" of a .npy. */
  readonly names: readonly string[];
  /** One for each axis of the array, in its own order. */
  readonly axes: readonly Axis[];
  /** The place on the axis of subjects, from 0; null where there is no such axis. */
  readonly subject: number | null;
}

const known: readonly string[] = Axis.options;

/**
 * Writes which image is meant: names joined by "+", ":", axes joined by ",", and ":" with the subject where there is an
 * axis of subjects. "movie_data_lh:voxels,time,subjects:3", ":time,voxels". In names %, + and : are escaped as in URLs.
 */
export function axesPart({ names, axes, subject }: AxesPart): string {
  const escaped = names.map((name) => name.replace(/[%+:]/g, encodeURIComponent));
  return [escaped.join("+"), axes.join(","), ...(subject === null ? [] : [subject])].join(":");
}

/** Reads what `axesPart` writes; null where it is anything else. */
export function parseAxesPart(part: string): AxesPart | null {
  const [, names, list, place] = /^([^:]*):([a-z,]+)(?::(\d{1,9}))?$/.exec(part) ?? [];
  if (names === undefined || list === undefined) return null;
  const axes = list.split(",");
  const subject = place === undefined ? null : Number(place);
  if (!isAxes(axes) || axes.includes("subjects") !== (subject !== null)) return null;
  try {
    return { names: names.split("+").map(decodeURIComponent), axes, subject };
  } catch {
    return null;
  }
}

/** Whether axes name time and voxels once each, and subjects once or not at all. */
export function isAxes(axes: readonly string[]): axes is readonly Axis[] {
  return (
    axes.every((axis, i) => known.includes(axis) && axes.indexOf(axis) === i) &&
    axes.includes("time") &&
    axes.includes("voxels")
  );
}

/** Vertices of one or both hemispheres, or grayordinates, of the common meshes, with and without the medial wall. */
const meshes = new Set([
  642, 1284, 2562, 5124, 10242, 20484, 40962, 81924, 163842, 327684, 9372, 9370, 18742, 32492, 64984, 29696,
  29716, 59412, 91282, 170494,
]);

const letters: Readonly<Record<string, Axis>> = { v: "voxels", t: "time", s: "subjects" };

/**
 * The axes of an array where its shape and name (of the variable, else of the file) tell them, else null. Told by:
 * letters in the name (movie_VxTxS); BrainIAK's movie_data, image_data, movie and image (voxels, time, subjects);
 * FastSRM's subject_1_session_2 (voxels, time); one axis as long as a common mesh (HaxbyLab: time, vertices).
 */
export function guessAxes(shape: readonly number[], name: string): readonly Axis[] | null {
  if (shape.length < 2 || shape.length > 3) return null;
  const stem = name.replace(/\.(npy|npz|mat)$/i, "").replace(/\{\d+\}$/, "");
  const spelt = /(?:^|[_\W])([vts](?:x[vts]){1,2})(?=$|[_\W])/i.exec(stem)?.[1];
  if (spelt !== undefined) {
    const axes = spelt
      .toLowerCase()
      .split("x")
      .map((letter) => letters[letter] ?? "");
    return isAxes(axes) && axes.length === shape.length ? axes : null;
  }
  const conventional: readonly Axis[] = ["voxels", "time", "subjects"];
  if (/^(movie|image)(_data)?(_[lr]h)?$/i.test(stem)) return conventional.slice(0, shape.length);
  if (shape.length > 2) return null;
  if (sessionOf(stem) !== null) return ["voxels", "time"];
  const [first, second] = shape.map((extent) => meshes.has(extent));
  if (first === second) return null;
  return first ? ["voxels", "time"] : ["time", "voxels"];
}

/** FastSRM's names: which subject and session a file is of. */
export function sessionOf(stem: string): { subject: string; session: string } | null {
  const [, subject, session] = /^subject_([a-z\d]+)_session_([a-z\d]+)$/i.exec(stem) ?? [];
  return subject === undefined || session === undefined ? null : { subject, session };
}

/** Whether an array can be an image: more than one volume of more than one voxel, and no labels by its name. */
export function maybeImage(shape: readonly number[], name: string): boolean {
  return shape.filter((extent) => extent > 1).length > 1 && !isLabels(name);
}

/** Whether an array is of labels, by its name: BrainIAK's label.mat and label.npy. */
export function isLabels(name: string): boolean {
  return /^labels?(\.(npy|npz|mat))?$/i.test(name);
}
