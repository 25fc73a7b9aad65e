import type { Linalg } from "#app/linalg/linalg.ts";
import { matrixFrom } from "#app/linalg/matrix.ts";

/** What the kernels made of a matrix whose singular values are known. */
export interface SelfTest {
  readonly kernels: "native" | "portable";
  readonly singularValues: readonly number[];
  readonly good: boolean;
}

/** The singular values of [[3, 0], [4, 5]] are √45 and √5. */
export function selfTest(linalg: Linalg): SelfTest {
  const singularValues = [...linalg.svd(matrixFrom(2, 2, [3, 0, 4, 5])).values];
  const known = [Math.sqrt(45), Math.sqrt(5)];
  const good = known.every((value, at) => Math.abs((singularValues[at] ?? 0) - value) < 1e-12);
  return { kernels: linalg.name, singularValues, good };
}
