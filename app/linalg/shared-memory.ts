import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So much may be made anew before what is no longer held is let go of. */
const PATIENCE_BYTES = 96e6;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
let made = 0;

/** Lets go of shared memory that this thread no longer holds. */
export function releaseSharedMemory(): void {
  made = 0;
  collect();
}

/**
 * To be told of all shared memory that is made. The collector does not feel the weight of shared matrices, and each
 * thread that saw one keeps it alive until its own collection: without this they pile up to gigabytes.
 */
export function noteSharedMemory(bytes: number): void {
  made += bytes;
  if (made > PATIENCE_BYTES) releaseSharedMemory();
}
