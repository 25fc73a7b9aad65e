import type { Aligner } from "./aligner.ts";
import { fusedCoupling } from "./fused-coupling.ts";
import { FusedGromovWassersteinParameters } from "./fused-gromov-wasserstein-parameters.ts";
import { averagesBy, transportRule } from "./optimal-transport.ts";
import { placesOf, refuseManyVoxels } from "./refuse-unfit.ts";
import { templateMethod } from "./template-method.ts";
import { voxelDifferences } from "./voxel-differences.ts";

/** A step multiplies three matrices of all voxels: a hundred steps of so many take some minutes. */
const MOST_VOXELS = 2000;

const LABEL = "Fused Gromov–Wasserstein transport";

/**
 * Fused Gromov–Wasserstein transport to a template (Vayer et al. 2019; for brains Thual et al. 2022): the plan that sends
 * voxels to voxels with like time courses and, besides, neighbours to neighbours. X ↦ means of X by the plan.
 */
export const fusedGromovWasserstein: Aligner<typeof FusedGromovWassersteinParameters> = {
  name: "fused-gromov-wasserstein",
  label: LABEL,
  help: "Sends each subject's voxels to those of a template whose time courses are like theirs, so that voxels which lie near each other come to lie near each other again. Values are averaged and never change their sign. Choose it for small regions or parcels where the order of voxels should be kept and subjects need not have the same ones. The common space has voxels.",
  references: ["vayer2019", "thual2022", "peyre2016", "cuturi2013"],
  parameters: FusedGromovWassersteinParameters,
  usesPlaces: true,
  ...templateMethod<typeof FusedGromovWassersteinParameters>({
    rule: transportRule,
    refuse: (subjects) => {
      for (const subject of subjects) placesOf(subject);
      refuseManyVoxels(LABEL, subjects, MOST_VOXELS);
    },
    fit: (linalg, own, template, { geometry, epsilon }) => {
      const cost = voxelDifferences(linalg, own.samples, template.samples);
      const places = [placesOf(own), placesOf(template)] as const;
      return averagesBy(linalg, fusedCoupling(linalg, { cost, places, geometry, epsilon }).plan);
    },
  }),
};
