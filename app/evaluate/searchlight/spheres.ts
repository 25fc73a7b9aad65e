/** Spheres around some of the region's voxels, all by number: sphere k has members[starts[k]] to members[starts[k + 1]]. */
export interface Spheres {
  readonly centres: Int32Array;
  readonly starts: Int32Array;
  readonly members: Int32Array;
}
