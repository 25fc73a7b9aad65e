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
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function sharedVoxels(source: Int32Array, target: Int32Array): [number, number][] {
  if (same(source, target)) return Array.from(source, (_, at) => [at, at]);
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
 * and the direction is dropped. All of it lies in the span of [P Q], so it is kept factored.
 */
function closestToIdentity(linalg: Linalg, { p, q }: Isometry, shared: [number, number][]): LinearMap {
  const rank = p.columns;
  const inPlace = p.rows === q.rows && shared.length === p.rows && shared.every(([from, to]) => from === to);
  const sharedP = inPlace ? p : pickRows(p, (pair) => pair[0], shared);
  const sharedQ = inPlace ? q : pickRows(q, (pair) => pair[1], shared);
  const cross = linalg.multiply(sharedP, sharedQ, { left: true });
  const { u: a, values: cosines, v: b } = linalg.svd(cross);
  const planes = planeSums(cosines);
  // What the sums over planes are between P and Q: u = P·a and v = Q·b are put in.
  const core = zeros(2 * rank, 2 * rank);
  place(core, 0, 0, between(linalg, a, planes.uu, a));
  place(core, 0, rank, between(linalg, a, planes.uv, b));
  place(core, rank, 0, between(linalg, b, planes.vu, a));
  place(core, rank, rank, between(linalg, b, planes.vv, b));
  for (let k = 0; k < rank; k++) {
    const at = k * core.columns + rank + k;
    core.data[at] = (core.data[at] as number) + 1;
  }
  const sourceSide = embed(p, q, shared, "source");
  const right = inPlace ? sourceSide : embed(p, q, shared, "target");
  return { kind: "factored", left: linalg.multiply(sourceSide, core), right, shared };
}

/** Coefficients of u·uᵀ, u·vᵀ, v·uᵀ and v·vᵀ in −Σ(u·uᵀ + u⊥·u⊥ᵀ) − Σ u⊥·v⊥ᵀ, a value for each plane. */
function planeSums(cosines: Float64Array) {
  const sums = {
    uu: new Float64Array(cosines.length).fill(-1),
    uv: new Float64Array(cosines.length),
    vu: new Float64Array(cosines.length),
    vv: new Float64Array(cosines.length),
  };
  const add = (to: Float64Array, k: number, value: number): void => {
    to[k] = (to[k] as number) + value;
  };
  cosines.forEach((cosine, k) => {
    const c = Math.min(1, cosine);
    const squaredSine = (1 - c) * (1 + c);
    if (squaredSine <= ANGLE_LIMIT) return;
    add(sums.uu, k, (-c * c) / squaredSine);
    add(sums.uv, k, c / squaredSine);
    add(sums.vu, k, c / squaredSine);
    add(sums.vv, k, -1 / squaredSine);
    if (c <= ANGLE_LIMIT) return;
    add(sums.uu, k, c / squaredSine);
    add(sums.uv, k, (-c * c) / squaredSine);
    add(sums.vu, k, -1 / squaredSine);
    add(sums.vv, k, c / squaredSine);
  });
  return sums;
}

/** left · diag(values) · rightᵀ. */
function between(linalg: Linalg, left: Matrix, values: Float64Array, right: Matrix): Matrix {
  const scaled = zeros(left.rows, left.columns);
  for (let at = 0, k = 0; at < scaled.data.length; at++) {
    scaled.data[at] = (left.data[at] as number) * (values[k] as number);
    k = k + 1 === left.columns ? 0 : k + 1;
  }
  return linalg.multiply(scaled, right, { right: true });
}

function place(into: Matrix, top: number, start: number, block: Matrix): void {
  for (let row = 0; row < block.rows; row++) copyRow(block, row, into, top + row, start);
}

/** [P Q] at the voxels of one side, P having values at the source's voxels and Q at the target's. */
function embed(p: Matrix, q: Matrix, shared: [number, number][], side: "source" | "target"): Matrix {
  const rank = p.columns;
  const own = side === "source" ? p : q;
  const out = zeros(own.rows, 2 * rank);
  const ownStart = side === "source" ? 0 : rank;
  for (let row = 0; row < own.rows; row++) copyRow(own, row, out, row, ownStart);
  for (const [source, target] of shared) {
    if (side === "source") copyRow(q, target, out, source, rank);
    else copyRow(p, source, out, target, 0);
  }
  return out;
}

/** By index: rows are short, and a view of each costs more than its values. */
function copyRow(from: Matrix, fromRow: number, to: Matrix, toRow: number, column: number): void {
  const start = fromRow * from.columns;
  const target = toRow * to.columns + column;
  for (let at = 0; at < from.columns; at++) to.data[target + at] = from.data[start + at] as number;
}

function pickRows(
  matrix: Matrix,
  side: (pair: [number, number]) => number,
  shared: [number, number][],
): Matrix {
  const out = zeros(shared.length, matrix.columns);
  for (const [at, pair] of shared.entries()) copyRow(matrix, side(pair), out, at, 0);
  return out;
}
