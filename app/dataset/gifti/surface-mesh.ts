import type { SurfaceMesh } from "#app/contract/surface.ts";
import { unreadable } from "#app/dataset/unreadable.ts";
import { type FoundArray, giftiArrays } from "./gifti-arrays.ts";

/** How many vertices the surface in a GIfTI file has, by the head of its first array. @throws Fault image/… */
export async function verticesOfMesh(path: string): Promise<number> {
  for await (const { array } of giftiArrays(path)) {
    if (array.intent === "POINTSET") return array.dimensions[0];
    if (array.intent !== "TRIANGLE") break;
  }
  throw unreadable(path, "it holds no shape of a surface");
}

/**
 * The vertices and triangles of a surface (GIFTI 1.0: one POINTSET of V × 3 in mm, one TRIANGLE of F × 3).
 * @throws Fault image/unreadable, image/truncated, image/damaged
 */
export async function readMesh(path: string): Promise<SurfaceMesh> {
  let points: Float32Array<ArrayBuffer> | null = null;
  let corners: Float32Array | null = null;
  for await (const found of giftiArrays(path)) {
    if (found.array.intent === "POINTSET") points ??= await triples(path, found);
    if (found.array.intent === "TRIANGLE") corners ??= await triples(path, found);
  }
  if (points === null || corners === null) throw unreadable(path, "it holds no shape of a surface");
  const vertices = points.length / 3;
  const triangles = Uint32Array.from(corners);
  // What is negative, broken or beyond the last vertex differs from itself as a whole number, or is too large.
  if (corners.some((corner, at) => corner !== triangles[at] || corner >= vertices)) {
    throw unreadable(path, "a triangle has a corner that is no vertex");
  }
  if (!points.every(Number.isFinite)) throw unreadable(path, "a vertex has no place");
  return { points, triangles };
}

/** Rows of three, one after the other. */
async function triples(path: string, { array, values }: FoundArray): Promise<Float32Array<ArrayBuffer>> {
  const [rows, columns, ...more] = array.dimensions;
  if (columns !== 3 || more.length > 0)
    throw unreadable(path, "vertices and triangles are not rows of three");
  const stored = await values();
  if (!array.columnMajor) return Float32Array.from(stored);
  return Float32Array.from(stored, (_, at) => stored[(at % 3) * rows + Math.floor(at / 3)] as number);
}
