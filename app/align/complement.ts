import { gramSvd } from "#app/linalg/gram-svd.ts";
import type { Linalg } from "#app/linalg/linalg.ts";
import { firstColumns, type Matrix, transpose, zeros } from "#app/linalg/matrix.ts";
import { dot } from "#app/linalg/vector.ts";

/** Less than this of a direction left over is round-off: of a projector every direction is there whole or not. */
const LEFT_OVER = 0.5;

/**
 * A partial isometry R (V × V, few directions short of whole) with the others turned as little as possible: with
 * N and M orthonormal bases of what R and Rᵀ leave out, R + N · polar(Nᵀ·M) · Mᵀ is the orthogonal matrix nearest
 * the identity that agrees with R. Directions whose cosine is below `limit` are dropped: there the choice is open.
 */
export function fillComplement(linalg: Linalg, isometry: Matrix, limit: number): Matrix {
  const left = leftOut(linalg, isometry);
  const right = leftOut(linalg, transpose(isometry));
  const { u, values, v } = gramSvd(linalg, linalg.multiply(left, right, { left: true }));
  const kept = values.filter((cosine) => cosine > limit).length;
  const out = { ...isometry, data: isometry.data.slice() };
  const [from, to] = [
    linalg.multiply(left, firstColumns(u, kept)),
    linalg.multiply(right, firstColumns(v, kept)),
  ];
  linalg.addProduct(out, from, to, { right: true });
  return out;
}

/**
 * An orthonormal basis, in columns, of what the projector R·Rᵀ leaves out: Gram and Schmidt from the unit vector with
 * most left over. R·Rᵀ itself is not formed.
 */
function leftOut(linalg: Linalg, isometry: Matrix): Matrix {
  const { rows, columns, data } = isometry;
  const rowOf = (at: number) => data.subarray(at * columns, (at + 1) * columns);
  const rest = Float64Array.from({ length: rows }, (_, at) => 1 - dot(rowOf(at), rowOf(at)));
  const found: Float64Array[] = [];
  for (let total = sum(rest); total > LEFT_OVER; total--) {
    const pivot = rest.indexOf(rest.reduce((a, b) => Math.max(a, b)));
    const covered = linalg.multiply(isometry, { rows: columns, columns: 1, data: rowOf(pivot) });
    const direction = covered.data.map((value, at) => (at === pivot ? 1 : 0) - value);
    // Twice is enough.
    for (let pass = 0; pass < 2; pass++) for (const one of found) takeAway(direction, one);
    const norm = Math.sqrt(dot(direction, direction));
    const unit = direction.map((value) => value / norm);
    found.push(unit);
    unit.forEach((value, at) => {
      rest[at] = (rest[at] as number) - value * value;
    });
  }
  const out = zeros(rows, found.length);
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

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
