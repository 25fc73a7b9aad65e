import { rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault } from "#app/contract/fault.ts";

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
    const code = error instanceof Error && "code" in error ? error.code : null;
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new Fault(full ? "results/disk-full" : "results/read-only", { path: full ? path : dirname(path) });
  }
}
