import type { z } from "zod";
import type { GridShape } from "#app/contract/maps.ts";
import type { SparseMatrix } from "#app/linalg/sparse-matrix.ts";
import { type NpzArray, npzBytes } from "./npz.ts";

/** Rows × columns, row by row, and its values. */
interface Table {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** A subject's transform, X ↦ (X − offsetIn) · map · scale + offsetOut, as a file holds it. */
export interface KeptTransform {
  readonly subject: string;
  /** The voxel of the grid behind each column of X: linear index i + nx·(j + ny·k). */
  readonly voxels: Int32Array;
  readonly offsetIn: Float64Array;
  readonly offsetOut: Float64Array;
  readonly scale: number;
  readonly map:
    | { readonly kind: "dense"; readonly matrix: Table }
    | { readonly kind: "sparse"; readonly matrix: SparseMatrix }
    | {
        readonly kind: "factored";
        /** L × V, L × R and R × k: map = J + leftᵀ · core · right. */
        readonly left: Table;
        readonly core: Table;
        readonly right: Table;
        /** J has a one from each voxel of `sharedSource` (a column of X) to the column of `sharedTarget`. */
        readonly sharedSource: Int32Array;
        readonly sharedTarget: Int32Array;
      };
  /** Null where the map is orthogonal. */
  readonly back: KeptWayBack | null;
}

/** How rows of the common space come into the subject's voxels where the map's transpose does not bring them there. */
export interface KeptWayBack {
  /** Of k columns k × V, or of T samples T × V. */
  readonly kind: "columns" | "samples";
  readonly matrix: Table;
  readonly offset: Float64Array;
}

/** A common space as it was fitted on some runs, and each subject's way into it. */
export interface KeptSpace {
  readonly fold: string;
  readonly runs: readonly string[];
  /** T × k: the samples aligned on, in the common space. */
  readonly samples: Table;
  /** Grid voxels of the columns; null where they are components. */
  readonly voxels: Int32Array | null;
  /** What each column counts once samples are z-scored; null where all count alike. */
  readonly weights: Float64Array | null;
  readonly transforms: readonly KeptTransform[];
  /** What the fold tested: each condition's mean, conditions × k, of each subject in the order of the transforms. */
  readonly tested: { readonly conditions: readonly string[]; readonly patterns: readonly Table[] };
}

interface Described {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly grid: z.infer<typeof GridShape>;
}

/**
 * The files of kept spaces, by path, none where none was kept: archives of NumPy, and what they are as JSON
 * (docs/transform-files.md).
 */
export function transformFiles(
  spaces: readonly KeptSpace[],
  { method, parameters, grid }: Described,
): Record<string, string | Uint8Array> {
  if (spaces.length === 0) return {};
  const files: Record<string, string | Uint8Array> = {};
  const folds = spaces.map((space, at) => {
    const folder = `transforms/${fileName(space.fold, `fold-${at + 1}`)}`;
    files[`${folder}/common-space.npz`] = npzBytes({
      samples: table(space.samples),
      ...(space.voxels !== null && { voxels: list(space.voxels) }),
      ...(space.weights !== null && { weights: list(space.weights) }),
      patterns: stacked(space.tested.patterns),
    });
    const subjects = space.transforms.map((transform, place) => {
      const file = `${folder}/${fileName(transform.subject, `subject-${place + 1}`)}.npz`;
      files[file] = npzBytes(arraysOf(transform));
      const { subject, voxels, map, back } = transform;
      return { subject, file, kind: map.kind, voxels: voxels.length, back: back?.kind ?? "transpose" };
    });
    return {
      fold: space.fold,
      runs: space.runs,
      commonSpace: `${folder}/common-space.npz`,
      columns: space.voxels === null ? "components" : "voxels",
      width: space.samples.columns,
      rows: space.samples.rows,
      conditions: space.tested.conditions,
      subjects,
    };
  });
  files["transforms/transforms.json"] =
    `${JSON.stringify({ version: 2, method, parameters, grid, folds }, null, 2)}\n`;
  return files;
}

/** A name that every file system takes and that leads nowhere else; another where it is not one. */
function fileName(name: string, instead: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(name) ? name : instead;
}

function arraysOf({
  voxels,
  offsetIn,
  offsetOut,
  scale,
  map,
  back,
}: KeptTransform): Record<string, NpzArray> {
  const common = {
    voxels: list(voxels),
    offset_in: list(offsetIn),
    offset_out: list(offsetOut),
    scale: { shape: [], values: Float64Array.of(scale) },
    ...(back !== null && { back: table(back.matrix), back_offset: list(back.offset) }),
  };
  if (map.kind === "dense") return { ...common, matrix: table(map.matrix) };
  if (map.kind === "sparse") return { ...common, ...sparse(map.matrix) };
  return {
    ...common,
    left: table(map.left),
    core: table(map.core),
    right: table(map.right),
    shared_source: list(map.sharedSource),
    shared_target: list(map.sharedTarget),
  };
}

/** As scipy.sparse.save_npz has it, so that load_npz reads the map. */
function sparse({ rows, columns, starts, indices, values }: SparseMatrix): Record<string, NpzArray> {
  return {
    format: { shape: [], values: "csc" },
    shape: list(Int32Array.of(rows, columns)),
    indptr: list(starts),
    indices: list(indices),
    data: list(values),
  };
}

function table({ rows, columns, data }: Table): NpzArray {
  return { shape: [rows, columns], values: data };
}

/** Tables of one size, one after the other. */
function stacked(tables: readonly Table[]): NpzArray {
  const [{ rows, columns } = { rows: 0, columns: 0 }] = tables;
  const values = new Float64Array(tables.length * rows * columns);
  tables.forEach(({ data }, at) => {
    values.set(data, at * rows * columns);
  });
  return { shape: [tables.length, rows, columns], values };
}

function list(values: Float64Array | Int32Array): NpzArray {
  return { shape: [values.length], values };
}
