/** Rows × 3: the canonical response to a stimulus, its derivative by delay, and the one by dispersion. */
export type ResponseBasis = readonly [Float64Array, Float64Array, Float64Array];

const STEP = 0.1;
const LENGTH_SECONDS = 32;

/**
 * The response to a stimulus that lasts from `onset` for `duration` seconds, at the start of each volume. Double
 * gamma as in SPM: peak at 6 s, undershoot at 16 s, a sixth as high.
 */
export function responseBasis(onset: number, duration: number, volumes: number, tr: number): ResponseBasis {
  const sampled = (delay: number, dispersion: number) => {
    const out = new Float64Array(volumes);
    for (let volume = 0; volume < volumes; volume++) {
      const since = volume * tr - onset;
      let sum = 0;
      for (let lag = Math.max(0, since - duration); lag < Math.min(since, LENGTH_SECONDS); lag += STEP)
        sum += doubleGamma(lag - delay, dispersion) * STEP;
      out[volume] = sum;
    }
    return out;
  };
  const canonical = sampled(0, 1);
  const less = (other: Float64Array, by: number) =>
    other.map((value, at) => (value - (canonical[at] as number)) / by);
  return [canonical, less(sampled(0.5, 1), 0.5), less(sampled(0, 1.1), 0.1)];
}

function doubleGamma(seconds: number, dispersion: number): number {
  if (seconds <= 0) return 0;
  return gamma(seconds, 6 / dispersion, dispersion) - gamma(seconds, 16 / dispersion, dispersion) / 6;
}

/** The gamma density of shape `shape` and scale `scale`. */
function gamma(x: number, shape: number, scale: number): number {
  return Math.exp((shape - 1) * Math.log(x / scale) - x / scale - logGamma(shape)) / scale;
}

/** Stirling's series, good to 1e-9 above 7; lifted there by the recurrence. */
function logGamma(x: number): number {
  if (x < 7) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}
