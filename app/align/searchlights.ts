import { range } from "#app/linalg/vector.ts";

/** Voxels around a centre, by column, ascending, and the distance of each from it in mm. */
export interface Searchlight {
  readonly columns: Int32Array;
  readonly distances: Float64Array;
}

/** Distances are compared with this much to spare: those on a grid are not exact. */
const SPARE = 1e-9;

/** Where the columns of a space lie, and which lie near one. */
export interface Surroundings {
  /** V × 3 in mm. */
  readonly places: Float64Array;
  /** How all columns no further than so many mm from a column are found, itself among them. */
  readonly nearby: (reachMm: number) => (centre: number) => Searchlight;
}

/** Of V × 3 places those of some voxels. */
export function placesAt(places: Float64Array, voxels: Int32Array): Float64Array {
  const out = new Float64Array(3 * voxels.length);
  for (let at = 0; at < voxels.length; at++) {
    const from = 3 * (voxels[at] as number);
    for (let axis = 0; axis < 3; axis++) out[3 * at + axis] = places[from + axis] as number;
  }
  return out;
}

/** Voxels of a volume (V × 3 in mm), by straight distances. */
export function inVolume(places: Float64Array): Surroundings {
  return { places, nearby: (reachMm) => inCells(places, reachMm * (1 + SPARE)) };
}

/** By cells as wide as the reach, of which 27 are looked into. */
function inCells(places: Float64Array, reach: number): (centre: number) => Searchlight {
  const cells = new Map<string, number[]>();
  const cellOf = (column: number) =>
    [0, 1, 2].map((axis) => Math.floor((places[3 * column + axis] as number) / reach)) as [
      number,
      number,
      number,
    ];
  for (let column = 0; column < places.length / 3; column++) {
    const key = cellOf(column).join();
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [column]);
    else cell.push(column);
  }
  return (centre) => {
    const [x, y, z] = cellOf(centre);
    const found: number[] = [];
    for (let i = x - 1; i <= x + 1; i++) {
      for (let j = y - 1; j <= y + 1; j++) {
        for (let k = z - 1; k <= z + 1; k++) {
          for (const column of cells.get(`${i},${j},${k}`) ?? []) {
            if (distanceBetween(places, centre, column) <= reach) found.push(column);
          }
        }
      }
    }
    const columns = Int32Array.from(found).sort();
    const distances = new Float64Array(columns.length);
    for (let at = 0; at < columns.length; at++) {
      distances[at] = distanceBetween(places, centre, columns[at] as number);
    }
    return { columns, distances };
  };
}

/**
 * Centres so that no voxel is further from one than the spacing: the last that is left becomes one, all within the
 * spacing of it go, and so on, as PyMVPA's scatter_neighborhoods. Without a spacing every voxel is one. Ascending.
 */
export function centresOf({ places, nearby }: Surroundings, spacingMm: number | null): Int32Array {
  const all = range(0, places.length / 3);
  if (spacingMm === null) return all;
  const near = nearby(spacingMm);
  const left = new Uint8Array(all.length).fill(1);
  const centres: number[] = [];
  for (let column = all.length - 1; column >= 0; column--) {
    if (left[column] === 0) continue;
    centres.push(column);
    for (const one of near(column).columns) left[one] = 0;
  }
  return Int32Array.from(centres).sort();
}

/**
 * How much each searchlight counts at each of its voxels: (radius − distance)/radius, so that what is near its centre
 * counts most, and all that a voxel is part of add up to 1 (Feilong's hyperalignment). A voxel that is nowhere nearer
 * than the radius counts alike everywhere.
 */
export function searchlightWeights(
  searchlights: readonly Searchlight[],
  voxels: number,
  radiusMm: number,
): Float64Array[] {
  const [sums, counts] = [new Float64Array(voxels), new Int32Array(voxels)];
  for (const { columns, distances } of searchlights) {
    columns.forEach((column, at) => {
      sums[column] = (sums[column] as number) + nearness(distances[at] as number, radiusMm);
      counts[column] = (counts[column] as number) + 1;
    });
  }
  return searchlights.map(({ columns, distances }) => {
    const weights = new Float64Array(columns.length);
    for (let at = 0; at < columns.length; at++) {
      const [column, distance] = [columns[at] as number, distances[at] as number];
      const sum = sums[column] as number;
      weights[at] = sum > 0 ? nearness(distance, radiusMm) / sum : 1 / (counts[column] as number);
    }
    return weights;
  });
}

function nearness(distance: number, radiusMm: number): number {
  return Math.max(0, (radiusMm - distance) / radiusMm);
}

function distanceBetween(places: Float64Array, a: number, b: number): number {
  let squares = 0;
  for (let axis = 0; axis < 3; axis++) {
    const along = (places[3 * a + axis] as number) - (places[3 * b + axis] as number);
    squares += along * along;
  }
  return Math.sqrt(squares);
}
