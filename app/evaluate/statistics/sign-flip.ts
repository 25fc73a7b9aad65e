import { randomOf } from "#app/linalg/random.ts";

/** How often signs drawn at random give a mean as far from 0 as that observed. */
export interface SignFlip {
  /** Two-sided. */
  readonly p: number;
  /** Whether all combinations of signs were tried. */
  readonly exact: boolean;
  readonly draws: number;
}

/** Rounding is not what sets two means apart. */
const SAME = 1e-12;

/**
 * The sign-flip test of a mean that would be 0 if each value were as likely with the other sign. All 2ⁿ combinations where
 * they are no more than `most`; else so many are drawn, and the one observed counts among them.
 */
export function signFlip(values: readonly number[], seed: number, most = 10_000): SignFlip {
  const n = values.length;
  const observed = Math.abs(sum(values));
  const reached = (flipped: number) => Math.abs(flipped) >= observed - SAME * Math.max(1, observed);
  if (n < 31 && 2 ** n <= most) {
    let hits = 0;
    for (let signs = 0; signs < 2 ** n; signs++) {
      if (reached(sum(values.map((value, at) => ((signs >> at) & 1 ? -value : value))))) hits += 1;
    }
    return { p: hits / 2 ** n, exact: true, draws: 2 ** n };
  }
  const random = randomOf(seed, "signs");
  let hits = 1;
  for (let draw = 0; draw < most; draw++) {
    if (reached(sum(values.map((value) => (random.uniform() < 0.5 ? -value : value))))) hits += 1;
  }
  return { p: hits / (most + 1), exact: false, draws: most };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
