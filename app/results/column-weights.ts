import type { KeptTransform } from "./transform-files.ts";

/**
 * How much each of a subject's voxels feeds one column of the common space: that column of the linear map times the
 * scale, one number a voxel.
 */
export function columnWeights({ voxels, scale, map }: KeptTransform, column: number): Float64Array {
  const out = new Float64Array(voxels.length);
  if (map.kind === "dense") {
    const { columns, data } = map.matrix;
    out.forEach((_, row) => {
      out[row] = scale * (data[row * columns + column] as number);
    });
    return out;
  }
  if (map.kind === "sparse") {
    const { starts, indices, values } = map.matrix;
    for (let at = starts[column] as number; at < (starts[column + 1] as number); at++) {
      out[indices[at] as number] = scale * (values[at] as number);
    }
    return out;
  }
  const { left, core, right, sharedSource, sharedTarget } = map;
  for (let row = 0; row < core.rows; row++) {
    let along = 0;
    for (let k = 0; k < core.columns; k++) {
      along +=
        (core.data[row * core.columns + k] as number) * (right.data[k * right.columns + column] as number);
    }
    for (let voxel = 0; voxel < left.columns; voxel++) {
      out[voxel] = (out[voxel] as number) + scale * along * (left.data[row * left.columns + voxel] as number);
    }
  }
  sharedTarget.forEach((target, k) => {
    const voxel = sharedSource[k] as number;
    if (target === column) out[voxel] = (out[voxel] as number) + scale;
  });
  return out;
}
