import type { Axis } from "#app/contract/arrays.ts";
import type { AxesPart } from "./array-axes.ts";
import { countOf, type StoredArray } from "./stored-array.ts";

/**
 * Values that lie together in a file: `length` of them from `from` on, along time from `row` on, of one voxel; or along
 * voxels from `voxel` on, of one row.
 */
export type VisitRun = (
  values: Float32Array,
  from: number,
  length: number,
  along: "time" | "voxels",
  voxel: number,
  row: number,
) => void;

/** Axes from the fastest to the slowest as they are stored; a slowest axis of subjects is a matter of place in the file. */
interface StoredOrder {
  readonly axes: readonly Axis[];
  readonly extents: readonly number[];
  /** Of the first value and behind the last, counted in values. */
  readonly from: number;
  readonly to: number;
}

/** Whether a subject's volumes lie one after the other in the file. */
export function isRowByRow(
  array: StoredArray,
  { axes, subject }: Pick<AxesPart, "axes" | "subject">,
): boolean {
  return storedOrder(array, axes, subject ?? 0).axes.at(-1) === "time";
}

/** Goes once through what a file stores of one subject. @throws Fault image/…; the signal's reason when aborted */
export async function eachRun(
  array: StoredArray,
  { axes: named, subject }: Pick<AxesPart, "axes" | "subject">,
  visit: VisitRun,
  signal?: AbortSignal,
): Promise<void> {
  const chosen = subject ?? 0;
  const { axes, extents, from, to } = storedOrder(array, named, chosen);
  const [along = "time", ...outer] = axes;
  const [extent = 1, ...outerExtents] = extents;
  const place: Record<Axis, number> = { time: 0, voxels: 0, subjects: chosen };
  let at = 0;
  for await (const values of valuesOf(array, from, to)) {
    signal?.throwIfAborted();
    for (let i = 0; i < values.length; ) {
      const start = at % extent;
      const length = Math.min(extent - start, values.length - i);
      let line = Math.floor(at / extent);
      for (let k = 0; k < outer.length; k++) {
        const size = outerExtents[k] as number;
        place[outer[k] as Axis] = line % size;
        line = Math.floor(line / size);
      }
      if (along === "subjects") {
        if (start <= chosen && chosen < start + length)
          visit(values, i + chosen - start, 1, "time", place.voxels, place.time);
      } else if (place.subjects === chosen) {
        place[along] = start;
        visit(values, i, length, along, place.voxels, place.time);
      }
      i += length;
      at += length;
    }
  }
}

function storedOrder(
  { shape, firstFastest }: StoredArray,
  named: readonly Axis[],
  subject: number,
): StoredOrder {
  const [axes, extents] = firstFastest ? [named, shape] : [named.toReversed(), shape.toReversed()];
  if (axes.at(-1) !== "subjects") return { axes, extents, from: 0, to: countOf(shape) };
  const inner = extents.slice(0, -1);
  const size = countOf(inner);
  return { axes: axes.slice(0, -1), extents: inner, from: subject * size, to: (subject + 1) * size };
}

/** The stored values from `from` up to `to`, in pieces, in memory that is filled anew each time. */
export async function* valuesOf(
  { stored, littleEndian, bytes }: StoredArray,
  from: number,
  to: number,
): AsyncGenerator<Float32Array> {
  const { bytes: width, read } = stored;
  let rest: Buffer = Buffer.alloc(0);
  let values = new Float32Array(0);
  for await (const part of bytes(from * width, to * width)) {
    const chunk = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const count = Math.floor(chunk.length / width);
    if (values.length < count) values = new Float32Array(count);
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let i = 0; i < count; i++) values[i] = read(view, i * width, littleEndian);
    rest = chunk.subarray(count * width);
    yield values.subarray(0, count);
  }
}
