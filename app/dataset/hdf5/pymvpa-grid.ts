import * as nifti from "nifti-reader-js";
import { mapping } from "../affine.ts";
import { affineOf } from "../nifti-affine.ts";
import { repetitionTime } from "../nifti-header.ts";
import type { Hdf5File } from "./hdf5-file.ts";
import { timesOf } from "./pymvpa-attributes.ts";
import type { Place, PymvpaObjects } from "./pymvpa-objects.ts";

type Extents = [number, number, number];

interface FoundGrid {
  /** Null where the file does not say. */
  readonly dimensions: Extents | null;
  affineOn(dimensions: Extents): readonly number[];
}

interface GridFacts {
  readonly grid: FoundGrid;
  readonly repetitionTimeSeconds: number | null;
  readonly remarks: readonly string[];
}

/** The fields of a NIfTI header that are needed, as NiBabel names them. */
const FIELDS = [
  "dim",
  "pixdim",
  "xyzt_units",
  "qform_code",
  "sform_code",
  "quatern_b",
  "quatern_c",
  "quatern_d",
  "qoffset_x",
  "qoffset_y",
  "qoffset_z",
  "srow_x",
  "srow_y",
  "srow_z",
];
/** The 3 mm grid of FSL's MNI152, which the published tutorial's data lie on. */
const MNI_3MM = [-3, 0, 0, 90, 0, 3, 0, -126, 0, 0, 3, -72, 0, 0, 0, 1];
const MNI_3MM_EXTENTS = [61, 73, 61];
const LONGEST_REPETITION_SECONDS = 100;

/**
 * Where a Dataset's voxels lie: the grid by `voxel_dim`, the image's header or the mapper that made the columns; the
 * affine by `imgaffine` or the header; else by assumption, with a remark.
 */
export function gridOf(
  file: Hdf5File,
  objects: PymvpaObjects,
  a: ReadonlyMap<string, Place>,
  sa: ReadonlyMap<string, Place>,
): GridFacts {
  // A dict of 44 objects, which takes longest of all: read where the rest does not say enough.
  let known: ReadonlyMap<string, readonly number[]> | null = null;
  const fields = () => {
    known ??= headerFields(file, objects, a.get("imghdr"));
    return known;
  };
  const remarks: string[] = [];
  const dimensions = extentsOf(file, objects, a, fields, remarks);
  const given = a.get("imgaffine")?.();
  const affine = given === undefined ? null : objects.numbers(given);
  const usable = affine !== null && isUsable(affine) ? affine : null;
  if (usable === null && !hasPlace(fields())) {
    remarks.push(
      "The file does not say where its voxels lie in the brain: the 3 mm grid of MNI152 is assumed. Check a map against anatomy.",
    );
  }
  const affineOn = (extents: Extents): readonly number[] => {
    if (usable !== null) return usable;
    const header = hasPlace(fields()) ? affineOf(niftiHeader(fields()), extents) : null;
    return header ?? assumedAffine(extents);
  };
  return { grid: { dimensions, affineOn }, repetitionTimeSeconds: repetition(file, fields, sa), remarks };
}

function extentsOf(
  file: Hdf5File,
  objects: PymvpaObjects,
  a: ReadonlyMap<string, Place>,
  fields: () => ReadonlyMap<string, readonly number[]>,
  remarks: string[],
): Extents | null {
  const given = a.get("voxel_dim")?.();
  const mapper = a.get("mapper")?.();
  const said =
    threeOf(given === undefined ? null : objects.numbers(given)) ??
    threeOf(fields().get("dim")?.slice(1, 4) ?? null) ??
    threeOf(mapper === undefined ? null : flattenedShape(objects, mapper, 0));
  if (said === null)
    remarks.push("The file does not say how large its grid is: the smallest that holds its voxels is taken.");
  if (said?.some((extent) => !(extent >= 1))) throw file.refusal(`its grid is ${said.join(" × ")}`);
  return said;
}

function threeOf(values: readonly number[] | null): Extents | null {
  const [x, y, z] = values ?? [];
  if (values?.length !== 3 || x === undefined || y === undefined || z === undefined) return null;
  return values.every(Number.isSafeInteger) ? [x, y, z] : null;
}

/** The shape that a FlattenMapper flattened, which may be one of a chain. */
function flattenedShape(objects: PymvpaObjects, path: string, depth: number): number[] | null {
  const name = objects.classOf(path);
  if (name === "FlattenMapper") {
    const state = objects.state(path);
    const shape = [...state].find(([key]) => /(^|__?)(orig)?shape$/.test(key))?.[1]();
    return shape === undefined ? null : objects.numbers(shape);
  }
  const nodes = name === "ChainMapper" && depth < 4 ? objects.state(path).get("_nodes")?.() : undefined;
  for (const node of nodes === undefined ? [] : objects.items(nodes)) {
    const shape = flattenedShape(objects, node(), depth + 1);
    if (shape !== null) return shape;
  }
  return null;
}

/** A header is a dict of its fields (from 2.4 on), or one record in the state of a NiBabel header. */
function headerFields(
  file: Hdf5File,
  objects: PymvpaObjects,
  place: Place | undefined,
): ReadonlyMap<string, readonly number[]> {
  const path = place?.();
  const fields = new Map<string, readonly number[]>();
  if (path === undefined || file.kindOf(path) !== "group") return fields;
  if (objects.classOf(path) !== "dict") {
    const record = objects.state(path).get("_structarr")?.();
    return record !== undefined && file.kindOf(record) === "array" ? file.record(record) : fields;
  }
  const entries = objects.entries(path);
  for (const name of FIELDS) {
    const value = entries.get(name)?.();
    const numbers = value === undefined ? null : objects.numbers(value);
    if (numbers !== null) fields.set(name, numbers);
  }
  return fields;
}

function hasPlace(fields: ReadonlyMap<string, readonly number[]>): boolean {
  return (fields.get("sform_code")?.[0] ?? 0) > 0 || (fields.get("qform_code")?.[0] ?? 0) > 0;
}

function niftiHeader(fields: ReadonlyMap<string, readonly number[]>): nifti.NIFTI1 {
  const header = new nifti.NIFTI1();
  const number = (name: string): number => fields.get(name)?.[0] ?? 0;
  header.sform_code = number("sform_code");
  header.qform_code = number("qform_code");
  header.quatern_b = number("quatern_b");
  header.quatern_c = number("quatern_c");
  header.quatern_d = number("quatern_d");
  header.qoffset_x = number("qoffset_x");
  header.qoffset_y = number("qoffset_y");
  header.qoffset_z = number("qoffset_z");
  header.pixDims = [...(fields.get("pixdim") ?? [])];
  header.xyzt_units = number("xyzt_units");
  const row = (name: string): number[] => [...(fields.get(name) ?? [0, 0, 0, 0])];
  header.affine = [row("srow_x"), row("srow_y"), row("srow_z"), [0, 0, 0, 1]];
  return header;
}

/** For a grid that is not MNI's own, its middle at the origin. */
function assumedAffine(extents: Extents): number[] {
  if (extents.every((extent, axis) => extent === MNI_3MM_EXTENTS[axis])) return MNI_3MM;
  const [x = 0, y = 0, z = 0] = extents.map((extent) => (3 * (extent - 1)) / 2);
  return [-3, 0, 0, x, 0, 3, 0, -y, 0, 0, 3, -z, 0, 0, 0, 1];
}

function isUsable(affine: readonly number[]): boolean {
  return affine.length === 16 && affine.every(Number.isFinite) && mapping(affine, affine) !== null;
}

/** By the volumes' times, which PyMVPA counts from the header's repetition time, or by that. */
function repetition(
  file: Hdf5File,
  fields: () => ReadonlyMap<string, readonly number[]>,
  sa: ReadonlyMap<string, Place>,
): number | null {
  const times = timesOf(file, sa) ?? new Float64Array();
  const step = (times[1] ?? Number.NaN) - (times[0] ?? Number.NaN);
  const even = times.every(
    (time, at) => at === 0 || Math.abs(time - (times[at - 1] as number) - step) < 1e-6,
  );
  if (even && step > 0 && step <= LONGEST_REPETITION_SECONDS) return step;
  return repetitionTime(niftiHeader(fields())).seconds;
}
