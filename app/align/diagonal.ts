import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import { sparseDiagonal } from "#app/linalg/sparse-matrix.ts";
import { columnDots } from "#app/linalg/vector.ts";
import type { Aligner } from "./aligner.ts";
import { refuseOtherVoxels } from "./refuse-unfit.ts";
import { type Placed, templateMethod } from "./template-method.ts";
import { templateIterations } from "./template-parameters.ts";
import type { Transform } from "./transform.ts";

const DiagonalParameters = z.strictObject({ iterations: templateIterations });

const LABEL = "Diagonal";

/** Every voxel brought to itself in a mean template by a factor (Bazeille et al. 2021): see `templateFit`. */
export const diagonal: Aligner<typeof DiagonalParameters> = {
  name: "diagonal",
  label: LABEL,
  help: "Multiplies each voxel by one number so that it comes as near as it can to the same voxel of a mean template. It moves nothing: it is a control that shows how much of a gain comes from scale alone, and, as samples are z-scored, it is little but for voxels that are turned round. All subjects must have the same voxels.",
  references: ["bazeille2021"],
  needsSameVoxels: true,
  parameters: DiagonalParameters,
  ...templateMethod<typeof DiagonalParameters>({
    rule: ({ iterations }) => ({ iterations, tolerance: 0, rescaled: true }),
    refuse: (subjects) => refuseOtherVoxels(LABEL, subjects),
    fit: fitDiagonal,
  }),
};

/** ⟨x, y⟩/⟨x, x⟩ of each voxel's centred samples x and the template's y; 0 where x is constant. */
function fitDiagonal(linalg: Linalg, { samples }: Placed, { samples: space }: Placed): Transform {
  const { matrix: own, means: offsetIn } = linalg.centre(samples);
  const { matrix: template, means: offsetOut } = linalg.centre(space);
  const squares = columnDots(own, own);
  const factors = columnDots(own, template).map((along, column) =>
    (squares[column] as number) > 0 ? along / (squares[column] as number) : 0,
  );
  return { offsetIn, offsetOut, scale: 1, map: { kind: "sparse", matrix: sparseDiagonal(factors) } };
}
