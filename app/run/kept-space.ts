import type { Alignment, AlignSubject } from "#app/align/aligner.ts";
import type { LinearMap, Transform } from "#app/align/transform.ts";
import type { WayBack } from "#app/align/way-back.ts";
import { meanPatterns } from "#app/evaluate/mean-patterns.ts";
import { copied, type Matrix, stackRows, zeros } from "#app/linalg/matrix.ts";
import type { KeptSpace, KeptTransform } from "#app/results/transform-files.ts";

/** What a fold fitted, and of each subject the labelled rows tested in its common space. */
export interface FittedSpace {
  readonly subjects: readonly AlignSubject[];
  readonly alignment: Alignment;
  /** Of each subject; null where its transform's transpose leads back. */
  readonly backs: readonly (WayBack | null)[];
  readonly tested: readonly Matrix[];
}

/** What is said of a fold beside what it fitted. */
interface FoldWords {
  readonly fold: string;
  readonly runs: readonly string[];
  /** In the order of the fit. */
  readonly names: readonly string[];
  /** The grid's voxels behind the dataset's. */
  readonly indices: Int32Array;
  /** The condition of each row tested, and the names of all. */
  readonly codes: readonly number[];
  readonly classes: readonly string[];
}

/**
 * A fitted space as its files hold it, in memory of its own: threads share theirs, which can't be kept as a step.
 */
export function keptSpace(
  { subjects, alignment, backs, tested }: FittedSpace,
  { fold, runs, names, indices, codes, classes }: FoldWords,
): KeptSpace {
  const { commonSpace, columns, transforms } = alignment;
  const present = [...classes.keys()].filter((code) => codes.includes(code));
  const onGrid = (voxels: Int32Array) => voxels.map((voxel) => indices[voxel] as number);
  return {
    fold,
    runs,
    samples: copied(commonSpace),
    voxels: columns.kind === "voxels" ? onGrid(columns.voxels) : null,
    weights: columns.kind === "components" ? columns.weights.slice() : null,
    transforms: transforms.map(({ offsetIn, offsetOut, scale, map }: Transform, at) => ({
      subject: names[at] as string,
      voxels: onGrid((subjects[at] as AlignSubject).voxels),
      offsetIn: offsetIn.slice(),
      offsetOut: offsetOut.slice(),
      scale,
      map: keptMap(map),
      back: keptBack(backs[at] ?? null),
    })),
    tested: {
      conditions: present.map((code) => classes[code] as string),
      patterns: tested.map((rows) => meanPatterns(rows, codes, present)),
    },
  };
}

function keptMap(map: LinearMap): KeptTransform["map"] {
  if (map.kind === "dense") return { kind: "dense", matrix: copied(map.matrix) };
  if (map.kind === "sparse") {
    const { starts, indices, values, ...size } = map.matrix;
    const matrix = { ...size, starts: starts.slice(), indices: indices.slice(), values: values.slice() };
    return { kind: "sparse", matrix };
  }
  return {
    kind: "factored",
    left: stackRows(map.left),
    core: blocks(map.core),
    right: stackRows(map.right),
    sharedSource: map.shared.source.slice(),
    sharedTarget: map.shared.target.slice(),
  };
}

function keptBack(back: WayBack | null): KeptTransform["back"] {
  return back === null ? null : { ...back, matrix: copied(back.matrix), offset: back.offset.slice() };
}

/** One matrix of blocks, given row by row. */
function blocks(parts: readonly (readonly Matrix[])[]): Matrix {
  const rows = parts.reduce((sum, [first]) => sum + (first?.rows ?? 0), 0);
  const columns = (parts[0] ?? []).reduce((sum, part) => sum + part.columns, 0);
  const out = zeros(rows, columns);
  let top = 0;
  for (const line of parts) {
    let left = 0;
    for (const part of line) {
      for (let row = 0; row < part.rows; row++) {
        const values = part.data.subarray(row * part.columns, (row + 1) * part.columns);
        out.data.set(values, (top + row) * columns + left);
      }
      left += part.columns;
    }
    top += line[0]?.rows ?? 0;
  }
  return out;
}
