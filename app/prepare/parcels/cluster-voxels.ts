import type { Grid } from "#app/contract/dataset.ts";
import { kmeansClusters } from "./kmeans.ts";
import { faceNeighbours } from "./neighbours.ts";
import { finish } from "./steps.ts";
import { wardClusters } from "./ward.ts";

export interface ClusterInput {
  readonly method: "ward" | "kmeans";
  /** Voxels × columns, row-major; it is worked in. */
  readonly points: Float32Array;
  readonly columns: number;
  readonly count: number;
  /** Of k-means, which starts at random. */
  readonly seed: number;
  /** Where the voxels lie, for Ward, whose clusters hang together. */
  readonly grid: Grid;
  readonly indices: Int32Array;
}

/** The cluster of each voxel, from 1 in the order of their first voxels. @throws the signal's reason when aborted */
export async function clusterVoxels(
  { method, points, columns, count, seed, grid, indices }: ClusterInput,
  signal?: AbortSignal,
): Promise<Int32Array> {
  if (method === "kmeans") return (await finish(kmeansClusters(points, columns, count, seed), signal)).labels;
  const neighbours = await finish(faceNeighbours(grid, indices), signal);
  return finish(wardClusters(points, columns, neighbours, count), signal);
}
