import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { columnDots } from "#app/linalg/vector.ts";

/**
 * ‖x_v − y_w‖² between the time courses of the voxels of X (T × V) and Y (T × W), divided by the largest: V × W. Zeros
 * where all are zero.
 */
export function voxelDifferences(linalg: Linalg, x: Matrix, y: Matrix): Matrix {
  const out = linalg.multiply(x, y, { left: true });
  const [own, theirs] = [columnDots(x, x), columnDots(y, y)];
  let largest = 0;
  for (let row = 0, at = 0; row < out.rows; row++) {
    const norm = own[row] as number;
    for (let column = 0; column < out.columns; column++, at++) {
      // Rounding may leave a little less than nothing.
      const value = Math.max(0, norm + (theirs[column] as number) - 2 * (out.data[at] as number));
      out.data[at] = value;
      if (value > largest) largest = value;
    }
  }
  if (largest > 0) {
    for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] as number) / largest;
  }
  return out;
}
