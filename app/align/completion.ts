import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, transpose, zeros } from "#app/linalg/matrix.ts";
import { fillComplement } from "./complement.ts";
import { basisTimes, type Factored, type ProcrustesFit, sequence } from "./procrustes.ts";
import type { LinearMap } from "./transform.ts";

/** What to do with the directions the data leave undetermined (rank < V): algorithms.md §0.2a. */
export type Completion = "closest-to-identity" | "thin";

/** Principal angles with a sine or cosine below this are taken for 0: half the digits of a double. */
const ANGLE_LIMIT = 1e-8;

/** A partial isometry of rank q as P · Qᵀ with orthonormal columns: P is V_source × q, Q is V_target × q. */
interface Isometry {
  readonly p: Matrix;
  readonly q: Matrix;
}

/**
 * The fit as a map of voxels to voxels. Where it is not determined it is dropped (thin), or chosen as the
 * completion closest to the identity on the voxels both sides share. `sourceVoxels` and `targetVoxels` name
 * each column's voxel; the two spaces are embedded in the union of both, completed there and cropped.
 */
export function completeMap(
  linalg: Linalg,
  source: Factored,
  fit: ProcrustesFit,
  completion: Completion,
  sourceVoxels: Int32Array,
  targetVoxels: Int32Array,
): LinearMap {
  const full = sourceVoxels.length === targetVoxels.length && fit.rank === sourceVoxels.length;
  if (source.basis === null && fit.target.basis === null) {
    if (full || completion === "thin") return { kind: "dense", matrix: fit.rotation };
    if (same(sourceVoxels, targetVoxels)) {
      return { kind: "dense", matrix: fillComplement(linalg, fit.rotation, ANGLE_LIMIT) };
    }
  }
  const isometry = factorIsometry(linalg, source, fit);
  if (completion === "thin" || full)
    return { kind: "factored", left: isometry.p, right: isometry.q, shared: [] };
  const shared = sharedVoxels(sourceVoxels, targetVoxels);
  if (shared.length === 0) return { kind: "factored", left: isometry.p, right: isometry.q, shared };
  return closestToIdentity(linalg, isometry, shared);
}

function factorIsometry(
  linalg: Linalg,
  source: Factored,
  { target, rotation, rank }: ProcrustesFit,
): Isometry {
  if (source.basis !== null && target.basis !== null && rank === rotation.rows) {
    return { p: basisTimes(linalg, source, null), q: basisTimes(linalg, target, transpose(rotation)) };
  }
  const { u, v } = linalg.svd(rotation);
  const p = basisTimes(linalg, source, takeColumns(u, sequence(rank)));
  return { p, q: basisTimes(linalg, target, takeColumns(v, sequence(rank))) };
}

function same(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((voxel, at) => voxel === b[at]);
}

function sharedVoxels(source: Int32Array, target: Int32Array): [number, number][] {
  const place = new Map<number, number>();
  target.forEach((voxel, at) => {
    place.set(voxel, at);
  });
  const pairs: [number, number][] = [];
  source.forEach((voxel, at) => {
    const found = place.get(voxel);
    if (found !== undefined) pairs.push([at, found]);
  });
  return pairs;
}

/**
 * With principal vectors u = P·a, v = Q·b at cosines c (SVD of PᵀQ = a·c·bᵀ) and, in each plane (u, v), the
 * perpendiculars u⊥ = (v − cu)/s and v⊥ = (u − cv)/s, the orthogonal matrix nearest the identity that takes P
 * to Q is  I + P·Qᵀ − Σ(u·uᵀ + u⊥·u⊥ᵀ) − Σ u⊥·v⊥ᵀ, the last sum over c > 0 only: at c = 0 the choice is open
 * and the direction is dropped. All of it lies in the span of [u v], so it is kept factored.
 */
function closestToIdentity(linalg: Linalg, { p, q }: Isometry, shared: [number, number][]): LinearMap {
  const rank = p.columns;
  const cross = linalg.multiply(
    pickRows(
      p,
      shared.map(([source]) => source),
    ),
    pickRows(
      q,
      shared.map(([, target]) => target),
    ),
    { left: true },
  );
  const { u: a, values: cosines, v: b } = linalg.svd(cross);
  const u = linalg.multiply(p, a);
  const v = linalg.multiply(q, b);
  const core = zeros(2 * rank, 2 * rank);
  const add = (row: number, column: number, value: number): void => {
    const at = row * core.columns + column;
    core.data[at] = (core.data[at] as number) + value;
  };
  const turn = linalg.multiply(a, b, { left: true });
  for (let row = 0; row < rank; row++) {
    for (let column = 0; column < rank; column++) {
      add(row, rank + column, turn.data[row * rank + column] as number);
    }
  }
  for (let k = 0; k < rank; k++) {
    const c = Math.min(1, cosines[k] as number);
    const squaredSine = (1 - c) * (1 + c);
    add(k, k, -1);
    if (squaredSine <= ANGLE_LIMIT) continue;
    const perpendicular = { u: -c, v: 1 };
    addOuter(add, k, rank, perpendicular, perpendicular, -1 / squaredSine);
    if (c > ANGLE_LIMIT) addOuter(add, k, rank, perpendicular, { u: 1, v: -c }, -1 / squaredSine);
  }
  const leftBasis = embed(u, v, shared, "source");
  const rightBasis = embed(u, v, shared, "target");
  return { kind: "factored", left: linalg.multiply(leftBasis, core), right: rightBasis, shared };
}

interface Plane {
  readonly u: number;
  readonly v: number;
}

function addOuter(
  add: (row: number, column: number, value: number) => void,
  k: number,
  rank: number,
  left: Plane,
  right: Plane,
  factor: number,
): void {
  add(k, k, factor * left.u * right.u);
  add(k, rank + k, factor * left.u * right.v);
  add(rank + k, k, factor * left.v * right.u);
  add(rank + k, rank + k, factor * left.v * right.v);
}

/** [u v] at the voxels of one side, u having values at the source's voxels and v at the target's. */
function embed(u: Matrix, v: Matrix, shared: [number, number][], side: "source" | "target"): Matrix {
  const rank = u.columns;
  const own = side === "source" ? u : v;
  const out = zeros(own.rows, 2 * rank);
  const ownStart = side === "source" ? 0 : rank;
  for (let row = 0; row < own.rows; row++) copyRow(own, row, out, row, ownStart);
  for (const [source, target] of shared) {
    if (side === "source") copyRow(v, target, out, source, rank);
    else copyRow(u, source, out, target, 0);
  }
  return out;
}

function copyRow(from: Matrix, fromRow: number, to: Matrix, toRow: number, column: number): void {
  const start = fromRow * from.columns;
  to.data.set(from.data.subarray(start, start + from.columns), toRow * to.columns + column);
}

function pickRows(matrix: Matrix, rows: readonly number[]): Matrix {
  const out = zeros(rows.length, matrix.columns);
  rows.forEach((row, at) => {
    copyRow(matrix, row, out, at, 0);
  });
  return out;
}
