import { centresOf, inVolume } from "#app/align/searchlights.ts";
import type { Grid } from "#app/contract/dataset.ts";
import { voxelSize } from "#app/prepare/voxel-size.ts";

/** Of the folded cortex, midway between white matter and pia. */
const HEMISPHERE_MM2 = 90_000;
/** A box of so many voxels to a side, of which the inner half is counted, says how dense centres lie in a volume. */
const SIDE = 24;

/** About how many spheres a region of so many columns has, and how many columns are in one: on a surface of discs. */
export function spheresOn(grid: Grid | null, voxels: number) {
  const columns = (reachMm: number) => Math.min(voxels, Math.max(1, columnsWithin(grid, reachMm)));
  return {
    columns,
    count: (spacingMm: number | null) => {
      if (spacingMm === null) return voxels;
      const share = isSurface(grid) ? null : shareOfCentres(voxelSizes(grid), spacingMm);
      // Centres keep so far apart that no voxel is further from one: each has those of a smaller sphere to itself.
      return Math.max(1, voxels * (share ?? 1 / columns(spacingMm / 2)));
    },
  };
}

/** About how many columns lie no further than so many mm from one: in a disc of the cortex, or in a sphere. */
function columnsWithin(grid: Grid | null, reachMm: number): number {
  if (!isSurface(grid)) {
    const [x, y, z] = voxelSizes(grid);
    return (4.2 * reachMm ** 3) / (x * y * z);
  }
  const { structures, dimensions } = grid as Grid;
  return (Math.PI * reachMm ** 2 * dimensions[0]) / ((structures?.length ?? 1) * HEMISPHERE_MM2);
}

function isSurface(grid: Grid | null): boolean {
  return grid?.kind === "surface" && (grid.structures?.length ?? 0) > 0;
}

/** In mm; of 3 where voxels have no places in a volume. */
function voxelSizes(grid: Grid | null): [number, number, number] {
  const sizes = grid?.kind === "volume" ? [0, 1, 2].map((axis) => voxelSize(grid, axis)) : [];
  return sizes.length === 3 && sizes.every((size) => size > 0)
    ? (sizes as [number, number, number])
    : [3, 3, 3];
}

const shares = new Map<string, number | null>();

/** Which share of a large volume's voxels are centres, by making those of a box; null where they lie too far apart for it. */
function shareOfCentres(sizes: readonly [number, number, number], spacingMm: number): number | null {
  const key = [...sizes, spacingMm].join();
  const known = shares.get(key);
  if (known !== undefined) return known;
  const found = spacingMm > (Math.min(...sizes) * SIDE) / 4 ? null : shareInBox(sizes, spacingMm);
  shares.set(key, found);
  return found;
}

function shareInBox(sizes: readonly [number, number, number], spacingMm: number): number {
  const places = new Float64Array(3 * SIDE ** 3);
  const indices = (at: number) => [at % SIDE, Math.floor(at / SIDE) % SIDE, Math.floor(at / SIDE ** 2)];
  for (let at = 0; at < SIDE ** 3; at++)
    indices(at).forEach((index, axis) => {
      places[3 * at + axis] = index * (sizes[axis] as number);
    });
  const inner = centresOf(inVolume(places), spacingMm).filter((at) =>
    indices(at).every((index) => index >= SIDE / 4 && index < (3 * SIDE) / 4),
  );
  return inner.length / (SIDE / 2) ** 3;
}
