import type { Grid } from "#app/contract/dataset.ts";
import { ZERO_INSIDE } from "#renderer/brain/near-zero.ts";
import { apply, inverseOf } from "./affine.ts";

/** Finds the region's voxels by place: mm → which of the V voxels, −1 outside. */
export class RegionGrid {
  readonly #grid: Grid;
  readonly #inverse: readonly number[];
  readonly #at = new Map<number, number>();
  readonly #voxels: Int32Array;

  constructor(grid: Grid, voxels: Int32Array) {
    this.#grid = grid;
    this.#inverse = inverseOf(grid.affine);
    this.#voxels = voxels;
    voxels.forEach((linear, at) => {
      this.#at.set(linear, at);
    });
  }

  /** Which of the region's voxels lies at a place, and its indices on the grid. */
  find(mm: readonly [number, number, number]): { voxel: number; index: [number, number, number] } {
    const index = apply(this.#inverse, mm).map(Math.round) as [number, number, number];
    const [nx, ny, nz] = this.#grid.dimensions;
    const [i, j, k] = index;
    const inside = i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz;
    return { voxel: inside ? (this.#at.get(i + nx * (j + ny * k)) ?? -1) : -1, index };
  }

  /** The place of one of the region's voxels, mm. */
  place(voxel: number): [number, number, number] {
    const [nx, ny] = this.#grid.dimensions;
    const linear = this.#voxels[voxel] ?? 0;
    const index = [linear % nx, Math.floor(linear / nx) % ny, Math.floor(linear / (nx * ny))] as const;
    return apply(this.#grid.affine.slice(0, 12), index);
  }

  /** The places of all of them, mm. */
  places(): [number, number, number][] {
    return Array.from(this.#voxels, (_, voxel) => this.place(voxel));
  }

  /** The next voxel towards more (or less) of x, y or z in mm: along the grid's axis that runs most that way. */
  step(mm: readonly [number, number, number], axis: 0 | 1 | 2, by: number): [number, number, number] {
    const index = apply(this.#inverse, mm).map(Math.round) as [number, number, number];
    const { affine } = this.#grid;
    const along = [0, 1, 2].map((own) => {
      const length = Math.hypot(...[0, 1, 2].map((row) => affine[row * 4 + own] as number));
      return (affine[axis * 4 + own] as number) / length;
    });
    const best = [0, 1, 2].reduce((a, b) =>
      Math.abs(along[b] as number) > Math.abs(along[a] as number) ? b : a,
    );
    index[best as 0 | 1 | 2] += by * Math.sign(along[best] as number);
    return apply(affine.slice(0, 12), index);
  }

  /**
   * The values on the whole grid, x fastest; NaN (and outside) is 0, which is drawn as nothing. A value of 0 is next to nothing,
   * and drawn, unless it stands for nothing itself.
   */
  spread(values: Float32Array, zeroIsNothing = false): Float32Array {
    const [nx, ny, nz] = this.#grid.dimensions;
    const out = new Float32Array(nx * ny * nz);
    this.#voxels.forEach((linear, at) => {
      const value = values[at] as number;
      out[linear] = Number.isNaN(value) ? 0 : value === 0 && !zeroIsNothing ? ZERO_INSIDE : value;
    });
    return out;
  }
}
