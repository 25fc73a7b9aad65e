import type { Grid } from "#app/contract/dataset.ts";
import { DisjointSets } from "#app/linalg/disjoint-sets.ts";
import { facePairs } from "#app/prepare/face-pairs.ts";
import type { Steps } from "./steps.ts";

/**
 * The pairs of voxels that share a face, each once, as places in `voxels` (linear on the grid, ascending). Islands are
 * tied on, the larger first, by their voxel that lies nearest to what hangs together already, so that all do.
 */
export function* faceNeighbours(grid: Grid, voxels: Int32Array): Steps<Int32Array> {
  const pairs = facePairs(grid, voxels);
  const sets = new DisjointSets(voxels.length);
  for (let at = 0; at < pairs.length; at += 2) {
    sets.join(pairs[at] as number, pairs[at + 1] as number);
  }
  yield;
  const islands = new Map<number, number[]>();
  for (const place of voxels.keys()) {
    const island = islands.get(sets.rootOf(place));
    if (island === undefined) islands.set(sets.rootOf(place), [place]);
    else island.push(place);
  }
  const [largest = [], ...others] = [...islands.values()].sort(
    (a, b) => b.length - a.length || (a[0] as number) - (b[0] as number),
  );
  const centres = centresOf(grid, voxels);
  const joined = [...largest];
  for (const island of others) {
    yield* tie(island, joined, centres, pairs);
    joined.push(...island);
  }
  return Int32Array.from(pairs);
}

function* tie(
  island: readonly number[],
  joined: readonly number[],
  centres: Float64Array,
  pairs: number[],
): Steps<void> {
  let [least, from, to] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const a of island) {
    const [x, y, z] = [centres[3 * a] as number, centres[3 * a + 1] as number, centres[3 * a + 2] as number];
    for (const b of joined) {
      const [dx, dy, dz] = [
        x - (centres[3 * b] as number),
        y - (centres[3 * b + 1] as number),
        z - (centres[3 * b + 2] as number),
      ];
      const apart = dx * dx + dy * dy + dz * dz;
      if (apart < least) [least, from, to] = [apart, a, b];
    }
    yield;
  }
  pairs.push(from, to);
}

/** In mm, three numbers a voxel. */
function centresOf({ dimensions: [nx, ny], affine }: Grid, voxels: Int32Array): Float64Array {
  const out = new Float64Array(3 * voxels.length);
  for (const [place, voxel] of voxels.entries()) {
    const at = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
    for (let r = 0; r < 3; r++) {
      out[3 * place + r] = at.reduce(
        (sum, x, c) => sum + (affine[4 * r + c] ?? 0) * x,
        affine[4 * r + 3] ?? 0,
      );
    }
  }
  return out;
}
