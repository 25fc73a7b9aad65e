import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkpointsIn } from "#app/run/checkpoints.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("steps");
});

test("a step that was kept is read again, by the same key alone", async () => {
  const outcome = { fold: "run-1", values: Float32Array.from([1, Number.NaN]) };
  await checkpointsIn(folder, "key").keep("run-1", outcome);
  expect(await checkpointsIn(folder, "key").read("run-1")).toStrictEqual(outcome);
  expect(await checkpointsIn(folder, "key").read("run-2")).toBeNull();
  expect(await checkpointsIn(folder, "other").read("run-1")).toBeNull();
});

test("a step that is torn or changed counts as none", async () => {
  const steps = checkpointsIn(folder, "key");
  await steps.keep("run-1", [1, 2, 3]);
  const [name] = (await readdir(folder)) as [string];
  const whole = await readFile(join(folder, name));
  for (const bad of [
    whole.subarray(0, -1),
    whole.subarray(0, 10),
    Buffer.concat([whole, Buffer.from([0])]),
  ]) {
    await writeFile(join(folder, name), bad);
    expect(await steps.read("run-1")).toBeNull();
  }
});

test("clearing leaves nothing", async () => {
  const steps = checkpointsIn(join(folder, "steps"), "key");
  await steps.keep("run-1", 1);
  await steps.clear();
  expect(await readdir(folder)).toStrictEqual([]);
});
