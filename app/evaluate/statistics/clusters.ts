/**
 * Of each place the size of the cluster that it lies in: of places that are chosen and hang together by pairs of neighbours (two
 * numbers a pair); 0 of one that is not chosen.
 */
export function clusterSizes(chosen: Uint8Array, neighbours: Int32Array): Int32Array {
  const root = Int32Array.from(chosen.keys());
  const rootOf = (place: number): number => {
    let at = place;
    while (root[at] !== at) {
      root[at] = root[root[at] as number] as number;
      at = root[at] as number;
    }
    return at;
  };
  for (let at = 0; at < neighbours.length; at += 2) {
    const [a, b] = [neighbours[at] as number, neighbours[at + 1] as number];
    if (chosen[a] === 1 && chosen[b] === 1) root[rootOf(b)] = rootOf(a);
  }
  const sizes = new Int32Array(chosen.length);
  for (let place = 0; place < chosen.length; place++) {
    if (chosen[place] !== 1) continue;
    const own = rootOf(place);
    sizes[own] = (sizes[own] as number) + 1;
  }
  return sizes.map((_, place) => (chosen[place] === 1 ? (sizes[rootOf(place)] as number) : 0));
}
