import type { Maps } from "#app/contract/maps.ts";
import type { RunMaps } from "./map-source.ts";

export const mapKinds = [
  "pattern",
  "mean",
  "difference",
  "isc",
  "above-chance",
  "accuracy",
  "foretold",
  "feeds",
] as const;
export type MapKind = (typeof mapKinds)[number];

export const mapLabels: Readonly<Record<MapKind, string>> = {
  pattern: "Subject's pattern",
  mean: "Group mean pattern",
  difference: "Subject minus group mean",
  isc: "Inter-subject correlation",
  "above-chance": "Correlation above chance",
  accuracy: "Accuracy around each voxel",
  foretold: "Foretold from the others",
  feeds: "Weights of a column",
};

/** Patterns are z-scored; the inter-subject correlation is an r; weights feed a column; accuracy is in points over chance. */
export type MapUnit = "z" | "r" | "w" | "%";

export function unitOf(kind: MapKind): MapUnit {
  if (kind === "accuracy") return "%";
  return kind === "isc" || kind === "above-chance" ? "r" : kind === "feeds" ? "w" : "z";
}

/** By what a correlation is held to be above chance: p as it is, or corrected for the number of voxels. */
export const corrections = ["max", "fdr", "cluster", "none"] as const;
export type Correction = (typeof corrections)[number];

export const correctionLabels: Readonly<Record<Correction, string>> = {
  max: "max statistic",
  fdr: "false discovery rate",
  cluster: "clusters",
  none: "uncorrected",
};

/** Where the p of each lies among the rows of a test: see `mapFiles`. */
const correctionRows: Readonly<Record<Correction, number>> = { none: 1, fdr: 2, max: 3, cluster: 4 };

const ALPHA = 0.05;

/** What a map of correlations above chance holds where there is none: no correlation is exactly that. */
export const NOT_ABOVE = 0;

export interface MapChoice {
  readonly kind: MapKind;
  /** Index of the subject; −1 for the mean over subjects, where the kind allows it. */
  readonly subject: number;
  readonly condition: number;
  /** Of correlations above chance. */
  readonly correction?: Correction;
  /** What guessing would reach: accuracies are shown less it. */
  readonly chance?: number;
}

/** Whether a run has what a map is of. */
export function hasMap(kind: MapKind, { iscTest, searchlight }: RunMaps): boolean {
  return kind === "above-chance" ? iscTest !== null : kind === "accuracy" ? searchlight !== null : true;
}

/** Whether a map is of all subjects together. */
export function isOfAll(kind: MapKind): boolean {
  return kind === "mean" || kind === "above-chance" || kind === "accuracy";
}

/** The values of a map at the region's voxels (V); null where the side has none. NaN: not in the common space. */
export function mapValues(
  maps: Maps,
  arrays: RunMaps,
  side: "before" | "after",
  { kind, subject, condition, correction = "max", chance = 0 }: MapChoice,
): Float32Array | null {
  // Weights, and what is foretold, are not among a run's arrays: they are asked for.
  if (kind === "feeds" || (kind === "foretold" && side === "after")) return null;
  const count = maps.voxels;
  const subjects = maps.subjects.length;
  if (kind === "isc") {
    const isc = arrays.isc[side];
    if (isc === null) return null;
    const rowOf = (at: number) => isc.subarray(at * count, (at + 1) * count);
    return subject >= 0 ? rowOf(subject) : meanOf(Array.from({ length: subjects }, (_, at) => rowOf(at)));
  }
  if (kind === "above-chance") {
    const test = arrays.iscTest?.[side] ?? null;
    if (test === null) return null;
    const p = (voxel: number) => test[correctionRows[correction] * count + voxel] as number;
    return test.subarray(0, count).map((r, voxel) => (Number.isNaN(r) || p(voxel) < ALPHA ? r : NOT_ABOVE));
  }
  if (kind === "accuracy") {
    return arrays.searchlight?.[side]?.map((value) => 100 * (value - chance)) ?? null;
  }
  const patterns = arrays.patterns[side];
  if (patterns === null) return null;
  const patternOf = (at: number) => patternIn(patterns, maps, at, condition);
  if (kind === "pattern" || kind === "foretold") return patternOf(Math.max(0, subject));
  const mean = meanOf(Array.from({ length: subjects }, (_, at) => patternOf(at)));
  if (kind === "mean") return mean;
  const own = patternOf(Math.max(0, subject));
  return mean.map((value, at) => (own[at] as number) - value);
}

/** The mean of the other subjects' measured patterns, on anatomy alone: V. */
export function othersPattern(
  maps: Maps,
  { patterns }: RunMaps,
  { subject, condition }: Pick<MapChoice, "subject" | "condition">,
): Float32Array {
  const others = [...maps.subjects.keys()].filter((at) => at !== subject);
  return meanOf(others.map((at) => patternIn(patterns.before, maps, at, condition)));
}

function patternIn(patterns: Float32Array, { conditions, voxels }: Maps, subject: number, condition: number) {
  const start = (subject * conditions.length + condition) * voxels;
  return patterns.subarray(start, start + voxels);
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const first = rows[0] ?? new Float32Array();
  return first.map((_, at) => rows.reduce((sum, row) => sum + (row[at] as number), 0) / rows.length);
}

/**
 * The voxel to look at first: the one whose pattern differs most between conditions in the first subject. Where voxels
 * are selected in each fold, such a one is kept in most.
 */
export function firstVoxel({ conditions, voxels }: Maps, { patterns }: RunMaps): number {
  const spread = Float32Array.from({ length: voxels }, (_, voxel) => {
    const values = conditions.map((_name, at) => patterns.before[at * voxels + voxel] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  const most = spread.filter(Number.isFinite).reduce((so, own) => Math.max(so, own), -Infinity);
  return Math.max(0, spread.indexOf(most));
}

/** How many voxels a threshold leaves; what is exactly 0 is drawn as nothing. */
export function countShown(values: Float32Array, threshold: number): number {
  return values.reduce((sum, own) => sum + (own !== 0 && Math.abs(own) >= threshold ? 1 : 0), 0);
}

/** So many of a map's voxels lie within its scale: the few beyond take the colour of its end, and leave the others theirs. */
const WITHIN = 0.99;

/** The end of a scale for these maps, rounded up to two digits; 1 for maps without a value. */
export function scaleEnd(...sides: readonly (Float32Array | null)[]): number {
  const sizes = sides.flatMap((values) => Array.from(values ?? [], Math.abs)).filter(Number.isFinite);
  sizes.sort((a, b) => a - b);
  const largest = sizes[Math.ceil(WITHIN * sizes.length) - 1] ?? 0;
  if (largest === 0) return 1;
  const unit = 10 ** (Math.floor(Math.log10(largest)) - 1);
  return Math.ceil(largest / unit) * unit;
}
