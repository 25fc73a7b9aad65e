import type { Matrix } from "./matrix.ts";

/** Σ a·b, element by element. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** The Frobenius norm. */
export function norm({ data }: Matrix): number {
  return Math.sqrt(dot(data, data));
}

/** Of each column the sum of its values, row by row as they lie in memory. */
export function columnSums({ rows, columns, data }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      sums[column] = (sums[column] as number) + (data[at] as number);
    }
  }
  return sums;
}

/** Of each column, Σ a·b over the rows of two matrices of one size. */
export function columnDots(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(a.columns);
  for (let row = 0, at = 0; row < a.rows; row++) {
    for (let column = 0; column < a.columns; column++, at++) {
      out[column] = (out[column] as number) + (a.data[at] as number) * (b.data[at] as number);
    }
  }
  return out;
}

/** The whole numbers from one to just before another. */
export function range(from: number, end: number): Int32Array {
  const out = new Int32Array(end - from);
  for (let at = 0; at < out.length; at++) out[at] = from + at;
  return out;
}

/** The places of the highest scores, in ascending order; of equal scores the earlier place is taken. */
export function highest(scores: Float64Array, count: number): Int32Array {
  if (count >= scores.length) return range(0, scores.length);
  if (count === 0) return new Int32Array();
  const least = inOrder(scores, scores.length - count);
  const above = scores.reduce((sum, score) => (score > least ? sum + 1 : sum), 0);
  let equals = count - above;
  const out = new Int32Array(count);
  for (let at = 0, to = 0; to < count; at++) {
    const score = scores[at] as number;
    if (score > least || (score === least && equals-- > 0)) out[to++] = at;
  }
  return out;
}

/** The number that stands at a place once they are sorted (Hoare's selection). */
function inOrder(numbers: Float64Array, place: number): number {
  const own = numbers.slice();
  let [low, high] = [0, own.length - 1];
  while (low < high) {
    const pivot = own[(low + high) >> 1] as number;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((own[left] as number) < pivot) left += 1;
      while ((own[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const moved = own[left] as number;
      own[left++] = own[right] as number;
      own[right--] = moved;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return own[place] as number;
}

/** The mean of several lists, place by place. */
export function meanOfLists(lists: readonly Float64Array[]): Float64Array {
  const first = lists[0] ?? new Float64Array();
  return first.map((_, at) => lists.reduce((sum, list) => sum + (list[at] as number), 0) / lists.length);
}
