import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Dataset } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import { confoundsFiles } from "#app/prepare/confounds.ts";
import { regionFiles } from "#app/prepare/region.ts";
import { cortexFiles } from "./voxel-grid.ts";

const HASH_BYTES = 32;

/** Keeps the outcomes of finished steps in a folder, so that a run that was torn off goes on where it was. */
export interface Checkpoints {
  /** The outcome kept under this name; null where there is none that is whole. */
  read(step: string): Promise<unknown>;
  /** Whole or not at all. */
  keep(step: string, outcome: unknown): Promise<void>;
  /** Lets all of them go. */
  clear(): Promise<void>;
}

/** `key` is of all that decides an outcome: another key never sees these steps. */
export function checkpointsIn(folder: string, key: string): Checkpoints {
  const fileOf = (step: string) =>
    join(folder, `${hash(`${key} ${step}`).toString("hex").slice(0, 32)}.step`);
  return {
    async read(step) {
      const content = await readFile(fileOf(step)).catch(() => null);
      if (content === null || content.length <= HASH_BYTES) return null;
      const body = content.subarray(HASH_BYTES);
      return hash(body).equals(content.subarray(0, HASH_BYTES)) ? deserialize(body) : null;
    },
    async keep(step, outcome) {
      const body = serialize(outcome);
      await mkdir(folder, { recursive: true });
      const part = `${fileOf(step)}.part`;
      try {
        const file = await open(part, "w");
        try {
          await file.writeFile(hash(body));
          await file.writeFile(body);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, fileOf(step));
      } catch (error) {
        await rm(part, { force: true });
        // Steps that are whole stay; a folder without one does not.
        await rmdir(folder).catch(() => undefined);
        throw error;
      }
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A key of the Plan, the inputs by size and time of change, the code's version and the kernels. */
export async function runKey(
  plan: Plan,
  dataset: Dataset,
  version: string,
  kernels: string,
): Promise<string> {
  const confounds = await Promise.all(dataset.files.map((file) => confoundsFiles(file, plan.cleaning)));
  const paths = dataset.files.flatMap(({ path, companionPath, eventsPath, maskPath }, at) => [
    path,
    companionPath,
    eventsPath,
    maskPath,
    ...(confounds[at] ?? []),
  ]);
  paths.push(...regionFiles(dataset, plan.region, []), ...cortexFiles(dataset, plan));
  const inputs = await Promise.all(
    paths.map(async (path) => {
      if (path === null) return null;
      const { size, mtimeMs } = await stat(path);
      return [path, size, mtimeMs];
    }),
  );
  return hash(JSON.stringify([version, kernels, plan, inputs])).toString("hex");
}

function hash(content: string | Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}
