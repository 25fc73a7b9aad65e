import type { IscSettings } from "#app/contract/statistics.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { MapArrays } from "../held-out-maps.ts";
import { clusterSizes } from "../statistics/clusters.ts";
import { falseDiscoveryRates } from "../statistics/false-discovery.ts";
import type { CrossSpectrum } from "./cross-spectrum.ts";
import { fisherZ } from "./isc.ts";
import { blockTask, type Clusters, type NullBlock, spectrumTask, thresholdTask } from "./isc-tasks.ts";
import { allSigns, isOfPhases, type NullSource } from "./null-draws.ts";

/** Draws that one thread makes at a time: the same whatever the number of threads. */
const BLOCK = 50;

/** Rounding is not what sets two correlations apart. */
const SAME = 1e-12;

interface Tested {
  readonly arrays: MapArrays;
  readonly subjects: number;
  /** Rows of each part of a run, in the order of the time courses. */
  readonly runLengths: readonly number[];
  readonly seed: number;
  /** Pairs of voxels that touch, by number; null where voxels have no places. */
  readonly neighbours: Int32Array | null;
}

/** Of each voxel, V; NaN where it has no correlation. One-sided: higher than by chance. */
export interface TestedVoxels {
  /** The group's, by Fisher's z. */
  readonly mean: Float64Array;
  readonly p: Float64Array;
  /** The smallest false discovery rate at which it is found. */
  readonly q: Float64Array;
  /** Against the highest of all voxels in each draw: corrected for their number. */
  readonly pMax: Float64Array;
  /** The correlation that 5 % of draws exceed anywhere. */
  readonly threshold: number;
  /** Null where voxels have no neighbours. */
  readonly clusters: TestedClusters | null;
}

/** Clusters of voxels that hang together, against the largest in each draw. */
export interface TestedClusters {
  /** The correlation that they are made at. */
  readonly threshold: number;
  /** Of each voxel that of its cluster; 1 of one in none. */
  readonly p: Float64Array;
  /** How many voxels its cluster has; 0 of one in none. */
  readonly sizes: Int32Array;
}

/** How many tasks a test takes. */
export function tasksOfTest(settings: IscSettings, subjects: number): number {
  const draws = allSigns(settings, subjects) ?? settings.count;
  return (isOfPhases(settings.test) ? subjects : 0) + 1 + Math.ceil(draws / BLOCK);
}

/** Holds the inter-subject correlations of rows held out against draws from a null distribution. */
export function* testIsc(
  settings: IscSettings,
  { arrays, subjects, runLengths, seed, neighbours }: Tested,
): Staged<TestedVoxels> {
  const { test, clusterP } = settings;
  const all = allSigns(settings, subjects);
  const count = all ?? settings.count;
  const voxels = arrays.isc.length / subjects;
  const isc = matrixFrom(subjects, voxels, arrays.isc);
  const observed = new Float64Array(voxels);
  for (let at = 0; at < isc.data.length; at++) {
    const voxel = at % voxels;
    observed[voxel] = (observed[voxel] as number) + fisherZ(isc.data[at] as number) / subjects;
  }
  const source: NullSource = isOfPhases(test)
    ? { kind: "phases", test, runLengths, spectra: yield* spectraOf(arrays, subjects, runLengths) }
    : { kind: "subjects", test, isc, exact: all !== null };
  const [threshold] = (
    neighbours === null
      ? [Number.NaN]
      : yield [thresholdTask({ source, seed, draws: someOf(count), p: clusterP })]
  ) as readonly [number];
  const clusters = neighbours === null || Number.isNaN(threshold) ? null : { threshold, neighbours };
  // What is equal to the observed counts as reached, whatever its last digits: all signs hold the observed themselves.
  const least = observed.map((z) => z - SAME * Math.max(1, Math.abs(z)));
  const firsts = Array.from({ length: Math.ceil(count / BLOCK) }, (_, at) => at * BLOCK);
  const blocks = (yield firsts.map((first) =>
    blockTask({
      source,
      seed,
      observed: least,
      first,
      count: Math.min(BLOCK, count - first),
      clusters,
    }),
  )) as readonly NullBlock[];
  const reached = new Float64Array(voxels);
  for (const block of blocks) {
    block.reached.forEach((hits, voxel) => {
      reached[voxel] = (reached[voxel] as number) + hits;
    });
  }
  const maxima = Float64Array.from(blocks.flatMap((block) => [...block.maxima])).sort();
  // Of all combinations the observed is one; of draws by chance it is counted beside them.
  const beside = all === null ? 1 : 0;
  const share = (hits: number) => (hits + beside) / (count + beside);
  const p = reached.map((hits, voxel) =>
    Number.isNaN(observed[voxel] as number) ? Number.NaN : share(hits),
  );
  return {
    mean: observed.map(Math.tanh),
    p,
    q: falseDiscoveryRates(p),
    pMax: least.map((z) => (Number.isNaN(z) ? z : share(count - placeIn(maxima, z)))),
    threshold: Math.tanh(maxima[Math.ceil(0.95 * count) - 1] as number),
    clusters: clusters && clustersOf(observed, clusters, blocks, share),
  };
}

/** A block of draws, from all over: of all combinations of signs the first are much alike. */
function someOf(count: number): number[] {
  const some = Math.min(BLOCK, count);
  return Array.from({ length: some }, (_, at) => Math.floor((at * count) / some));
}

function clustersOf(
  observed: Float64Array,
  { threshold, neighbours }: Clusters,
  blocks: readonly NullBlock[],
  share: (hits: number) => number,
): TestedClusters {
  const sizes = clusterSizes(
    Uint8Array.from(observed, (z) => (z >= threshold ? 1 : 0)),
    neighbours,
  );
  const largest = Float64Array.from(blocks.flatMap((block) => [...block.largest])).sort();
  const p = Float64Array.from(sizes, (size, voxel) => {
    if (Number.isNaN(observed[voxel] as number)) return Number.NaN;
    return size === 0 ? 1 : share(largest.length - placeIn(largest, size));
  });
  return { threshold: Math.tanh(threshold), p, sizes };
}

/** How many of ascending numbers are less: of tens of thousands of voxels and draws nothing may be gone through. */
function placeIn(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* spectraOf(
  { timeCourses, others }: MapArrays,
  subjects: number,
  runLengths: readonly number[],
): Staged<readonly CrossSpectrum[]> {
  return (yield Array.from({ length: subjects }, (_, subject) =>
    spectrumTask({ timeCourses, others, subjects, subject, runLengths }),
  )) as readonly CrossSpectrum[];
}
