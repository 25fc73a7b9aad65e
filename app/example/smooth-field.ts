import type { Random } from "#app/linalg/random.ts";

const WAVES = 24;

/** A value for each place (x, y, z in mm): mean 0, standard deviation about 1 over places far apart. */
export type Field = (x: number, y: number, z: number) => number;

/** A smooth random field as a sum of random waves (Rahimi & Recht 2007); `lengthMm` is how far it stays alike. */
export function smoothField(random: Random, lengthMm: number): Field {
  const waves = Array.from({ length: WAVES }, () => ({
    direction: [0, 1, 2].map(() => random.gaussian() / lengthMm) as [number, number, number],
    phase: 2 * Math.PI * random.uniform(),
  }));
  const scale = Math.sqrt(2 / WAVES);
  return (x, y, z) => {
    let sum = 0;
    for (const { direction, phase } of waves)
      sum += Math.cos(direction[0] * x + direction[1] * y + direction[2] * z + phase);
    return scale * sum;
  };
}
