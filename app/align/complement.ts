import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, takeColumns, zeros } from "#app/linalg/matrix.ts";
import { sequence } from "./procrustes.ts";

/** Less than this of a direction left over is round-off: of a projector every direction is there whole or not. */
const LEFT_OVER = 0.5;

/**
 * A partial isometry R (V × V, few directions short of whole) with the others turned as little as possible: with
 * N and M orthonormal bases of what R and Rᵀ leave out, R + N · polar(Nᵀ·M) · Mᵀ is the orthogonal matrix nearest
 * the identity that agrees with R. Directions whose cosine is below `limit` are dropped: there the choice is open.
 */
export function fillComplement(linalg: Linalg, isometry: Matrix, limit: number): Matrix {
  const size = isometry.rows;
  const left = leftOut(linalg.gram(isometry));
  const right = leftOut(linalg.multiply(isometry, isometry, { left: true }));
  const { u, values, v } = linalg.svd(linalg.multiply(left, right, { left: true }));
  const kept = sequence(values.filter((cosine) => cosine > limit).length);
  const added = linalg.multiply(
    linalg.multiply(left, takeColumns(u, kept)),
    linalg.multiply(right, takeColumns(v, kept)),
    { right: true },
  );
  for (let at = 0; at < size * size; at++) {
    added.data[at] = (added.data[at] as number) + (isometry.data[at] as number);
  }
  return added;
}

/** An orthonormal basis, in columns, of what a projector leaves out: Gram and Schmidt from the largest column. */
function leftOut(projector: Matrix): Matrix {
  const size = projector.rows;
  const found: Float64Array[] = [];
  const rest = Float64Array.from(
    { length: size },
    (_, at) => 1 - (projector.data[at * (size + 1)] as number),
  );
  for (let total = sum(rest); total > LEFT_OVER; total--) {
    const pivot = rest.indexOf(rest.reduce((a, b) => Math.max(a, b)));
    const start = pivot * size;
    const direction = Float64Array.from(
      projector.data.subarray(start, start + size),
      (value, at) => (at === pivot ? 1 : 0) - value,
    );
    // Twice is enough.
    for (let pass = 0; pass < 2; pass++) for (const one of found) takeAway(direction, one);
    const norm = Math.sqrt(dot(direction, direction));
    found.push(direction.map((value) => value / norm));
    const latest = found[found.length - 1] as Float64Array;
    latest.forEach((value, at) => {
      rest[at] = (rest[at] as number) - value * value;
    });
  }
  const out = zeros(size, found.length);
  found.forEach((direction, column) => {
    direction.forEach((value, row) => {
      out.data[row * found.length + column] = value;
    });
  });
  return out;
}

function takeAway(direction: Float64Array, one: Float64Array): void {
  const along = dot(direction, one);
  for (let at = 0; at < direction.length; at++) {
    direction[at] = (direction[at] as number) - along * (one[at] as number);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at] as number) * (b[at] as number);
  return total;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
