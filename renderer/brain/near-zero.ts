/** Of a scale's end: what is nearer to 0 is drawn as nothing, as what lies outside the region is. */
const DRAWN_FROM = 2 / 255;

/** What stands for 0 at a voxel of the region, to tell it from what lies outside. */
export const ZERO_INSIDE = 1e-30;

/**
 * The same values, but for those of the region that are nearer to 0 than a scale to ±`end` can draw: they take its least colours.
 * Without it maps of which many values are just 0, as accuracies at chance are, have holes.
 */
export function drawable(values: Float32Array, end: number): Float32Array {
  const least = end * DRAWN_FROM;
  return values.map((value) => (value === 0 || Math.abs(value) >= least ? value : Math.sign(value) * least));
}
