import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Aligner } from "./aligner.ts";
import { assignment } from "./assignment.ts";
import { refuseManyVoxels, refuseOtherVoxels } from "./refuse-unfit.ts";
import { type Placed, templateMethod } from "./template-method.ts";
import { templateIterations } from "./template-parameters.ts";
import type { Transform } from "./transform.ts";
import { voxelDifferences } from "./voxel-differences.ts";

const MatchingParameters = z.strictObject({ iterations: templateIterations });

/** An assignment of more takes minutes. */
const MOST_VOXELS = 3000;

const LABEL = "One-to-one matching";

/**
 * Every voxel matched to one of a template, and every one of the template's to one (the Hungarian assignment of
 * nltools' align_states, and fmralign's exact optimal transport; Bazeille et al. 2019): see `templateFit`.
 */
export const matching: Aligner<typeof MatchingParameters> = {
  name: "one-to-one-matching",
  label: LABEL,
  help: "Matches each voxel, or state, of a subject to one of a template, and no two to the same, so that time courses differ least in all. Nothing is mixed: it is the plainest alignment, for states and components that come in another order in each subject, and a control for methods that mix voxels. All subjects must have the same number of columns, which the common space has too.",
  references: ["bazeille2019", "jonker1987"],
  needsSameVoxels: true,
  parameters: MatchingParameters,
  ...templateMethod<typeof MatchingParameters>({
    rule: ({ iterations }) => ({ iterations, tolerance: 0, rescaled: true }),
    refuse: (subjects) => {
      refuseOtherVoxels(LABEL, subjects);
      refuseManyVoxels(LABEL, subjects, MOST_VOXELS);
    },
    fit: fitMatching,
  }),
};

/** The permutation P that makes least of ‖X·P − Y‖² for samples X and template Y. */
function fitMatching(linalg: Linalg, { samples }: Placed, { samples: template }: Placed): Transform {
  const columnOf = assignment(voxelDifferences(linalg, samples, template));
  const size = columnOf.length;
  const indices = new Int32Array(size);
  columnOf.forEach((column, voxel) => {
    indices[column] = voxel;
  });
  const starts = Int32Array.from({ length: size + 1 }, (_, at) => at);
  const values = new Float64Array(size).fill(1);
  return {
    offsetIn: new Float64Array(size),
    offsetOut: new Float64Array(size),
    scale: 1,
    map: { kind: "sparse", matrix: { rows: size, columns: size, starts, indices, values } },
  };
}
