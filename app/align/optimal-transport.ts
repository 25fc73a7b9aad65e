import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaledColumns } from "#app/linalg/matrix.ts";
import type { Aligner } from "./aligner.ts";
import { OptimalTransportParameters } from "./optimal-transport-parameters.ts";
import { refuseManyVoxels, refuseOtherVoxels } from "./refuse-unfit.ts";
import { type SinkhornLimits, sinkhorn } from "./sinkhorn.ts";
import { type Placed, templateMethod } from "./template-method.ts";
import type { Transform } from "./transform.ts";
import { voxelDifferences } from "./voxel-differences.ts";

/** A plan is exact to this share of its mass; few take more than 400 passes for it, at the least regularisation. */
export const PLAN_LIMITS: SinkhornLimits = { passes: 1000, tolerance: 1e-9 };

/** Cost, plan and map of so many voxels take 600 MB. */
const MOST_VOXELS = 5000;

const LABEL = "Entropic optimal transport";

/**
 * Entropic optimal transport to a template (Bazeille et al. 2019), as fmralign does it: the plan P between a subject's
 * voxels and the template's that is least in ⟨C, P⟩ + ε·Σ P(ln P − 1) for C_vw = ‖x_v − y_w‖² over time, divided by its
 * largest element. X ↦ X·P·V for the template's V voxels: each of these becomes a weighted mean of the subject's.
 */
export const optimalTransport: Aligner<typeof OptimalTransportParameters> = {
  name: "optimal-transport",
  label: LABEL,
  help: "Sends each subject's voxels to the voxels of a template whose time courses are like theirs, at the least cost in all and so that no voxel is left out. Values are averaged and never change their sign. Choose it for small regions or parcels of subjects in one space whose voxels hold the same patterns in slightly different places. The common space has the voxels that all subjects have.",
  references: ["bazeille2019", "bazeille2021", "cuturi2013", "chizat2018"],
  needsSameVoxels: true,
  parameters: OptimalTransportParameters,
  ...templateMethod<typeof OptimalTransportParameters>({
    rule: transportRule,
    refuse: (subjects) => {
      refuseOtherVoxels(LABEL, subjects);
      refuseManyVoxels(LABEL, subjects, MOST_VOXELS);
    },
    fit: fitPlan,
  }),
};

function fitPlan(
  linalg: Linalg,
  { samples }: Placed,
  { samples: template }: Placed,
  { epsilon, marginalRelaxation: relaxation }: OptimalTransportParameters,
): Transform {
  const cost = voxelDifferences(linalg, samples, template);
  return averagesBy(linalg, sinkhorn(linalg, { cost, epsilon, relaxation }, PLAN_LIMITS).plan);
}

/** Means neither shrink a template nor bring it to rest: it is made anew as often as told. */
export function transportRule({ templateIterations }: { readonly templateIterations: number }) {
  return { iterations: templateIterations, tolerance: 0, rescaled: false };
}

/**
 * The transform to means by a plan (V × V_template): its columns divided by their sums, which are all alike where
 * marginals must be met. Where they need not, a template's voxel that receives little is a mean still.
 */
export function averagesBy(linalg: Linalg, plan: Matrix): Transform {
  const ones: Matrix = { rows: 1, columns: plan.rows, data: new Float64Array(plan.rows).fill(1) };
  const sums = linalg.multiply(ones, plan).data;
  return {
    offsetIn: new Float64Array(plan.rows),
    offsetOut: new Float64Array(plan.columns),
    scale: 1,
    map: { kind: "dense", matrix: scaledColumns(plan, (column) => 1 / (sums[column] as number)) },
  };
}
