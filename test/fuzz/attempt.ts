import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "#app/contract/fault.ts";
import { readEvents } from "#app/dataset/events.ts";
import { formatOf } from "#app/dataset/formats.ts";
import { describeDataset } from "#app/dataset/readers.ts";

/** Of an image so many voxels and no more images of a file than these are read. */
const VOXELS = 500;
const IMAGES = 2;

/** Opens a file as a person would drop it, and reads it: the fault that refuses it, or null. @throws whatever else */
export async function attempt(folder: string, name: string, bytes: Uint8Array): Promise<Fault | null> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  try {
    if (/\.(tsv|csv|xlsx)$/.test(name)) await readTables(path);
    else await readWhole(path);
    return null;
  } catch (error) {
    if (error instanceof Fault && error.code !== "internal") return error;
    throw error;
  } finally {
    rmSync(path, { force: true });
  }
}

/** As a run's events, and as a study's table. */
async function readTables(path: string): Promise<void> {
  const source = { subject: "sub-01", run: "run-1", eventsPath: path, repetitionTimeSeconds: 2 };
  const events = await readEvents(source, "trial_type").catch((error: unknown) => error);
  if (events instanceof Error && !(events instanceof Fault)) throw events;
  await describeDataset(path);
}

async function readWhole(path: string): Promise<void> {
  const dataset = await describeDataset(path);
  for (const file of dataset.files.slice(0, IMAGES)) {
    const format = formatOf(file);
    const held = await format.voxels(file);
    const [nx, ny, nz] = file.grid.dimensions;
    const voxels =
      held?.subarray(0, VOXELS) ?? Int32Array.from({ length: Math.min(VOXELS, nx * ny * nz) }, (_, at) => at);
    await format.eachVolume(file, voxels, () => undefined);
  }
}
