import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, matrixFrom, sum, takeRows, zeros } from "#app/linalg/matrix.ts";
import { carriedOver, NO_VOXELS, type SharedVoxels } from "./shared-voxels.ts";
import { applyTransform, denseMap, type LinearMap, type Transform } from "./transform.ts";

type Spanned = LinearMap & { readonly kind: "spanned" };

/** One transform after another: X ↦ second(first(X)). What both have factored stays factored. */
export function composed(linalg: Linalg, first: Transform, second: Transform): Transform {
  const between = second.offsetIn.length;
  const shift = applyTransform(linalg, second, matrixFrom(1, between, first.offsetOut));
  return {
    offsetIn: first.offsetIn,
    offsetOut: shift.data,
    scale: first.scale * second.scale,
    map: composedMap(linalg, first, second),
  };
}

function composedMap(linalg: Linalg, first: Transform, second: Transform): LinearMap {
  const { map, offsetOut } = second;
  if (map.kind === "sparse" || first.map.kind === "sparse") {
    const [one, other] = [first, second].map((part) => denseMap(linalg, { ...part, scale: 1 }));
    return { kind: "dense", matrix: linalg.multiply(one as Matrix, other as Matrix) };
  }
  if (map.kind === "dense") return { kind: "dense", matrix: mapTimes(linalg, first, map.matrix) };
  if (first.map.kind === "dense") {
    return { kind: "dense", matrix: timesSpanned(linalg, first.map.matrix, map, offsetOut.length) };
  }
  return spannedTwice(linalg, first, { map, offsetOut });
}

/** map · M for a matrix M over the map's target: nothing of V × V is formed where the map is spanned. */
function mapTimes(linalg: Linalg, { map, offsetIn }: Transform, matrix: Matrix): Matrix {
  if (map.kind === "dense") return linalg.multiply(map.matrix, matrix);
  if (map.kind === "sparse") throw new RangeError("a sparse map is multiplied out before");
  const out = zeros(offsetIn.length, matrix.columns);
  const carried = takeRows(matrix, map.shared.target);
  map.shared.source.forEach((row, k) => {
    out.data.set(carried.data.subarray(k * matrix.columns, (k + 1) * matrix.columns), row * matrix.columns);
  });
  const loadings = map.right.map((rows) => linalg.multiply(rows, matrix));
  map.left.forEach((rows, i) => {
    const along = sum(loadings.map((loading, j) => linalg.multiply(blockOf(map, i, j), loading)));
    linalg.addProduct(out, rows, along, { left: true });
  });
  return out;
}

/** M · map for a matrix M over the map's source. */
function timesSpanned(linalg: Linalg, matrix: Matrix, map: Spanned, width: number): Matrix {
  const { source, target } = map.shared;
  const out = carriedOver(matrix, source, target, width);
  const along = map.left.map((rows) => linalg.multiply(matrix, rows, { right: true }));
  map.right.forEach((rows, j) => {
    const onto = sum(along.map((one, i) => linalg.multiply(one, blockOf(map, i, j))));
    linalg.addProduct(out, onto, rows);
  });
  return out;
}

/**
 * (J₁ + L₁ᵀC₁R₁)(J₂ + L₂ᵀC₂R₂) = J₁J₂ + L₁ᵀC₁·(R₁J₂) + (L₂J₁ᵀ)ᵀC₂R₂ + L₁ᵀC₁(R₁L₂ᵀ)C₂R₂, with the rows R₁J₂ and L₂J₁ᵀ
 * where J carries any voxels over.
 */
function spannedTwice(
  linalg: Linalg,
  { map: first, offsetIn }: Transform,
  { map: second, offsetOut }: { readonly map: Spanned; readonly offsetOut: Float64Array },
): LinearMap {
  const one = first as Spanned;
  const [before, after] = [one.shared, second.shared];
  const through = one.left.map((_, i) =>
    second.left.map((rows) =>
      sum(
        one.right.map((right, j) =>
          linalg.multiply(blockOf(one, i, j), linalg.multiply(right, rows, { right: true })),
        ),
      ),
    ),
  );
  const across = through.map((line) =>
    second.right.map((_, n) => sum(line.map((part, m) => linalg.multiply(part, blockOf(second, m, n))))),
  );
  const ahead = after.source.length === 0 ? [] : one.right;
  const behind = before.source.length === 0 ? [] : second.left;
  return {
    kind: "spanned",
    left: [
      ...one.left,
      ...behind.map((rows) => carriedOver(rows, before.target, before.source, offsetIn.length)),
    ],
    right: [
      ...ahead.map((rows) => carriedOver(rows, after.source, after.target, offsetOut.length)),
      ...second.right,
    ],
    core: [
      ...one.left.map((_, i) => [...ahead.map((_, j) => blockOf(one, i, j)), ...(across[i] as Matrix[])]),
      ...behind.map((rows, m) => [
        ...ahead.map((right) => zeros(rows.rows, right.rows)),
        ...second.right.map((_, n) => blockOf(second, m, n)),
      ]),
    ],
    shared: carriedTwice(before, after),
  };
}

function blockOf({ core }: Spanned, row: number, column: number): Matrix {
  return core[row]?.[column] as Matrix;
}

/** The voxels that the first carries to what the second carries on. */
function carriedTwice(first: SharedVoxels, second: SharedVoxels): SharedVoxels {
  if (first.source.length === 0 || second.source.length === 0) return NO_VOXELS;
  const onward = new Map([...second.source].map((from, k) => [from, second.target[k] as number]));
  const kept = [...first.target.keys()].filter((k) => onward.has(first.target[k] as number));
  return {
    source: Int32Array.from(kept, (k) => first.source[k] as number),
    target: Int32Array.from(kept, (k) => onward.get(first.target[k] as number) as number),
  };
}
