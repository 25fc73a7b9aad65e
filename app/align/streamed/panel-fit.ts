import { gramSvd, polarFactor } from "#app/linalg/gram-svd.ts";
import type { Linalg, WeightedRoot } from "#app/linalg/linalg.ts";
import { type Matrix, trace } from "#app/linalg/matrix.ts";
import { type Completion, closestCore } from "../completion.ts";

/** What a fit knows of rows A, T × V: A = root · Bᵀ with B = Aᵀ · weights orthonormal, and ‖A‖². */
export interface RowSpan extends WeightedRoot {
  readonly squaredNorm: number;
}

/** `gram` is A·Aᵀ over so many voxels. */
export function spanOfGram(linalg: Linalg, gram: Matrix, voxels: number): RowSpan {
  const { root, weights, sharpness } = linalg.weightedRoot(gram, Math.max(gram.rows, voxels));
  return { root, weights, sharpness, squaredNorm: trace(gram) };
}

/** Where a fit takes the source's own rows: they are coefficients · C · scale, in the space of the target's rows C. */
export interface PanelFit {
  /** T × T. */
  readonly coefficients: Matrix;
  readonly scale: number;
}

/**
 * The orthogonal Procrustes transformation (Schönemann 1966) of A to C by their T × T Gram matrices alone. With A = L·Bᵀ and
 * C = K·Dᵀ the polar factor of AᵀC = B·(LᵀK)·Dᵀ is B·polar(LᵀK)·Dᵀ, so that A goes to L·polar(LᵀK)·(weights of C)ᵀ·C.
 */
export function fitPanels(
  linalg: Linalg,
  source: RowSpan,
  target: RowSpan,
  { scaling }: { readonly scaling: boolean },
): PanelFit {
  const { factor, nuclearNorm } = polarFactor(
    linalg,
    linalg.multiply(source.root, target.root, { left: true }),
  );
  const turned = linalg.multiply(source.root, factor);
  return {
    coefficients: linalg.multiply(turned, target.weights, { right: true }),
    scale: scaling && source.squaredNorm > 0 ? nuclearNorm / source.squaredNorm : 1,
  };
}

/** The same as a map of voxels, completed: its core between the rows of both (`between`: A·Cᵀ over all voxels). */
export function coreOfFit(
  linalg: Linalg,
  {
    source,
    target,
    between,
  }: { readonly source: RowSpan; readonly target: RowSpan; readonly between: Matrix },
  { scaling, completion }: { readonly scaling: boolean; readonly completion: Completion },
): { readonly core: Matrix[][]; readonly scale: number } {
  const { u, values, v } = gramSvd(linalg, linalg.multiply(source.root, target.root, { left: true }));
  const [p, q] = [linalg.multiply(source.weights, u), linalg.multiply(target.weights, v)];
  const nuclearNorm = values.reduce((sum, value) => sum + value, 0);
  return {
    core:
      completion === "thin" ? [[linalg.multiply(p, q, { right: true })]] : closestCore(linalg, p, q, between),
    scale: scaling && source.squaredNorm > 0 ? nuclearNorm / source.squaredNorm : 1,
  };
}
