import type { Grid } from "#app/contract/dataset.ts";
import { apply, inverseOf } from "./affine.ts";

/** As many strokes can be taken back. */
const MOST_STEPS = 100;

/**
 * A mask on the images' grid that is drawn on the background's. A stroke takes, or erases, whole voxels of the images:
 * each that holds the centre of a background voxel under the stroke, or whose own centre lies in one. So what is seen
 * is what is counted and saved, whichever of the two grids is finer.
 */
export class DrawnMask {
  /** Of each background voxel: the images' voxel that its centre lies in; −1 outside their grid. */
  readonly #imageOf: Int32Array;
  /** Of each voxel of the images: the background voxel that its centre lies in; −1 outside. */
  readonly #backgroundOf: Int32Array;
  readonly #mask: Uint8Array;
  readonly #painted: Uint8Array;
  #steps: Int32Array[] = [];

  constructor(images: Grid, background: Grid) {
    this.#imageOf = nearestOf(background, images);
    this.#backgroundOf = nearestOf(images, background);
    this.#mask = new Uint8Array(this.#backgroundOf.length);
    this.#painted = new Uint8Array(this.#imageOf.length);
  }

  /** Linear on the images' grid, i + nx·(j + ny·k), ascending. */
  voxels(): Int32Array {
    const found = new Int32Array(this.#mask.reduce((sum, flag) => sum + flag, 0));
    let at = 0;
    for (let voxel = 0; voxel < this.#mask.length; voxel++) if (this.#mask[voxel] === 1) found[at++] = voxel;
    return found;
  }

  /** Starts from these voxels, with nothing to be taken back. */
  load(voxels: Int32Array): void {
    this.#steps = [];
    this.#set(voxels);
  }

  /** The mask on the background's grid: 1 inside. Filled anew when the mask changes. */
  get painted(): Uint8Array {
    return this.#painted;
  }

  /** Takes over what a stroke changed of the painted bitmap; whether that changed the mask. */
  take(bitmap: Uint8Array): boolean {
    const before = this.voxels();
    let changed = false;
    const stroke = (at: number, voxel: number) => {
      if (at < 0 || voxel < 0) return;
      const flag = bitmap[at] === 0 ? 0 : 1;
      if (flag === this.#painted[at] || flag === this.#mask[voxel]) return;
      this.#mask[voxel] = flag;
      changed = true;
    };
    for (let at = 0; at < bitmap.length; at++) stroke(at, this.#imageOf[at] as number);
    for (let voxel = 0; voxel < this.#mask.length; voxel++)
      stroke(this.#backgroundOf[voxel] as number, voxel);
    if (changed) {
      this.#keep(before);
      this.#paint();
    }
    return changed;
  }

  clear(): void {
    const before = this.voxels();
    if (before.length === 0) return;
    this.#keep(before);
    this.#set(new Int32Array());
  }

  /** Takes the last stroke, or the clearing, back; whether there was one. */
  undo(): boolean {
    const before = this.#steps.pop();
    if (before !== undefined) this.#set(before);
    return before !== undefined;
  }

  #keep(before: Int32Array): void {
    this.#steps = [...this.#steps.slice(1 - MOST_STEPS), before];
  }

  #set(voxels: Int32Array): void {
    this.#mask.fill(0);
    for (const voxel of voxels) this.#mask[voxel] = 1;
    this.#paint();
  }

  #paint(): void {
    for (let at = 0; at < this.#painted.length; at++) {
      const voxel = this.#imageOf[at] as number;
      this.#painted[at] = voxel < 0 ? 0 : (this.#mask[voxel] as number);
    }
    for (let voxel = 0; voxel < this.#mask.length; voxel++) {
      const at = this.#backgroundOf[voxel] as number;
      if (at >= 0 && this.#mask[voxel] === 1) this.#painted[at] = 1;
    }
  }
}

/** For each voxel of a grid the one of another that its centre lies in, linear; −1 where that grid does not reach. */
function nearestOf(from: Grid, to: Grid): Int32Array {
  const inverse = inverseOf(to.affine);
  const at = (index: readonly [number, number, number]) => apply(inverse, apply(from.affine, index));
  const origin = at([0, 0, 0]);
  const steps = [at([1, 0, 0]), at([0, 1, 0]), at([0, 0, 1])].map((end) =>
    end.map((value, axis) => value - (origin[axis] as number)),
  );
  const m = (row: 0 | 1 | 2, step: number) => steps[step]?.[row] as number;
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = ([0, 1, 2] as const).flatMap((row) =>
    [0, 1, 2].map((step) => m(row, step)),
  ) as [number, number, number, number, number, number, number, number, number];
  const [nx, ny, nz] = from.dimensions;
  const [ox, oy, oz] = to.dimensions;
  const out = new Int32Array(nx * ny * nz).fill(-1);
  let voxel = 0;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, voxel++) {
        const x = Math.round(origin[0] + xx * i + xy * j + xz * k);
        const y = Math.round(origin[1] + yx * i + yy * j + yz * k);
        const z = Math.round(origin[2] + zx * i + zy * j + zz * k);
        if (x >= 0 && y >= 0 && z >= 0 && x < ox && y < oy && z < oz) out[voxel] = x + ox * (y + oy * z);
      }
    }
  }
  return out;
}
