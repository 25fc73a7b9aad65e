import type { Linalg } from "#app/linalg/linalg.ts";
import { type Matrix, scaledRows, takeRows, zeros } from "#app/linalg/matrix.ts";
import { type Random, randomOf, shuffled } from "#app/linalg/random.ts";
import { range } from "#app/linalg/vector.ts";
import { ridgeMap } from "./smoother.ts";

/** The rows that a regression is fitted to, ascending, and how often each of them counts. */
export interface Bag {
  readonly rows: Int32Array;
  readonly counts: Float64Array;
}

/** Rows that follow each other are alike: they are left out in blocks of so many, with as many on either side. */
const BLOCK = 4;
const BUFFER = 4;

/** Of so many parts of the blocks each is left out once, then the blocks are parted anew. */
const PARTS = 5;

/**
 * So many bags of T rows: each leaves a fifth of the blocks out, and draws T rows of the others with replacement, as
 * `compute_ensemble_indices` of Feilong's package. Always the same for the same numbers.
 */
export function bagsOf(rows: number, count: number): readonly Bag[] {
  const random = randomOf(0, "bags of rows");
  const blocks = Math.max(1, Math.floor(rows / BLOCK));
  const parts = Math.min(PARTS, blocks);
  let [order, shift]: [readonly number[], number] = [[], 0];
  return Array.from({ length: count }, (_, bag) => {
    const part = bag % parts;
    if (part === 0) {
      order = shuffled(range(0, blocks), random);
      shift = Math.floor(random.uniform() * (rows - blocks * BLOCK + 1));
    }
    const left = new Uint8Array(rows).fill(1);
    for (let at = part; at < blocks; at += parts) {
      const first = shift + (order[at] as number) * BLOCK;
      left.fill(0, Math.max(0, first - BUFFER), first + BLOCK + BUFFER);
    }
    return drawn(left, random);
  });
}

/** Of few samples nothing may be left between blocks and what is beside them: then all rows are drawn from. */
function drawn(left: Uint8Array, random: Random): Bag {
  const all = range(0, left.length);
  const from = left.includes(1) ? all.filter((row) => left[row] === 1) : all;
  return bagOf(all.map(() => from[Math.floor(random.uniform() * from.length)] as number));
}

/** The bag of so many draws from as many rows. */
export function bagOf(draws: Int32Array): Bag {
  const counts = new Float64Array(draws.length);
  for (const row of draws) counts[row] = (counts[row] as number) + 1;
  const rows = range(0, counts.length).filter((row) => counts[row] !== 0);
  return { rows, counts: counts.filter((times) => times > 0) };
}

/** The mean over bags of ridge regressions of a target (T × k) on the voxels of samples (T × V), V × k. */
export function baggedRidgeMap(
  linalg: Linalg,
  samples: Matrix,
  added: number,
  target: Matrix,
  bags: readonly Bag[],
): Matrix {
  const mean = zeros(samples.columns, target.columns);
  const place = {
    rows: range(0, mean.rows),
    columns: range(0, mean.columns),
    factors: new Float64Array(mean.rows).fill(1 / bags.length),
  };
  for (const bag of bags) {
    linalg.within(() => {
      linalg.addPart(mean, ridgeMap(linalg, inBag(samples, bag), added, inBag(target, bag)), place);
    });
  }
  return mean;
}

/** A row that counts n times is one that is √n times as large, in products of two such. */
function inBag(matrix: Matrix, { rows, counts }: Bag): Matrix {
  return scaledRows(takeRows(matrix, rows), counts.map(Math.sqrt));
}
