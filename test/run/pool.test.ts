import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import { standardiseTask } from "#app/evaluate/evaluation-tasks.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { Pool } from "#app/run/pool.ts";
import { noise } from "#test/linalg/noise.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const entry = join(root, "out", "node", "worker.cjs");

let pool: Pool;

beforeAll(() => {
  if (!existsSync(entry)) throw new Error("build the worker first: npm run build");
  pool = new Pool(entry, root, 2, { log: () => {} });
});

afterAll(() => pool.close());

function* zscoreAll(matrices: readonly Matrix[]): Staged<readonly Matrix[]> {
  return (yield matrices.map((samples) =>
    standardiseTask({ samples, by: samples, weights: null }),
  )) as readonly Matrix[];
}

function* readyAll(matrices: readonly Matrix[]): Staged<unknown> {
  return yield matrices.map((input) => ({ name: "hyperalignment/ready", input }));
}

test("outputs come back in the order of the batch", async () => {
  const heights = [400, 2, 200, 3, 5];
  const done = await pool.drive(zscoreAll(heights.map((rows) => noise(rows, 8, rows))));
  expect(done.map(({ rows }) => rows)).toStrictEqual(heights);
});

test("cancelling is answered within two seconds, and the pool goes on", async () => {
  const stop = new AbortController();
  const big = noise(500, 1500, 1);
  const work = pool.drive(readyAll(new Array<Matrix>(200).fill(big)), { signal: stop.signal });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const asked = performance.now();
  stop.abort(new Fault("run/cancelled"));
  await expect(work).rejects.toMatchObject({ code: "run/cancelled" });
  expect(performance.now() - asked).toBeLessThan(2000);
  expect(await pool.drive(zscoreAll([noise(3, 2, 1)]))).toHaveLength(1);
});

test("a task that nobody knows is an error of its own and no one else's", async () => {
  function* unknown(): Staged<unknown> {
    return yield [{ name: "magic", input: null }];
  }
  await expect(pool.drive(unknown())).rejects.toThrow("no task is named magic");
  expect(await pool.drive(zscoreAll([noise(3, 2, 1)]))).toHaveLength(1);
});
