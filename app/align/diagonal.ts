import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { sparseDiagonal } from "#app/linalg/sparse-matrix.ts";
import type { Aligner } from "./aligner.ts";
import { templateMethod } from "./template-method.ts";
import { templateIterations } from "./template-parameters.ts";
import type { Transform } from "./transform.ts";

const DiagonalParameters = z.strictObject({ iterations: templateIterations });

/** Every voxel brought to itself in a mean template by a factor (Bazeille et al. 2021): see `templateFit`. */
export const diagonal: Aligner<typeof DiagonalParameters> = {
  name: "diagonal",
  label: "Diagonal",
  help: "Multiplies each voxel by one number so that it comes as near as it can to the same voxel of a mean template. It moves nothing: it is a control that shows how much of a gain comes from scale alone, and, as samples are z-scored, it is little but for voxels that are turned round. All subjects must have the same voxels.",
  references: ["bazeille2021"],
  parameters: DiagonalParameters,
  ...templateMethod<typeof DiagonalParameters>({
    iterations: ({ iterations }) => iterations,
    rescaled: true,
    mostVoxels: null,
    fit: fitDiagonal,
  }),
};

/** ⟨x, y⟩/⟨x, x⟩ of each voxel's centred samples x and the template's y; 0 where x is constant. */
function fitDiagonal(linalg: Linalg, samples: Matrix, space: Matrix): Transform {
  const { matrix: own, means: offsetIn } = linalg.centre(samples);
  const { matrix: template, means: offsetOut } = linalg.centre(space);
  const [along, squares] = [new Float64Array(own.columns), new Float64Array(own.columns)];
  for (let at = 0, column = 0; at < own.data.length; at++) {
    const value = own.data[at] as number;
    along[column] = (along[column] as number) + value * (template.data[at] as number);
    squares[column] = (squares[column] as number) + value * value;
    column = column + 1 === own.columns ? 0 : column + 1;
  }
  const factors = along.map((sum, column) =>
    (squares[column] as number) > 0 ? sum / (squares[column] as number) : 0,
  );
  return { offsetIn, offsetOut, scale: 1, map: { kind: "sparse", matrix: sparseDiagonal(factors) } };
}
