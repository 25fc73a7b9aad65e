import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const MOST = 8;
const Recent = z.array(z.strictObject({ path: z.string(), name: z.string() }));
export type RecentStudy = z.infer<typeof Recent>[number];

/** The studies opened lately, the last first; a file that can't be read counts as none. */
export async function readRecent(file: string): Promise<RecentStudy[]> {
  try {
    return Recent.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return [];
  }
}

/** Puts a study first. */
export async function addRecent(file: string, study: RecentStudy): Promise<void> {
  const others = (await readRecent(file)).filter(({ path }) => path !== study.path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify([study, ...others].slice(0, MOST)));
  await rename(`${file}.part`, file);
}
