import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { dot } from "#app/linalg/vector.ts";
import type { Aligner } from "./aligner.ts";
import { distancesBetween } from "./distances.ts";
import { PromisesParameters } from "./promises-parameters.ts";
import { placesOf } from "./refuse-unfit.ts";
import { type Placed, templateMethod } from "./template-method.ts";
import type { Transform } from "./transform.ts";

/**
 * The ProMises model (Andreella & Finos 2022): generalised Procrustes analysis with a von Mises–Fisher prior on the
 * rotations, which prefers that a voxel goes to voxels near it. It has one solution even where there are fewer samples
 * than voxels.
 */
export const promises: Aligner<typeof PromisesParameters> = {
  name: "promises",
  label: "ProMises (Procrustes with a spatial prior)",
  help: "Generalised Procrustes analysis that knows where voxels lie: a rotation is preferred that takes a voxel to its neighbours. What few samples leave open is decided by anatomy. Choose it for regions with many voxels and few samples; the whole region's voxels are decomposed at once, so it takes long beyond a few thousand. The common space has voxels.",
  references: ["andreella2022", "gower1975"],
  parameters: PromisesParameters,
  usesPlaces: true,
  ...templateMethod<typeof PromisesParameters>({
    rule: ({ iterations, tolerance }) => ({ iterations, tolerance, rescaled: true }),
    refuse: (subjects) => {
      for (const subject of subjects) placesOf(subject);
    },
    fit: fitPromises,
  }),
};

/** The polar factor of AᵀC/(‖A‖·‖C‖) + prior · Q for samples A and template C, both centred: V × V_template. */
function fitPromises(
  linalg: Linalg,
  subject: Placed,
  space: Placed,
  { prior, reachMm }: PromisesParameters,
): Transform {
  const own = linalg.centre(subject.samples);
  const template = linalg.centre(space.samples);
  const cross = linalg.multiply(own.matrix, template.matrix, { left: true });
  const norms = Math.sqrt(own.squaredNorm * template.squaredNorm) || 1;
  // The prior's Q is exp(−d/reach) for the distance d of a voxel to one of the template's.
  const held = distancesBetween(placesOf(subject), placesOf(space));
  for (let at = 0; at < held.data.length; at++) {
    const near = Math.exp(-(held.data[at] as number) / reachMm);
    held.data[at] = (cross.data[at] as number) / norms + prior * near;
  }
  const { factor } = polarFactor(linalg, held);
  return {
    offsetIn: own.means,
    offsetOut: template.means,
    scale: own.squaredNorm > 0 ? dot(factor.data, cross.data) / own.squaredNorm : 1,
    map: { kind: "dense", matrix: factor },
  };
}
