import { hdf5Thread } from "./hdf5-thread.ts";
import type { Mat73Variable } from "./messages.ts";
import { hdf5Source } from "./unpacked-files.ts";

/** The numeric variables of a MATLAB 7.3 file; others are passed over. @throws Fault image/…, the signal's reason */
export async function describeMat73(path: string, signal?: AbortSignal): Promise<readonly Mat73Variable[]> {
  return hdf5Thread.ask("variables", await hdf5Source(path, signal), signal);
}

/**
 * One variable, at most 2²⁷ values, as MATLAB holds it: the first axis of its `shape` runs fastest.
 * @throws Fault image/…, the signal's reason
 */
export async function readMat73(
  path: string,
  name: string,
  signal?: AbortSignal,
): Promise<Mat73Variable & { readonly values: Float64Array }> {
  return hdf5Thread.ask("variable", { ...(await hdf5Source(path, signal)), name }, signal);
}
