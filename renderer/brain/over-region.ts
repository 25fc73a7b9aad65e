/** Values at voxels of the grid in the order of a region's voxels, V; NaN at those that have none. */
export function overRegion(region: Int32Array, voxels: Int32Array, values: Float64Array): Float32Array {
  const placeOf = new Map([...region].map((voxel, place) => [voxel, place]));
  const out = new Float32Array(region.length).fill(Number.NaN);
  voxels.forEach((voxel, at) => {
    const place = placeOf.get(voxel);
    if (place !== undefined) out[place] = values[at] as number;
  });
  return out;
}
