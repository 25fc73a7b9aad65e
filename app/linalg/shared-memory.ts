import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So much may be shared anew before what is no longer held is let go of. */
const PATIENCE_BYTES = 8e6;
/** So much more while letting go, of a large heap, would take more than a tenth of the time. */
const MOST_BYTES = 128e6;
const SHARE_OF_TIME = 0.1;

/** What is smaller is copied from thread to thread, which costs less than memory of its own. */
const SHARED_FROM_BYTES = 64 * 1024;

type Numbers = Float64Array | Float32Array | Int32Array;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
let noted = 0;
/** When memory was let go of last, and how long that took: milliseconds. */
let released = Number.NEGATIVE_INFINITY;
let took = 0;

/** A shared twin of each array that was shared, for as long as the array lives. */
const twins = new WeakMap<Numbers, Numbers>();

/** Lets go of memory that this thread no longer holds, shared and other. */
export function releaseSharedMemory(): void {
  noted = 0;
  const started = performance.now();
  collect();
  released = performance.now();
  took = released - started;
}

/**
 * To be told of shared memory that comes into this thread's hands; whether what is not held any more was let go of. The
 * collector does not feel the weight of shared arrays, and each thread that saw one keeps it alive until its own
 * collection: without this they pile up to gigabytes. A collection takes some milliseconds, so small tasks share one.
 */
export function noteSharedMemory(bytes: number): boolean {
  noted += bytes;
  if (noted <= PATIENCE_BYTES) return false;
  if (noted <= MOST_BYTES && took > SHARE_OF_TIME * (performance.now() - released)) return false;
  releaseSharedMemory();
  return true;
}

/**
 * The same value with its large arrays in shared memory, so that other threads use them in place. What is shared
 * already stays as it is, and an array that goes out twice is copied once.
 */
export function share<Value>(value: Value): Value {
  return shareAny(value) as Value;
}

/** Bytes of the shared memory in a value that is not yet among the known, where it is noted. */
export function freshBytes(value: unknown, known: WeakSet<ArrayBufferLike>): number {
  if (isNumbers(value)) {
    const { buffer } = value;
    if (!(buffer instanceof SharedArrayBuffer) || known.has(buffer)) return 0;
    known.add(buffer);
    return buffer.byteLength;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + freshBytes(part, known), 0);
}

function shareAny(value: unknown): unknown {
  if (isNumbers(value)) return shareNumbers(value);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return typeof value[0] === "object" ? value.map(shareAny) : value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shareAny(part)]));
}

function shareNumbers(array: Numbers): Numbers {
  if (array.buffer instanceof SharedArrayBuffer || array.byteLength < SHARED_FROM_BYTES) return array;
  const known = twins.get(array);
  if (known !== undefined) return known;
  const memory = new SharedArrayBuffer(array.byteLength);
  const twin =
    array instanceof Float64Array
      ? new Float64Array(memory)
      : array instanceof Float32Array
        ? new Float32Array(memory)
        : new Int32Array(memory);
  twin.set(array);
  twins.set(array, twin);
  return twin;
}

function isNumbers(value: unknown): value is Numbers {
  return value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array;
}
