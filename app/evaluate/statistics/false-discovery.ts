/**
 * Of p values the smallest false discovery rate at which each would be found (Benjamini & Hochberg 1995, doi
 * 10.1111/j.2517-6161.1995.tb02031.x). NaN stays NaN and does not count.
 */
export function falseDiscoveryRates(p: Float64Array): Float64Array {
  const order = Array.from(p.keys()).filter((at) => !Number.isNaN(p[at] as number));
  order.sort((a, b) => (p[a] as number) - (p[b] as number) || a - b);
  const out = new Float64Array(p.length).fill(Number.NaN);
  let least = 1;
  for (let rank = order.length; rank > 0; rank--) {
    const at = order[rank - 1] as number;
    least = Math.min(least, (p[at] as number) * (order.length / rank));
    out[at] = least;
  }
  return out;
}
