import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { readonly type: "minor" | "major" }) => void;

setFlagsFromString("--expose-gc");
const collect: Collect = runInNewContext("gc");

/**
 * Lets go of shared memory that nobody holds any more. The collector does not feel the weight of shared matrices,
 * and each thread that saw one keeps it alive until its own collection: without this they pile up for a whole run.
 */
export function releaseSharedMemory(type: "minor" | "major"): void {
  collect({ type });
}
