import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { writingFault } from "#app/contract/writing-fault.ts";

/**
 * Writes a file beside its place and moves it there, so that it is whole or not there.
 * @throws Fault results/read-only, results/disk-full
 */
export async function saveWhole(path: string, content: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, content);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const told = writingFault(error, dirname(path));
    throw told instanceof Fault ? told : new Fault("results/read-only", { path: dirname(path) });
  }
}
