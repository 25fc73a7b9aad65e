/** Spearman's rank correlation, ties at their mean rank; NaN where one does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  let [cross, squaresX, squaresY] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    const [own, other] = [(x[at] as number) - middle, (y[at] as number) - middle];
    cross += own * other;
    squaresX += own ** 2;
    squaresY += other ** 2;
  }
  return squaresX > 0 && squaresY > 0 ? cross / Math.sqrt(squaresX * squaresY) : Number.NaN;
}

/** From 0. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((p, q) => (values[p] as number) - (values[q] as number));
  const out = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end] as number] === values[order[first] as number]) end += 1;
    for (let at = first; at < end; at++) out[order[at] as number] = (first + end - 1) / 2;
    first = end;
  }
  return out;
}
