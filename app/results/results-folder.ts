import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { Fault } from "#app/contract/fault.ts";
import { codeOf, writingFault } from "#app/contract/writing-fault.ts";

/** The last file written: what a whole Results folder holds, with each file's SHA-256. */
export const MANIFEST = "manifest.json";
const Manifest = z.strictObject({ version: z.literal(1), files: z.record(z.string(), z.string()) });

/** File name → content. */
export type ResultFiles = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes a Results folder whole or not at all: into a hidden folder beside it, each file flushed to the disk,
 * and renamed into place at the end.
 * @throws Fault results/exists, results/read-only, results/disk-full
 */
export async function writeResults(folder: string, files: ResultFiles): Promise<void> {
  const target = resolve(folder);
  await refuseFolder(target);
  let part: string | null = null;
  try {
    await mkdir(dirname(target), { recursive: true });
    part = await mkdtemp(join(dirname(target), `.${basename(target)}.part-`));
    const hashes: Record<string, string> = {};
    for (const [name, content] of Object.entries(files)) {
      const path = join(part, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFlushed(path, content);
      hashes[name] = sha256(content);
    }
    const manifest: z.infer<typeof Manifest> = { version: 1, files: hashes };
    await writeFlushed(join(part, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await rmdir(target).catch(() => undefined);
    await rename(part, target);
  } catch (error) {
    if (part !== null) await rm(part, { recursive: true, force: true });
    throw writingFault(error, target);
  }
}

/**
 * The files of a whole Results folder, or those wanted of it: the others are looked through and not kept in memory.
 * @throws Fault results/incomplete where the manifest or any file is missing or was changed
 */
export async function readResults(
  folder: string,
  wanted: (name: string) => boolean = () => true,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  try {
    const text = await readFile(join(folder, MANIFEST), "utf8");
    const { files: hashes } = Manifest.parse(JSON.parse(text));
    for (const [name, hash] of Object.entries(hashes)) {
      const content = await readFile(join(folder, name));
      if (sha256(content) !== hash) throw new Error(`${name} was changed`);
      if (wanted(name)) files.set(name, content);
    }
  } catch {
    throw new Fault("results/incomplete", { path: folder });
  }
  return files;
}

/**
 * Says at once whether results can be put there, before any work is done.
 * @throws Fault results/exists, results/read-only
 */
export async function refuseFolder(folder: string): Promise<void> {
  const target = resolve(folder);
  try {
    const entries = await readdir(target).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    });
    if (entries.length > 0) throw new Fault("results/exists", { path: target });
    await mkdir(dirname(target), { recursive: true });
    await rmdir(await mkdtemp(join(dirname(target), `.${basename(target)}.try-`)));
  } catch (error) {
    throw writingFault(error, target);
  }
}

async function writeFlushed(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
