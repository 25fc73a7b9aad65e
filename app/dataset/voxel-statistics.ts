/** What is wrong with the voxels of one run: plain, so that one thread may tell another. */
export interface VoxelFlaws {
  /** Rows before a tail of at least two equal volumes; all rows where there is none or all are equal. */
  readonly goodRows: number;
  /** Of each voxel the first row with another value than row 0, and the first that is not finite; -1 for none. */
  readonly changed: Int32Array;
  readonly broken: Int32Array;
}

/**
 * Gathers volume by volume what is wrong with the voxels of one run: which are not finite, which never change, and
 * where a tail begins that repeats one volume (what a scan stopped early and padded looks like).
 */
export class VoxelStatistics {
  readonly columns: number;
  #rows = 0;
  /** The first row of the volume that the last rows repeat. */
  #tail = 0;
  readonly #first: Float32Array;
  readonly #last: Float32Array;
  readonly #changed: Int32Array;
  readonly #broken: Int32Array;

  constructor(columns: number) {
    this.columns = columns;
    this.#first = new Float32Array(columns);
    this.#last = new Float32Array(columns);
    this.#changed = new Int32Array(columns).fill(-1);
    this.#broken = new Int32Array(columns).fill(-1);
  }

  /** Takes the next volume's values, one per column. */
  look(volume: Float32Array): void {
    const row = this.#rows++;
    if (row === 0) this.#first.set(volume);
    let repeats = true;
    for (let v = 0; v < this.columns; v++) {
      const value = volume[v] as number;
      if (repeats && !Object.is(value, this.#last[v])) repeats = false;
      if (value !== this.#first[v] && this.#changed[v] === -1) this.#changed[v] = row;
      if (!Number.isFinite(value) && this.#broken[v] === -1) this.#broken[v] = row;
    }
    if (!repeats) this.#tail = row;
    this.#last.set(volume);
  }

  get flaws(): VoxelFlaws {
    const goodRows = this.#tail === 0 || this.#tail === this.#rows - 1 ? this.#rows : this.#tail;
    return { goodRows, changed: this.#changed, broken: this.#broken };
  }
}

/** 1 where a voxel has a value that is not finite in the first `rows` rows. */
export function nonFiniteVoxels({ broken }: VoxelFlaws, rows: number): Uint8Array {
  return Uint8Array.from(broken, (first) => (within(first, rows) ? 1 : 0));
}

/** 1 where a voxel is finite and does not change over the first `rows` rows. */
export function constantVoxels({ changed, broken }: VoxelFlaws, rows: number): Uint8Array {
  return Uint8Array.from(changed, (first, v) => (within(first, rows) || within(broken[v], rows) ? 0 : 1));
}

/** How many flags are set. */
export function countFlags(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

function within(row: number | undefined, rows: number): boolean {
  return row !== undefined && row >= 0 && row < rows;
}
