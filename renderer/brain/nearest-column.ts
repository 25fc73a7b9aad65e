/**
 * Of a region's columns (`voxels`, of the grid) the one whose vertex lies nearest to a place in mm on a hemisphere, whose
 * first vertex is the column `first`; null where the region has none of it.
 */
export function nearestColumn(
  points: Float32Array,
  first: number,
  voxels: Int32Array,
  [x, y, z]: readonly [number, number, number],
): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, column] of voxels.entries()) {
    const from = 3 * (column - first);
    if (from < 0 || from >= points.length) continue;
    const far =
      ((points[from] as number) - x) ** 2 +
      ((points[from + 1] as number) - y) ** 2 +
      ((points[from + 2] as number) - z) ** 2;
    if (far < least) [best, least] = [at, far];
  }
  return best;
}
