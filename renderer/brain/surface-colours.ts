import { signedRgb } from "./signed-colours.ts";

/** Cortex without a value that is shown, and cortex that the region leaves out. */
const PLAIN = [176, 174, 172] as const;
const OUTSIDE = [120, 119, 118] as const;
const MARK = [255, 214, 10] as const;
const MARK_MM = 4;

interface SurfaceValues {
  /** x, y, z in mm of each vertex. */
  readonly points: Float32Array;
  /** Which column of the grid the first vertex is. */
  readonly first: number;
  /** The columns of the region, ascending, and the value of each; null hides them. */
  readonly voxels: Int32Array;
  readonly values: Float32Array | null;
  readonly threshold: number;
  readonly end: number;
  /** The vertex to mark; null for none of this hemisphere. */
  readonly chosen: number | null;
}

/** Red, green, blue and opacity of each vertex of a hemisphere under a map with a sign. */
export function surfaceColours(surface: SurfaceValues): Uint8Array {
  const { points, first, voxels, values, threshold, end, chosen } = surface;
  const count = points.length / 3;
  const colours = new Uint8Array(4 * count);
  const paint = (vertex: number, colour: readonly [number, number, number]) => {
    colours.set(colour, 4 * vertex);
    colours[4 * vertex + 3] = 255;
  };
  for (let vertex = 0; vertex < count; vertex++) paint(vertex, OUTSIDE);
  for (const [at, column] of voxels.entries()) {
    const vertex = column - first;
    if (vertex < 0 || vertex >= count) continue;
    const value = values?.[at] ?? Number.NaN;
    const isShown = Number.isFinite(value) && value !== 0 && Math.abs(value) >= threshold;
    paint(vertex, isShown ? signedRgb(value, end) : PLAIN);
  }
  if (chosen !== null) for (const vertex of near(points, chosen)) paint(vertex, MARK);
  return colours;
}

/** A vertex and those within some mm of it: of a coarse mesh itself alone. */
function near(points: Float32Array, vertex: number): number[] {
  const [x, y, z] = [0, 1, 2].map((axis) => points[3 * vertex + axis] as number) as [number, number, number];
  const found = [vertex];
  for (let at = 0; at < points.length; at += 3) {
    const far = Math.hypot(
      (points[at] as number) - x,
      (points[at + 1] as number) - y,
      (points[at + 2] as number) - z,
    );
    if (far <= MARK_MM && at !== 3 * vertex) found.push(at / 3);
  }
  return found;
}
