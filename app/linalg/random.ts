/** A stream of random numbers that is the same for the same seed on every machine. */
export interface Random {
  /** Above 0 and below 1. */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  gaussian(): number;
}

/** `name` makes streams of one seed independent: what is drawn for one subject does not move another's. */
export function randomOf(seed: number, name: string): Random {
  let state = seed >>> 0;
  for (const sign of name) state = mix(state ^ sign.charCodeAt(0));
  // mulberry32
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return (mix(state) + 0.5) / 2 ** 32;
  };
  return {
    uniform,
    gaussian: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** The values in an order drawn at random (Fisher and Yates), in a copy. */
export function shuffled<Value>(values: Iterable<Value>, random: Random): Value[] {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1));
    [order[last], order[other]] = [order[other] as Value, order[last] as Value];
  }
  return order;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
