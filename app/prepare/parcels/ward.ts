import { MergeHeap } from "./merge-heap.ts";
import { numbered, type Steps } from "./steps.ts";

/** So many merges between two pauses. */
const STRIDE = 64;

/**
 * Ward's hierarchical clustering with a constraint of connectivity, cut at `count` clusters: of all pairs of
 * neighbouring clusters, those are merged whose merging adds least to the sum of squares within clusters (Ward 1963,
 * doi 10.1080/01621459.1963.10500845; the constraint and the order as scikit-learn's `ward_tree`). n log n for n points
 * with a bounded number of neighbours.
 * @param points n × columns, row-major; it is worked in and holds sums of clusters afterwards
 * @param neighbours pairs of points that touch, each once, two numbers a pair: all points must hang together
 * @returns the cluster of each point, from 1 in the order of their first points
 */
export function* wardClusters(
  points: Float32Array,
  columns: number,
  neighbours: Int32Array,
  count: number,
): Steps<Int32Array> {
  const n = points.length / columns;
  // A cluster's number is its points' row, or n and more in the order of the merges; its sum lies in a row of `points`.
  const row = Int32Array.from({ length: 2 * n }, (_, at) => (at < n ? at : -1));
  const size = new Float64Array(2 * n).fill(1, 0, n);
  const parent = Int32Array.from({ length: 2 * n }, (_, at) => at);
  const touching: (Set<number> | null)[] = Array.from({ length: n }, () => new Set<number>());
  const heap = new MergeHeap();
  const consider = (a: number, b: number) => {
    const cost = mergingCost(
      points,
      columns,
      row[a] as number,
      size[a] as number,
      row[b] as number,
      size[b] as number,
    );
    heap.push(cost, Math.max(a, b), Math.min(a, b));
  };
  for (let at = 0; at < neighbours.length; at += 2) {
    const [a, b] = [neighbours[at] as number, neighbours[at + 1] as number];
    touching[a]?.add(b);
    touching[b]?.add(a);
    consider(a, b);
    if (at % (2 * STRIDE) === 0) yield;
  }
  let next = n;
  while (2 * n - next > count) {
    const pair = heap.pop();
    if (pair === null) throw new Error("the points do not hang together");
    const [a, b] = pair;
    const [ofA, ofB] = [touching[a], touching[b]];
    // One of them was merged already.
    if (!ofA || !ofB) continue;
    addRow(points, columns, row[a] as number, row[b] as number);
    row[next] = row[a] as number;
    size[next] = (size[a] as number) + (size[b] as number);
    parent[a] = next;
    parent[b] = next;
    const [small, large] = ofA.size < ofB.size ? [ofA, ofB] : [ofB, ofA];
    for (const other of small) large.add(other);
    large.delete(a);
    large.delete(b);
    touching[a] = null;
    touching[b] = null;
    touching[next] = large;
    for (const other of large) {
      const theirs = touching[other] as Set<number>;
      theirs.delete(a);
      theirs.delete(b);
      theirs.add(next);
      consider(other, next);
    }
    next += 1;
    if (next % STRIDE === 0) yield;
  }
  for (let at = next - 1; at >= 0; at--) parent[at] = parent[parent[at] as number] as number;
  return numbered(parent.subarray(0, n));
}

/** What merging two clusters of these rows of sums and sizes adds to the sum of squares within clusters. */
function mergingCost(
  sums: Float32Array,
  columns: number,
  rowA: number,
  sizeA: number,
  rowB: number,
  sizeB: number,
): number {
  const [a, b] = [rowA * columns, rowB * columns];
  const [shareA, shareB] = [1 / sizeA, 1 / sizeB];
  let squares = 0;
  for (let at = 0; at < columns; at++) {
    const apart = (sums[a + at] as number) * shareA - (sums[b + at] as number) * shareB;
    squares += apart * apart;
  }
  return (squares * sizeA * sizeB) / (sizeA + sizeB);
}

function addRow(sums: Float32Array, columns: number, to: number, from: number): void {
  for (let at = 0; at < columns; at++) {
    sums[to * columns + at] = (sums[to * columns + at] as number) + (sums[from * columns + at] as number);
  }
}
