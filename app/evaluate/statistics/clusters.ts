import { DisjointSets } from "#app/linalg/disjoint-sets.ts";

/**
 * Of each place the size of the cluster that it lies in: of places that are chosen and hang together by pairs of neighbours (two
 * numbers a pair); 0 of one that is not chosen.
 */
export function clusterSizes(chosen: Uint8Array, neighbours: Int32Array): Int32Array {
  const sets = new DisjointSets(chosen.length);
  for (let at = 0; at < neighbours.length; at += 2) {
    const [a, b] = [neighbours[at] as number, neighbours[at + 1] as number];
    if (chosen[a] === 1 && chosen[b] === 1) sets.join(a, b);
  }
  const sizes = new Int32Array(chosen.length);
  for (let place = 0; place < chosen.length; place++) {
    if (chosen[place] !== 1) continue;
    const own = sets.rootOf(place);
    sizes[own] = (sizes[own] as number) + 1;
  }
  return sizes.map((_, place) => (chosen[place] === 1 ? (sizes[sets.rootOf(place)] as number) : 0));
}
