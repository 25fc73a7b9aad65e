import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wholeBrain } from "#app/example/whole-brain.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { concord } from "./concord.ts";

/** The mean over voxels whose value is known. */
function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

test("whole brains of 4,000 voxels: alignment in searchlights shows where scenes can be told apart", async () => {
  const folder = temporaryFolder("whole-brain");
  const { stdout } = await concord("example", folder, "--whole-brain", "--scale", "0.405", "--json");
  const { searchlight, chance } = JSON.parse(stdout);
  expect(searchlight.spheres).toBe(388);
  expect(searchlight.after.mean).toBeGreaterThan(searchlight.before.mean);
  const maps = join(folder, "results", "maps");
  const bytes = (name: string) => Uint8Array.from(readFileSync(join(maps, name))).buffer;
  const voxels = new Int32Array(bytes("voxels.i32"));
  const { responding } = wholeBrain(1, 0.405);
  const of = (name: string, wanted: number) =>
    mean([...new Float32Array(bytes(name))].filter((_, at) => responding[voxels[at] as number] === wanted));
  const [before, after] = ["searchlight-before.f32", "searchlight-after.f32"] as const;
  // Spheres reach over an area's edge, so that beside it some is told, too.
  expect(of(after, 1)).toBeGreaterThan(of(after, 0) + 0.02);
  expect(of(after, 1)).toBeGreaterThan(of(before, 1) + 0.02);
  expect(of(before, 0)).toBeLessThan(chance + 0.03);
}, 300_000);
