import { centresOf, type Searchlight, type Surroundings, searchlightWeights } from "./searchlights.ts";

/** How a space is cut into searchlights, in mm. */
export interface SearchlightRule {
  readonly radiusMm: number;
  /** How far apart centres are at most; null where every voxel is one. */
  readonly spacingMm: number | null;
  /** Of each searchlight the share of its voxels that is used: see `bestOf`. */
  readonly keep: number;
}

/** A searchlight among the columns of its block, and how much it counts at each of its voxels. */
export interface WeightedSearchlight {
  readonly columns: Int32Array;
  readonly weights: Float64Array;
}

/** Neighbouring searchlights, and the columns of the space that any of them has, ascending. */
export interface SearchlightBlock {
  readonly columns: Int32Array;
  readonly searchlights: readonly WeightedSearchlight[];
}

/** Of a searchlight's voxels those that count: the ones at its rim count 0. */
export function counted({ columns, weights }: WeightedSearchlight): WeightedSearchlight {
  const own = { columns: new Int32Array(columns.length), weights: new Float64Array(columns.length) };
  let count = 0;
  for (let at = 0; at < columns.length; at++) {
    if (weights[at] === 0) continue;
    own.columns[count] = columns[at] as number;
    own.weights[count] = weights[at] as number;
    count += 1;
  }
  return { columns: own.columns.subarray(0, count), weights: own.weights.subarray(0, count) };
}

/** So many searchlights are one task at most. Half as many are the least, so that tasks take about as long. */
const TOGETHER = 64;
/** Where not every voxel is a centre fewer lie as near each other: so many are one task at least. */
const LEAST_TOGETHER = 4;

/** How many blocks so many centres among so many voxels make. */
export function blocksFor(centres: number, voxels: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(centres / mostTogether(centres, voxels))));
}

/** Searchlights of a task share most of their voxels only where about as many voxels have one for a centre. */
function mostTogether(centres: number, voxels: number): number {
  return Math.max(LEAST_TOGETHER, Math.round((TOGETHER * centres) / voxels));
}

/**
 * All searchlights of a space in groups of neighbours: halved along the longest side of the box around them until few enough
 * are left, so that a group's searchlights share most of their voxels.
 */
export function searchlightGroups(
  surroundings: Surroundings,
  { radiusMm, spacingMm }: SearchlightRule,
): readonly (readonly Searchlight[])[] {
  const { places, nearby } = surroundings;
  const centres = centresOf(surroundings, spacingMm);
  const around = nearby(radiusMm);
  const most = mostTogether(centres.length, places.length / 3);
  return halved(places, centres, [...centres.keys()], most).map((group) =>
    group.map((one) => around(centres[one] as number)),
  );
}

/** Groups of searchlights of a space of so many voxels as what is worked on, weighted so that at each voxel they add up to 1. */
export function searchlightBlocks(
  groups: readonly (readonly Searchlight[])[],
  voxels: number,
  { radiusMm }: SearchlightRule,
): readonly SearchlightBlock[] {
  const weights = searchlightWeights(groups.flat(), voxels, radiusMm);
  let first = 0;
  return groups.map((group) => {
    const own = weights.slice(first, first + group.length);
    first += group.length;
    return blockOf(group, own);
  });
}

/** Groups of centres, by number. Those as far along the side go by number, so that the groups are always the same. */
function halved(
  places: Float64Array,
  centres: Int32Array,
  group: readonly number[],
  most: number,
): readonly number[][] {
  if (group.length <= most) return [[...group]];
  const along = (one: number, axis: number) => places[3 * (centres[one] as number) + axis] as number;
  const sides = [0, 1, 2].map((axis) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const one of group) {
      least = Math.min(least, along(one, axis));
      most = Math.max(most, along(one, axis));
    }
    return most - least;
  });
  const longest = sides.indexOf(Math.max(...sides));
  const ordered = group.toSorted((a, b) => along(a, longest) - along(b, longest) || a - b);
  const half = Math.ceil(group.length / 2);
  return [
    ...halved(places, centres, ordered.slice(0, half), most),
    ...halved(places, centres, ordered.slice(half), most),
  ];
}

function blockOf(group: readonly Searchlight[], weights: readonly Float64Array[]): SearchlightBlock {
  const all = new Set<number>();
  for (const one of group) for (const column of one.columns) all.add(column);
  const columns = Int32Array.from(all).sort();
  const place = new Map([...columns].map((column, at) => [column, at]));
  return {
    columns,
    searchlights: group.map((one, at) => ({
      columns: one.columns.map((column) => place.get(column) as number),
      weights: weights[at] as Float64Array,
    })),
  };
}
