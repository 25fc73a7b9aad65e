/** How often a null distribution reaches what was observed. */
export interface PermutationP {
  /** (as high as observed + 1) / (draws + 1): never 0 (Phipson & Smyth 2010, doi 10.2202/1544-6115.1585). */
  readonly p: number;
  /** Where p would lie, by Wilson's 99 % interval, if all labellings were tried. */
  readonly interval: readonly [number, number];
}

/** 99 %, two-sided, of the standard normal distribution. */
const Z = 2.5758293035489;

/** What is equal to the observed counts as reached; rounding is not what sets two apart. */
const SAME = 1e-12;

/** One-sided: high values speak against chance. */
export function permutationP(observed: number, drawn: readonly number[]): PermutationP {
  const reached = drawn.filter((value) => value >= observed - SAME).length;
  return { p: (reached + 1) / (drawn.length + 1), interval: wilson(reached, drawn.length) };
}

/** The same where all labellings were tried, the observed one among them. */
export function exactP(observed: number, all: readonly number[]): PermutationP {
  const p = all.filter((value) => value >= observed - SAME).length / all.length;
  return { p, interval: [p, p] };
}

/** Whether more draws would hardly change on which side of `alpha` p lies. */
export function sureEnough({ interval: [low, high] }: PermutationP, alpha: number): boolean {
  return high < alpha || low > alpha;
}

/** Wilson's interval of a share (Wilson 1927, doi 10.1080/01621459.1927.10502953). */
function wilson(hits: number, draws: number): readonly [number, number] {
  const share = hits / draws;
  const square = Z ** 2 / draws;
  const middle = (share + square / 2) / (1 + square);
  const reach = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / draws + square / (4 * draws));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
