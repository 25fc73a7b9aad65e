import type { Polar } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";

/**
 * The rotation nearest A (V × V) in place of its polar factor U·Vᵀ where that reflects: the last singular direction is
 * turned round, U·diag(1, …, 1, −1)·Vᵀ. Where A is not square or not of full rank a rotation fits as well as a
 * reflection, and nothing changes. What stands for the nuclear norm, the trace of factorᵀ·A, is then Σs − 2·s_V.
 */
export function withoutReflection(linalg: Linalg, a: Matrix, polar: Polar): Polar {
  const { factor, nuclearNorm, rank } = polar;
  if (a.rows !== a.columns || rank < a.rows || linalg.determinant(factor) > 0) return polar;
  const { u, values, v } = linalg.svd(a);
  const turned = { ...factor, data: factor.data.slice() };
  for (let row = 0; row < a.rows; row++) {
    const twice = 2 * (u.data[(row + 1) * u.columns - 1] as number);
    for (let column = 0; column < a.columns; column++) {
      const at = row * a.columns + column;
      turned.data[at] =
        (turned.data[at] as number) - twice * (v.data[(column + 1) * v.columns - 1] as number);
    }
  }
  return { ...polar, factor: turned, nuclearNorm: nuclearNorm - 2 * (values.at(-1) as number) };
}
