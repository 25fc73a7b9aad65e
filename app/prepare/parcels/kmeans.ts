import { type Random, randomOf } from "#app/linalg/random.ts";
import { numbered, type Steps } from "./steps.ts";

/** Starts from other centres; the best is kept. */
const STARTS = 3;
/** Of more points the starts are tried on so many, evenly spaced. */
const SAMPLE = 6000;
const MOST_ROUNDS = 300;
/** Centres that move less than this share of the columns' mean variance, in squares, stand still. */
const TOLERANCE = 1e-4;
/** So many points between two pauses. */
const STRIDE = 256;

interface Clustering {
  readonly labels: Int32Array;
  /** The sum of squared distances of the points to the centres of their clusters. */
  readonly inertia: number;
}

/**
 * k-means: Lloyd's rounds (1982, doi 10.1109/TIT.1982.1056489) from k-means++ centres (Arthur and Vassilvitskii 2007),
 * each the best of 2 + log k draws as scikit-learn does it. Of very many points the centres are first refined on some of
 * them (Bradley and Fayyad 1998). The same seed gives the same clusters on every machine.
 * @param points n × columns, row-major
 * @returns the cluster of each point, from 1 in the order of their first points, and the sum of squares within
 */
export function* kmeansClusters(
  points: Float32Array,
  columns: number,
  count: number,
  seed: number,
): Steps<Clustering> {
  const sample = evenRows(points, columns, Math.max(SAMPLE, 10 * count));
  let best: { centres: Float64Array; inertia: number } | null = null;
  for (let start = 0; start < STARTS; start++) {
    const random = randomOf(seed, `k-means ${start}`);
    const centres = yield* firstCentres(sample, columns, count, random);
    const found = yield* lloyd(sample, columns, centres);
    if (best === null || found.inertia < best.inertia) best = { centres, inertia: found.inertia };
  }
  const { centres } = best as NonNullable<typeof best>;
  const { labels, inertia } = yield* lloyd(points, columns, centres);
  return { labels: numbered(labels), inertia };
}

/** At most so many rows, evenly spaced: all where there are fewer. */
function evenRows(points: Float32Array, columns: number, most: number): Float32Array {
  const n = points.length / columns;
  if (n <= most) return points;
  const out = new Float32Array(most * columns);
  for (let at = 0; at < most; at++) {
    const row = Math.floor((at * n) / most);
    out.set(points.subarray(row * columns, (row + 1) * columns), at * columns);
  }
  return out;
}

/** The nearest centre of each point, and the squared distance to it. */
interface Nearest {
  readonly centre: Int32Array;
  readonly squares: Float64Array;
}

/** k-means++: each further centre is a point drawn by its squared distance to the nearest one. */
function* firstCentres(
  points: Float32Array,
  columns: number,
  count: number,
  random: Random,
): Steps<Float64Array> {
  const n = points.length / columns;
  const centres = new Float64Array(count * columns);
  const place = (at: number, point: number) =>
    centres.set(points.subarray(point * columns, (point + 1) * columns), at * columns);
  const draws = 2 + Math.floor(Math.log(count));
  place(0, Math.floor(random.uniform() * n));
  let nearest: Nearest = { centre: new Int32Array(n), squares: new Float64Array(n).fill(Number.MAX_VALUE) };
  nearest = yield* withCentre(points, columns, centres, 0, nearest);
  for (let at = 1; at < count; at++) {
    let best: { nearest: Nearest; sum: number; point: number } | null = null;
    for (let draw = 0; draw < draws; draw++) {
      const point = drawn(nearest.squares, random.uniform());
      place(at, point);
      const then: Nearest = yield* withCentre(points, columns, centres, at, nearest);
      const sum = then.squares.reduce((total, value) => total + value, 0);
      if (best === null || sum < best.sum) best = { nearest: then, sum, point };
    }
    const chosen = best as NonNullable<typeof best>;
    place(at, chosen.point);
    nearest = chosen.nearest;
  }
  return centres;
}

/** What one more centre makes of `before`. */
function* withCentre(
  points: Float32Array,
  columns: number,
  centres: Float64Array,
  at: number,
  before: Nearest,
): Steps<Nearest> {
  const centre = before.centre.slice();
  const squares = before.squares.slice();
  const apart = Array.from({ length: at }, (_, other) => betweenCentres(centres, at, other, columns));
  for (let point = 0; point < centre.length; point++) {
    const known = squares[point] as number;
    // What lies twice as far from the nearest centre as the point does can't be nearer (Elkan 2003).
    if (at > 0 && (apart[centre[point] as number] as number) >= 4 * known) continue;
    const found = toCentre(points, point, centres, at, columns, known);
    if (found < known) {
      squares[point] = found;
      centre[point] = at;
    }
    if (point % STRIDE === 0) yield;
  }
  return { centre, squares };
}

/** The place where the running sum passes this share of the whole. */
function drawn(weights: Float64Array, share: number): number {
  const sought = share * weights.reduce((total, value) => total + value, 0);
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    sum += weight;
    if (sum >= sought && weight > 0) return at;
  }
  return weights.length - 1;
}

/**
 * Rounds until no point changes or the centres stand still. A point is not measured again while the bounds of its
 * distances say that its centre is the nearest (Hamerly 2010, doi 10.1137/1.9781611972801.12): the result is the same.
 */
function* lloyd(points: Float32Array, columns: number, centres: Float64Array): Steps<Clustering> {
  const n = points.length / columns;
  const count = centres.length / columns;
  const labels = new Int32Array(n);
  /** At least the distance to the own centre, and at most that to any other. */
  const own = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const others = new Float64Array(n);
  const still = TOLERANCE * meanVariance(points, columns);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const halves = halfDistances(centres, columns);
    let changed = 0;
    for (let point = 0; point < n; point++) {
      const before = labels[point] as number;
      const enough = Math.max(halves[before] as number, others[point] as number);
      if ((own[point] as number) <= enough) continue;
      if (point % STRIDE === 0) yield;
      let least = toCentre(points, point, centres, before, columns, Number.POSITIVE_INFINITY);
      own[point] = Math.sqrt(least);
      if ((own[point] as number) <= enough) continue;
      let [nearest, second] = [before, Number.POSITIVE_INFINITY];
      for (let at = 0; at < count; at++) {
        if (at === before) continue;
        const squares = toCentre(points, point, centres, at, columns, second);
        if (squares < least) {
          second = least;
          least = squares;
          nearest = at;
        } else if (squares < second) second = squares;
      }
      if (nearest !== before || round === 0) changed += 1;
      labels[point] = nearest;
      own[point] = Math.sqrt(least);
      others[point] = Math.sqrt(second);
    }
    if (changed === 0) break;
    const moved = moveCentres(points, columns, labels, own, centres);
    const most = moved.reduce((a, b) => Math.max(a, b), 0);
    for (let point = 0; point < n; point++) {
      own[point] = (own[point] as number) + (moved[labels[point] as number] as number);
      others[point] = (others[point] as number) - most;
    }
    if (moved.reduce((sum, by) => sum + by * by, 0) <= still) break;
    yield;
  }
  let inertia = 0;
  for (let point = 0; point < n; point++) {
    const label = labels[point] as number;
    inertia += toCentre(points, point, centres, label, columns, Number.POSITIVE_INFINITY);
  }
  return { labels, inertia };
}

/** Of each centre half its distance to the nearest other. */
function halfDistances(centres: Float64Array, columns: number): Float64Array {
  const count = centres.length / columns;
  const out = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      const half = Math.sqrt(betweenCentres(centres, a, b, columns)) / 2;
      out[a] = Math.min(out[a] as number, half);
      out[b] = Math.min(out[b] as number, half);
    }
  }
  return out;
}

/**
 * To the means of their points; a centre without points goes to the point that lies farthest from its own. Returns how
 * far each went.
 */
function moveCentres(
  points: Float32Array,
  columns: number,
  labels: Int32Array,
  own: Float64Array,
  centres: Float64Array,
): Float64Array {
  const count = centres.length / columns;
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  for (let at = 0; at < count; at++) {
    if ((sizes[at] as number) > 0) continue;
    let farthest = -1;
    for (let point = 0; point < labels.length; point++) {
      const alone = sizes[labels[point] as number] === 1;
      if (!alone && (farthest < 0 || (own[point] as number) > (own[farthest] as number))) farthest = point;
    }
    const from = labels[farthest] as number;
    sizes[from] = (sizes[from] as number) - 1;
    sizes[at] = 1;
    labels[farthest] = at;
    own[farthest] = Number.POSITIVE_INFINITY;
  }
  const before = centres.slice();
  centres.fill(0);
  for (let point = 0; point < labels.length; point++) {
    const [from, to] = [point * columns, (labels[point] as number) * columns];
    for (let column = 0; column < columns; column++) {
      centres[to + column] = (centres[to + column] as number) + (points[from + column] as number);
    }
  }
  const moved = new Float64Array(count);
  for (let at = 0; at < centres.length; at++) {
    const centre = Math.floor(at / columns);
    centres[at] = (centres[at] as number) / (sizes[centre] as number);
    moved[centre] = (moved[centre] as number) + ((centres[at] as number) - (before[at] as number)) ** 2;
  }
  return moved.map(Math.sqrt);
}

function meanVariance(points: Float32Array, columns: number): number {
  const n = points.length / columns;
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    let [total, squares] = [0, 0];
    for (let at = column; at < points.length; at += columns) {
      total += points[at] as number;
      squares += (points[at] as number) ** 2;
    }
    sum += squares / n - (total / n) ** 2;
  }
  return sum / columns;
}

/** The squared distance of a point to a centre; not less than `enough`, and not always all of it, where it is more. */
function toCentre(
  points: Float32Array,
  point: number,
  centres: Float64Array,
  centre: number,
  columns: number,
  enough: number,
): number {
  const [p, c] = [point * columns, centre * columns];
  let squares = 0;
  for (let at = 0; at < columns; at++) {
    const apart = (points[p + at] as number) - (centres[c + at] as number);
    squares += apart * apart;
    if (at % 64 === 63 && squares >= enough) return squares;
  }
  return squares;
}

/** The squared distance of two centres. */
function betweenCentres(centres: Float64Array, a: number, b: number, columns: number): number {
  let squares = 0;
  for (let at = 0; at < columns; at++) {
    squares += ((centres[a * columns + at] as number) - (centres[b * columns + at] as number)) ** 2;
  }
  return squares;
}
