import type { Grid } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import { spheresOn } from "./spheres-on.ts";

/*
 * Measured on one core of two common servers of 2021 and 2024, between the two.
 */
/** An operation of the dense kernels. */
const OPERATION_SECONDS = 1 / 10e9;
/** A product of two samples that a classifier is trained on; more for what is not a support vector machine's. */
const PRODUCT_SECONDS = 100e-9;
/** The same where the nearest class is looked for. */
const NEAREST_SECONDS = 10e-9;
/** A row of a voxel of a subject in a draw of phases, and a subject's voxel in any draw. */
const PHASE_SECONDS = 1.6e-9;
const DRAW_SECONDS = 20e-9;

/** A fold in numbers. */
export interface CountedFold {
  /** One subject's rows to align on, its labelled rows to test, and its rows held out of the kind aligned on. */
  readonly align: number;
  readonly classify: number;
  readonly shown: number;
  /** How often the method is fitted, to choose what is chosen and then. */
  readonly fits: number;
  /** How many subjects are tested. */
  readonly tested: number;
}

/** Of one classifier that learns from so many samples. */
export function classifierSeconds(samples: number, voxels: number, product = PRODUCT_SECONDS): number {
  return samples ** 2 * (product + voxels * OPERATION_SECONDS);
}

/** Of what is measured beside accuracy, where it takes long: spheres around voxels, and correlations held against chance. */
export function measuresSeconds(
  { searchlight, classifier, statistics }: Plan,
  folds: readonly CountedFold[],
  {
    subjects,
    voxels,
    grid,
  }: { readonly subjects: number; readonly voxels: number; readonly grid: Grid | null },
): number {
  let seconds = 0;
  if (searchlight !== null) {
    const spheres = spheresOn(grid, voxels);
    const product = classifier.name === "nearest-class-correlation" ? NEAREST_SECONDS : PRODUCT_SECONDS;
    const columns = spheres.columns(searchlight.radiusMm);
    for (const { classify, tested } of folds) {
      const one = classifierSeconds((subjects - 1) * classify, columns, product);
      seconds += 2 * spheres.count(searchlight.spacingMm) * tested * one;
    }
  }
  if (statistics.isc !== null) {
    const { test, count } = statistics.isc;
    const ofPhases = test === "phase-randomisation" || test === "time-shift";
    const rows = folds.reduce((sum, { shown, tested }) => sum + (shown * tested) / subjects, 0);
    seconds += 2 * count * subjects * voxels * (ofPhases ? rows * PHASE_SECONDS : DRAW_SECONDS);
  }
  return seconds;
}
