import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Aligner } from "./aligner.ts";
import { OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { sinkhorn } from "./sinkhorn.ts";
import { templateMethod } from "./template-method.ts";
import type { Transform } from "./transform.ts";
import { divide, voxelDifferences } from "./voxel-differences.ts";

/** Mass, of 1 in all, that may lie where it should not: the plan is exact to it. */
const TOLERANCE = 1e-9;

/** A plan of so many voxels takes 200 MB. */
const MOST_VOXELS = 5000;

/**
 * Entropic optimal transport to a template (Bazeille et al. 2019), as fmralign does it: the plan P between a subject's
 * voxels and the template's that is least in ⟨C, P⟩ + ε·Σ P(ln P − 1) for C_vw = ‖x_v − y_w‖² over time, divided by its
 * largest element. X ↦ X·P·V for the template's V voxels: each of these becomes a weighted mean of the subject's.
 */
export const optimalTransport: Aligner<typeof OptimalTransportParameters> = {
  name: "optimal-transport",
  label: "Entropic optimal transport",
  help: "Sends each subject's voxels to the voxels of a template whose time courses are like theirs, at the least cost in all and so that no voxel is left out. Values are averaged and never change their sign. Choose it for small regions or parcels of subjects in one space whose voxels hold the same patterns in slightly different places. The common space has the voxels that all subjects have.",
  references: ["bazeille2019", "bazeille2021", "cuturi2013", "chizat2018"],
  parameters: OptimalTransportParameters,
  ...templateMethod<typeof OptimalTransportParameters>({
    iterations: ({ templateIterations }) => templateIterations,
    rescaled: false,
    mostVoxels: MOST_VOXELS,
    fit: fitPlan,
  }),
};

/** The plan times the number of the template's voxels. */
function fitPlan(
  linalg: Linalg,
  samples: Matrix,
  template: Matrix,
  { epsilon, marginalRelaxation: relaxation, passes }: OptimalTransportParameters,
): Transform {
  const cost = voxelDifferences(linalg, samples, template);
  const { plan } = sinkhorn(linalg, { cost, epsilon, relaxation }, { passes, tolerance: TOLERANCE });
  divide(plan, 1 / template.columns);
  return {
    offsetIn: new Float64Array(samples.columns),
    offsetOut: new Float64Array(template.columns),
    scale: 1,
    map: { kind: "dense", matrix: plan },
  };
}
