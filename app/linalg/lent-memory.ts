/** Numbers of a block: 4 MiB, of which a small method takes a few. */
const BLOCK = 512 * 1024;

/** Results begin where vector instructions like it: at 64 bytes. */
const STEP = 8;

/** Memory for results that are needed together: lent out piece after piece, and taken back all at once. */
export class LentMemory {
  readonly #make: (count: number) => Float64Array;
  #blocks: Float64Array[] = [];
  /** Where the next piece is taken from. */
  #block = 0;
  #used = 0;
  #depth = 0;

  /** `make` gives memory of the caller's own, which is what is taken where nothing is lent. */
  constructor(make: (count: number) => Float64Array) {
    this.#make = make;
  }

  /** So many numbers of any value. */
  take(count: number): Float64Array {
    if (this.#depth === 0 || count > BLOCK) return this.#make(count);
    if (this.#used + count > BLOCK) {
      this.#block += 1;
      this.#used = 0;
    }
    this.#blocks[this.#block] ??= this.#make(BLOCK);
    const piece = this.#blocks[this.#block]?.subarray(this.#used, this.#used + count) as Float64Array;
    this.#used += Math.ceil(count / STEP) * STEP;
    return piece;
  }

  /** Lends during `work`; what was taken is lent anew after it. */
  within<T>(work: () => T): T {
    const [block, used] = [this.#block, this.#used];
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
      [this.#block, this.#used] = [block, used];
    }
  }

  /** Lets go of what is not lent. */
  giveBack(): void {
    if (this.#depth === 0) this.#blocks = [];
  }
}
