import type { Grid, RunFile } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { ChosenFiles } from "#app/prepare/chosen-files.ts";
import { type CountedFold, classifierSeconds, measuresSeconds } from "./measures-seconds.ts";
import { methodSeconds } from "./method-seconds.ts";
import { spheresOn } from "./spheres-on.ts";

/*
 * Measured on one core of two common servers of 2021 and 2024, between the two: what takes seconds in a run. The rest is
 * START_SECONDS.
 */
const START_SECONDS = 1.5;
/** A byte unpacked and looked through. */
const READ_SECONDS = 1 / 700e6;
/** A voxel of one volume, smoothed. */
const SMOOTH_SECONDS = 60e-9;
/** A value of a voxel's mean time course: to merge it (Ward), and to hold it against one centre (k-means). */
const WARD_SECONDS = 60e-9;
const KMEANS_SECONDS = 4e-9;
/** An eigendecomposition of n × n takes so long times n³; small ones more, as if n³ were n²·(n + 225). */
const EIGEN_SECONDS = 0.21e-9;
const EIGEN_SMALL = 225;
/** The same of the operations of a product, by its smallest side. */
const PRODUCT_SECONDS = 1 / 40e9;
const PRODUCT_SMALL = 60;
/** What a rotation takes however small it is, and a subject in a fold. */
const ROTATION_SECONDS = 0.2e-3;
const SUBJECT_SECONDS = 2e-3;
/** What is measured of every value held out. */
const HELD_SECONDS = 0.5e-6;
/** A number of a sparse map: to put it together, and to multiply a row's by it. */
const SPARSE_SECONDS = 30e-9;
const SPARSE_ROW_SECONDS = 0.25e-9;
/** Of the voxels within two radii of one those that share a searchlight with it. */
const REACHED = 0.6;

/** What is counted of a Plan. */
interface Counts {
  /** Of each fold: one subject's rows to align on, its labelled rows to test, and how often the method is fitted. */
  readonly folds: readonly CountedFold[];
  readonly voxels: number;
  /** Of them those that a selection leaves. */
  readonly kept: number;
}

/** About how long a run of the Plan will take, from what it reads, cleans, fits and trains. */
export function estimateSeconds(
  plan: Plan,
  { files, subjects }: ChosenFiles,
  { folds, voxels, kept }: Counts,
  { workers, madeParcels }: { readonly workers: number; readonly madeParcels: boolean },
): number {
  const reading = files.map((file) => readSeconds(file, plan));
  const threads = Math.min(workers, files.length);
  const inThreads = reading.reduce((sum, seconds) => sum + seconds, 0) / threads;
  const sizes = { subjects: subjects.length, voxels: kept, grid: files[0]?.grid ?? null };
  const again = plan.statistics.shiftedTime ? 1 : 0;
  const fits = folds.reduce(
    (sum, { align, fits: times }) => sum + (times + again) * fitSeconds(plan, { ...sizes, rows: align }),
    0,
  );
  const trained = folds.reduce((sum, fold) => sum + trainSeconds(fold, subjects.length, kept), 0);
  const drawn = drawnSeconds(plan, folds, { ...sizes, trained });
  const held = folds.reduce((sum, { shown }) => sum + shown * kept * HELD_SECONDS + SUBJECT_SECONDS, 0);
  const measured = measuresSeconds(plan, folds, sizes);
  return (
    START_SECONDS +
    Math.max(inThreads, ...reading) +
    (madeParcels ? 0 : parcelSeconds(plan, files, voxels, inThreads)) +
    (fits + trained + drawn + measured + subjects.length * held) / workers
  );
}

/** Of a fold's classifiers, which learn from the others' samples: within subjects, on anatomy and after alignment. */
function trainSeconds({ classify, tested }: CountedFold, subjects: number, voxels: number): number {
  return 3 * tested * classifierSeconds((subjects - 1) * classify, voxels);
}

/** Of drawing labels anew: training again, or all. */
function drawnSeconds(
  plan: Plan,
  folds: readonly CountedFold[],
  { trained, ...sizes }: Omit<Sizes, "rows"> & { readonly trained: number },
): number {
  const { permutations } = plan.statistics;
  if (permutations === null) return 0;
  if (permutations.repeat === "classifier") return permutations.count * trained;
  const fits = folds.reduce(
    (sum, { align, fits: times }) => sum + times * fitSeconds(plan, { ...sizes, rows: align }),
    0,
  );
  return permutations.count * (trained + fits + folds.length * sizes.subjects * SUBJECT_SECONDS);
}

function readSeconds({ grid, volumes }: RunFile, { cleaning }: Plan): number {
  const values = grid.dimensions.reduce((product, extent) => product * extent, volumes);
  return values * (4 * READ_SECONDS + (cleaning.smoothingMm === null ? 0 : SMOOTH_SECONDS));
}

/** Of reading the brain of the runs that parcels are made of, and of clustering it in one thread. */
function parcelSeconds({ region }: Plan, files: readonly RunFile[], voxels: number, readAll: number): number {
  if (region.kind !== "parcels") return 0;
  const from = files.filter(({ run }) => region.from.includes(run));
  const first = from.filter(({ subject }) => subject === from[0]?.subject);
  const values = first.reduce((sum, { volumes }) => sum + volumes, 0) * voxels;
  const share = from.length / files.length;
  return share * readAll + values * (region.method === "ward" ? WARD_SECONDS : KMEANS_SECONDS * region.count);
}

/** One subject's rows and voxels of a fit, of so many subjects, and where they lie. */
interface Sizes {
  readonly subjects: number;
  readonly rows: number;
  readonly voxels: number;
  readonly grid: Grid | null;
}

/** Of a whole fit: in pieces, of all of them. */
function fitSeconds(
  { method: { name, others, on, pieces } }: Plan,
  { subjects, rows: samples, voxels, grid }: Sizes,
): number {
  const one = (rows: number, own: number) =>
    methodSeconds([name, ...others], {
      subjects,
      voxels: own,
      rotations: rotationSeconds(subjects, rows, own),
    });
  const beside = on.kind === "samples" || on.hybrid ? samples : 0;
  const spheres = spheresOn(grid, voxels);
  const targets = on.kind === "seeds" ? spheres.count(on.spacingMm) : on.kind === "samples" ? 0 : on.targets;
  const rows = beside + targets;
  if (pieces.kind === "whole") return one(rows, voxels);
  if (pieces.kind === "parcels") {
    const made = samples * voxels * (pieces.method === "ward" ? WARD_SECONDS : KMEANS_SECONDS * pieces.count);
    return made + pieces.count * one(rows, voxels / pieces.count);
  }
  const { radiusMm, spacingMm, keep } = pieces;
  const local = one(rows, keep * spheres.columns(radiusMm));
  const numbers = subjects * voxels * REACHED * spheres.columns(2 * radiusMm);
  return spheres.count(spacingMm) * local + numbers * (SPARSE_SECONDS + samples * SPARSE_ROW_SECONDS);
}

/** Three rotations a subject, each an eigendecomposition of min(T, V) and three products. */
function rotationSeconds(subjects: number, rows: number, voxels: number): number {
  const rank = Math.max(1, Math.min(rows, voxels));
  const eigen = EIGEN_SECONDS * rank ** 2 * (rank + EIGEN_SMALL);
  const products = 6 * rank * rows * voxels * PRODUCT_SECONDS * (1 + PRODUCT_SMALL / rank);
  return 3 * subjects * (eigen + products + ROTATION_SECONDS);
}
