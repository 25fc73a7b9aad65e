import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Aligner } from "./aligner.ts";
import { eigenmodes } from "./eigenmodes.ts";
import { averagesBy, PLAN_LIMITS, transportRule } from "./optimal-transport.ts";
import { placesOf, refuseManyVoxels, refuseOtherVoxels } from "./refuse-unfit.ts";
import { sinkhorn } from "./sinkhorn.ts";
import { SpectralTransportParameters } from "./spectral-transport-parameters.ts";
import { templateMethod } from "./template-method.ts";
import { voxelDifferences } from "./voxel-differences.ts";

/** The modes of so many take some seconds. */
const MOST_VOXELS = 3000;

const LABEL = "Spectral optimal transport";

/**
 * Spectral optimal transport to a template, as fmralign's SpectralOT: entropic transport at the cost (1 − α)·C + α·G, for
 * C the differences of voxels' time courses and G those of their places as the region's smoothest patterns tell them
 * (`eigenmodes`), each divided by its largest element. X ↦ means of X by the plan.
 */
export const spectralTransport: Aligner<typeof SpectralTransportParameters> = {
  name: "spectral-transport",
  label: LABEL,
  help: "Sends each subject's voxels to the voxels of a template whose time courses are like theirs and which lie near them along the region, at the least cost in all. Values are averaged and never change their sign. Choose it as optimal transport where voxels should not be sent across the region; it takes no longer. The common space has the voxels that all subjects have.",
  references: ["bazeille2021", "belkin2003", "cuturi2013"],
  needsSameVoxels: true,
  parameters: SpectralTransportParameters,
  usesPlaces: true,
  ...templateMethod<typeof SpectralTransportParameters>({
    rule: transportRule,
    refuse: (subjects) => {
      refuseOtherVoxels(LABEL, subjects);
      for (const subject of subjects) placesOf(subject);
      refuseManyVoxels(LABEL, subjects, MOST_VOXELS);
    },
    common: (linalg, columns, { modes }) => apartBy(linalg, eigenmodes(linalg, placesOf(columns), modes)),
    fit: (linalg, { samples }, { samples: template }, parameters, apart) =>
      averagesBy(linalg, spectralPlan(linalg, samples, template, apart as Matrix, parameters)),
  }),
};

/** How far voxels are from each other by patterns over them (V × k), V × V: the largest is 1. */
export function apartBy(linalg: Linalg, patterns: Matrix): Matrix {
  const byPattern = linalg.transpose(patterns);
  return voxelDifferences(linalg, byPattern, byPattern);
}

/** The plan (V × V) between the voxels of two subjects' samples (T × V each) that lie so far apart. */
export function spectralPlan(
  linalg: Linalg,
  samples: Matrix,
  others: Matrix,
  apart: Matrix,
  { geometry, epsilon }: Pick<SpectralTransportParameters, "geometry" | "epsilon">,
): Matrix {
  const cost = linalg.blend(
    [voxelDifferences(linalg, samples, others), apart],
    [1 - geometry, geometry],
    false,
  );
  return sinkhorn(linalg, { cost, epsilon, relaxation: null }, PLAN_LIMITS).plan;
}
