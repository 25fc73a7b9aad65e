import { polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import { dot } from "#app/linalg/vector.ts";
import type { Aligner } from "./aligner.ts";
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
  const held = nearness(placesOf(subject), placesOf(space), reachMm);
  for (let at = 0; at < held.data.length; at++) {
    held.data[at] = (cross.data[at] as number) / norms + prior * (held.data[at] as number);
  }
  const { factor } = polarFactor(linalg, held);
  return {
    offsetIn: own.means,
    offsetOut: template.means,
    scale: own.squaredNorm > 0 ? dot(factor.data, cross.data) / own.squaredNorm : 1,
    map: { kind: "dense", matrix: factor },
  };
}

/** Q: exp(−d/reach) for the distance d of each voxel to each of the template's, V × V_template. */
function nearness(places: Float64Array, targetPlaces: Float64Array, reachMm: number): Matrix {
  const out = zeros(places.length / 3, targetPlaces.length / 3);
  for (let row = 0, at = 0; row < places.length; row += 3) {
    for (let column = 0; column < targetPlaces.length; column += 3, at++) {
      const x = (places[row] as number) - (targetPlaces[column] as number);
      const y = (places[row + 1] as number) - (targetPlaces[column + 1] as number);
      const z = (places[row + 2] as number) - (targetPlaces[column + 2] as number);
      out.data[at] = Math.exp(-Math.sqrt(x * x + y * y + z * z) / reachMm);
    }
  }
  return out;
}
