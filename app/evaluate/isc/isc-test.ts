import type { IscSettings } from "#app/contract/statistics.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import type { MapArrays } from "../held-out-maps.ts";
import { falseDiscoveryRates } from "../statistics/false-discovery.ts";
import type { CrossSpectrum } from "./cross-spectrum.ts";
import { fisherZ } from "./isc.ts";
import { blockTask, type NullBlock, spectrumTask } from "./isc-tasks.ts";
import { isOfPhases, type NullSource } from "./null-draws.ts";

/** Draws that one thread makes at a time: the same whatever the number of threads. */
const BLOCK = 50;

interface Tested {
  readonly arrays: MapArrays;
  readonly subjects: number;
  /** Rows of each part of a run, in the order of the time courses. */
  readonly runLengths: readonly number[];
  readonly seed: number;
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
}

/** Holds the inter-subject correlations of rows held out against draws from a null distribution. */
export function* testIsc(
  { test, count }: IscSettings,
  { arrays, subjects, runLengths, seed }: Tested,
): Staged<TestedVoxels> {
  const voxels = arrays.isc.length / subjects;
  const isc = matrixFrom(subjects, voxels, arrays.isc);
  const observed = new Float64Array(voxels);
  for (let at = 0; at < isc.data.length; at++) {
    const voxel = at % voxels;
    observed[voxel] = (observed[voxel] as number) + fisherZ(isc.data[at] as number) / subjects;
  }
  const source: NullSource = isOfPhases(test)
    ? { kind: "phases", test, runLengths, spectra: yield* spectraOf(arrays, subjects, runLengths) }
    : { kind: "subjects", test, isc };
  const firsts = Array.from({ length: Math.ceil(count / BLOCK) }, (_, at) => at * BLOCK);
  const blocks = (yield firsts.map((first) =>
    blockTask({ source, seed, observed, first, count: Math.min(BLOCK, count - first) }),
  )) as readonly NullBlock[];
  const reached = new Float64Array(voxels);
  for (const block of blocks) {
    block.reached.forEach((hits, voxel) => {
      reached[voxel] = (reached[voxel] as number) + hits;
    });
  }
  const maxima = Float64Array.from(blocks.flatMap((block) => [...block.maxima])).sort();
  const p = reached.map((hits, voxel) =>
    Number.isNaN(observed[voxel] as number) ? Number.NaN : (hits + 1) / (count + 1),
  );
  return {
    mean: observed.map(Math.tanh),
    p,
    q: falseDiscoveryRates(p),
    pMax: observed.map((z) => (Number.isNaN(z) ? z : (count - placeIn(maxima, z) + 1) / (count + 1))),
    threshold: Math.tanh(maxima[Math.ceil(0.95 * count) - 1] as number),
  };
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
