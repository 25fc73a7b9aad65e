import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg, Svd } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, negate, scaledColumns } from "#app/linalg/matrix.ts";
import { fillComplement } from "./complement.ts";
import { type ProcrustesFit, sourceDirections, targetDirections } from "./procrustes.ts";
import {
  allInPlace,
  carriedOver,
  NO_VOXELS,
  type SharedVoxels,
  sameVoxels,
  sharedColumns,
  sharedVoxels,
} from "./shared-voxels.ts";
import { directions, type Span, spanOf, weightsOf } from "./span.ts";
import type { LinearMap } from "./transform.ts";

/** What to do with the directions the data leave undetermined (rank < V): algorithms.md §0.2a. */
export type Completion = "closest-to-identity" | "thin";

/** A principal angle with a cosine below this is taken for a right one: half the digits of a double. */
const COSINE_LIMIT = 1e-8;

/** Up to so many voxels for each direction of a fit a map is held as one matrix. */
const NEARLY_FULL = 1.5;

/**
 * The fit as a map of voxels to voxels. Where it is not determined it is dropped (thin), or chosen as the
 * completion closest to the identity on the voxels both sides share. `sourceVoxels` and `targetVoxels` name
 * each column's voxel; the two spaces are embedded in the union of both, completed there and cropped.
 */
export function completeMap(
  linalg: Linalg,
  fit: ProcrustesFit,
  completion: Completion,
  sourceVoxels: Int32Array,
  targetVoxels: Int32Array,
): LinearMap {
  const same = sameVoxels(sourceVoxels, targetVoxels);
  const full = same && fit.rank === sourceVoxels.length;
  if (fit.kind === "dense" && (full || completion === "thin")) return { kind: "dense", matrix: fit.matrix };
  if (same && completion !== "thin") {
    const isometry = fit.kind === "dense" ? fit.matrix : nearlyFull(linalg, fit);
    if (isometry !== null) {
      return { kind: "dense", matrix: fillComplement(linalg, isometry, fit.rank, COSINE_LIMIT) };
    }
  }
  const { source, target } =
    fit.kind === "factored"
      ? { source: sourceDirections(linalg, fit), target: targetDirections(fit) }
      : spansOf(linalg, fit);
  const shared = sharedVoxels(sourceVoxels, targetVoxels);
  if (completion === "thin" || shared.source.length === 0) {
    const core = linalg.multiply(weightsOf(source), weightsOf(target), { right: true });
    return { kind: "spanned", left: [source.rows], core: [[core]], right: [target.rows], shared: NO_VOXELS };
  }
  return closestToIdentity(linalg, source, target, shared);
}

/** A fit multiplied out, V × V, where it leaves so few directions open that this costs less than to keep factors. */
function nearlyFull(linalg: Linalg, fit: ProcrustesFit & { readonly kind: "factored" }): Matrix | null {
  if (fit.offsetOut.length > NEARLY_FULL * fit.rank) return null;
  const source = directions(linalg, sourceDirections(linalg, fit));
  return linalg.multiply(source, directions(linalg, targetDirections(fit)), { left: true });
}

/** The directions that a dense partial isometry takes over, by its singular vectors. */
function spansOf(linalg: Linalg, { matrix, rank }: ProcrustesFit & { readonly kind: "dense" }) {
  const { u, v } = gramSvd(linalg, matrix);
  return { source: spanOf(firstColumns(u, rank)), target: spanOf(firstColumns(v, rank)) };
}

/**
 * The orthogonal matrix nearest the identity that takes the directions P to Q. With principal vectors u = P·a and
 * v = Q·b at cosines c (SVD of PᵀQ = a·c·bᵀ) and, in each plane (u, v), the perpendiculars u⊥ = (v − cu)/s and
 * v⊥ = (u − cv)/s, it is  I + P·Qᵀ − Σ(u·uᵀ + u⊥·u⊥ᵀ) − Σ u⊥·v⊥ᵀ, the last sum over c > 0 only: at c = 0 the choice
 * is open and the direction is dropped. Multiplied out, the sums over planes are
 * Σ −(u·uᵀ + v·vᵀ + v·uᵀ)/(1 + c) + u·vᵀ·c/(1 + c),  which a plane that closes (c = 1) does not disturb. All of it
 * lies in the span of P and Q, so it is kept factored.
 */
function closestToIdentity(linalg: Linalg, source: Span, target: Span, shared: SharedVoxels): LinearMap {
  const between = linalg.multiply(
    sharedColumns(source.rows, shared.source),
    sharedColumns(target.rows, shared.target),
    { right: true },
  );
  const core = closestCore(linalg, weightsOf(source), weightsOf(target), between);
  const { left, right } = sides(source.rows, target.rows, shared);
  return { kind: "spanned", left, core, right, shared };
}

/**
 * The core of that map between the rows A and C that P = Aᵀ·p and Q = Cᵀ·q are weights of, left and right of it in this
 * order. `between` is A·Cᵀ over the voxels that both sides share.
 */
export function closestCore(linalg: Linalg, p: Matrix, q: Matrix, between: Matrix): Matrix[][] {
  const cross = linalg.multiply(linalg.multiply(p, between, { left: true }), q);
  const { u: a, values, v: b } = principal(linalg, cross);
  const cosines = values.map((cosine) => Math.min(1, cosine));
  const half = (k: number) => (1 + (cosines[k] as number)) ** -0.5;
  const [u, v] = [scaledColumns(linalg.multiply(p, a), half), scaledColumns(linalg.multiply(q, b), half)];
  const open = scaledColumns(u, (k) => ((cosines[k] as number) > COSINE_LIMIT ? 1 : 0));
  const along = scaledColumns(u, (k) => cosines[k] as number);
  const across = linalg.multiply(p, q, { right: true });
  linalg.addProduct(across, along, v, { right: true });
  return [
    [negate(linalg.gram(u)), across],
    [negate(linalg.multiply(v, open, { right: true })), negate(linalg.gram(v))],
  ];
}

/** All principal vectors, those at right angles too: the rank is not cut. */
function principal(linalg: Linalg, cross: Matrix): Svd {
  const found = gramSvd(linalg, cross);
  return found.values.length === Math.min(cross.rows, cross.columns) ? found : linalg.svd(cross);
}

/** P and Q at the voxels of either side. */
function sides(p: Matrix, q: Matrix, { source, target }: SharedVoxels) {
  const inPlace = p.columns === q.columns && allInPlace(source, p.columns) && allInPlace(target, p.columns);
  if (inPlace) return { left: [p, q], right: [p, q] };
  return {
    left: [p, carriedOver(q, target, source, p.columns)],
    right: [carriedOver(p, source, target, q.columns), q],
  };
}
