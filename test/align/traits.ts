import type { Aligner } from "#app/align/aligner.ts";
import { inParcels } from "#app/align/in-parcels.ts";
import { inSearchlights } from "#app/align/in-searchlights.ts";

/** What the conformance battery may expect of a method, or of a way to use it. */
export interface Traits {
  /** What is set other than usual. */
  readonly variant: string;
  /** Settings for the battery's small data. */
  readonly parameters: object;
  /** Whether any invertible mixture of voxels is undone. */
  readonly recovers: "rotations" | "nothing";
  /** Between subjects, over columns by their weight, of planted rows held out. */
  readonly correlation: number;
  readonly unequalVoxels: boolean;
  /** How the space is cut, whose voxels lie a millimetre apart along a line. */
  readonly pieces: "whole" | "parcels" | "searchlights";
}

const usual: Traits = {
  variant: "",
  parameters: {},
  recovers: "rotations",
  correlation: 0.9,
  unequalVoxels: true,
  pieces: "whole",
};

const traits: Readonly<Record<string, readonly Partial<Traits>[]>> = {
  "weighted-mcca": [
    { parameters: { components: 3 } },
    { variant: "in parcels", parameters: { components: 3 }, pieces: "parcels", correlation: 0.8 },
  ],
  srm: [{ parameters: { components: 3, iterations: 4, tolerance: 0 } }],
  "deterministic-srm": [{ parameters: { components: 3, iterations: 4, tolerance: 0 } }],
  "semi-supervised-srm": [{ parameters: { components: 3, iterations: 4, tolerance: 0 } }],
  "robust-srm": [{ parameters: { components: 3, iterations: 4, tolerance: 0 } }],
  hyperalignment: [
    { correlation: 0.6 },
    { variant: "without reflections", parameters: { reflection: false }, correlation: 0.6 },
    { variant: "regularised, to components", parameters: { alpha: 0.5, components: 3 } },
    { variant: "whitened", parameters: { alpha: 0 }, correlation: 0.3 },
    { variant: "in parcels", pieces: "parcels", correlation: 0.4 },
    { variant: "in searchlights", pieces: "searchlights", correlation: 0.4, unequalVoxels: false },
  ],
  "generalised-procrustes": [
    { parameters: { iterations: 5, tolerance: 0 }, correlation: 0.6 },
    {
      variant: "leaving subjects out",
      parameters: { iterations: 5, tolerance: 0, leaveOneOut: true },
      correlation: 0.6,
    },
  ],
  promises: [{ parameters: { iterations: 5, tolerance: 0 }, correlation: 0.6 }],
  "pairwise-procrustes": [{ correlation: 0.6 }],
  ridge: [
    { correlation: 0.6 },
    { variant: "its ridge chosen", parameters: { ridge: null, iterations: 1 }, correlation: 0.6 },
  ],
  warp: [
    { correlation: 0.6 },
    { variant: "rotated, few components", parameters: { components: 3, map: "rotation" }, correlation: 0.85 },
    { variant: "in searchlights", pieces: "searchlights", correlation: 0.4, unequalVoxels: false },
    { variant: "pcav2", parameters: { template: "pcav2" }, correlation: 0.6 },
    { variant: "in bags", parameters: { bags: 5 }, correlation: 0.6 },
  ],
  "individual-tuning": [{ parameters: { components: 3 } }],
  "optimal-transport": [
    { recovers: "nothing", unequalVoxels: false },
    {
      variant: "with relaxed marginals",
      parameters: { marginalRelaxation: 0.1 },
      recovers: "nothing",
      unequalVoxels: false,
    },
  ],
  "spectral-transport": [{ recovers: "nothing", unequalVoxels: false, parameters: { modes: 3 } }],
  "fused-gromov-wasserstein": [{ parameters: { templateIterations: 1 }, recovers: "nothing" }],
  "one-to-one-matching": [{ recovers: "nothing", unequalVoxels: false }],
  diagonal: [{ recovers: "nothing", unequalVoxels: false }],
  "tutorial-procrustes": [{ correlation: 0.6, unequalVoxels: false }],
};

/** The method as it is used: whole, or in two parcels of each subject's first nine voxels, or in searchlights. */
export function usedAs(aligner: Aligner, { pieces }: Traits): Aligner {
  if (pieces === "parcels") return inParcels(aligner, Int32Array.of(1, 1, 2, 1, 2, 2, 1, 2, 1));
  if (pieces === "searchlights") return inSearchlights(aligner, { radiusMm: 2, spacingMm: null, keep: 1 });
  return aligner;
}

export function traitsOf(name: string): readonly Traits[] {
  return (traits[name] ?? [{}]).map((own) => ({ ...usual, ...own }));
}
