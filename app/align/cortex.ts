import FlatQueue from "flatqueue";
import type { SurfaceMesh } from "#app/contract/surface.ts";
import { placesAt, type Searchlight, type Surroundings } from "./searchlights.ts";

/** The folded cortex as a net: vertices, and the edges of its triangles with their lengths. */
export interface Cortex {
  /** Of each vertex x, y and z in mm. */
  readonly points: Float64Array;
  /** Vertex v is joined to `neighbours[k]`, `lengths[k]` mm away, for k from `starts[v]` up to `starts[v + 1]`. */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
  readonly lengths: Float64Array;
}

/** Hemispheres, the vertices of the first before those of the next; nothing joins them. */
export function cortexOf(hemispheres: readonly SurfaceMesh[]): Cortex {
  const count = hemispheres.reduce((sum, { points }) => sum + points.length / 3, 0);
  const points = new Float64Array(3 * count);
  const joined: Set<number>[] = Array.from({ length: count }, () => new Set());
  let first = 0;
  for (const { points: own, triangles } of hemispheres) {
    points.set(own, 3 * first);
    for (let at = 0; at < triangles.length; at += 3) {
      const corners = [0, 1, 2].map((k) => first + (triangles[at + k] as number));
      for (const a of corners) for (const b of corners) if (a !== b) joined[a]?.add(b);
    }
    first += own.length / 3;
  }
  const starts = new Int32Array(count + 1);
  joined.forEach((others, at) => {
    starts[at + 1] = (starts[at] as number) + others.size;
  });
  const neighbours = Int32Array.from(joined.flatMap((others) => [...others].sort((a, b) => a - b)));
  const lengths = new Float64Array(neighbours.length);
  for (let vertex = 0; vertex < count; vertex++) {
    for (let k = starts[vertex] as number; k < (starts[vertex + 1] as number); k++) {
      const other = neighbours[k] as number;
      const along = [0, 1, 2].map(
        (axis) => (points[3 * vertex + axis] as number) - (points[3 * other + axis] as number),
      );
      lengths[k] = Math.hypot(...along);
    }
  }
  return { points, starts, neighbours, lengths };
}

/**
 * Columns at vertices of the cortex; what is near is so by the shortest way along the edges of the net (Dijkstra 1959), as
 * PyMVPA's surface searchlights measure it (Oosterhof et al. 2011), which is somewhat more than along the surface between
 * them. The way may lead over vertices that are no columns. `vertices` are the columns'.
 */
export function onCortex(cortex: Cortex, vertices: Int32Array): Surroundings {
  const { points, starts, neighbours, lengths } = cortex;
  const columnOf = new Int32Array(points.length / 3).fill(-1);
  vertices.forEach((vertex, column) => {
    columnOf[vertex] = column;
  });
  const distance = new Float64Array(columnOf.length).fill(Number.POSITIVE_INFINITY);
  const queue = new FlatQueue();
  const around = (centre: number, reachMm: number): Searchlight => {
    const from = vertices[centre] as number;
    const met = [from];
    distance[from] = 0;
    queue.push(from, 0);
    while (queue.length > 0) {
      const far = queue.peekValue() as number;
      const vertex = queue.pop() as number;
      // It was reached by a shorter way meanwhile.
      if (far > (distance[vertex] as number)) continue;
      for (let k = starts[vertex] as number; k < (starts[vertex + 1] as number); k++) {
        const other = neighbours[k] as number;
        const way = far + (lengths[k] as number);
        if (way > reachMm || way >= (distance[other] as number)) continue;
        if (distance[other] === Number.POSITIVE_INFINITY) met.push(other);
        distance[other] = way;
        queue.push(other, way);
      }
    }
    const found = met.map((vertex) => columnOf[vertex] as number).filter((column) => column !== -1);
    const columns = Int32Array.from(found).sort();
    const distances = Float64Array.from(columns, (column) => distance[vertices[column] as number] as number);
    for (const vertex of met) distance[vertex] = Number.POSITIVE_INFINITY;
    return { columns, distances };
  };
  return { places: placesAt(points, vertices), nearby: (reachMm) => (centre) => around(centre, reachMm) };
}
