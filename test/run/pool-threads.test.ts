import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Fault } from "#app/contract/fault.ts";
import type { Staged, Task } from "#app/linalg/task.ts";
import { Pool } from "#app/run/pool.ts";

const entry = join(import.meta.dirname, "dying-worker.mjs");
const pools: Pool[] = [];
const logged: string[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  logged.length = 0;
});

function poolOf(size: number, file = entry): Pool {
  const pool = new Pool(file, "", size, { log: (text) => logged.push(text) });
  pools.push(pool);
  return pool;
}

function* all(...tasks: readonly (readonly [name: string, says: string, lives?: number])[]): Staged<unknown> {
  return yield tasks.map(([name, says, lives = 0]) => ({
    name,
    input: { says, lives: new Int32Array(new SharedArrayBuffer(4)).fill(lives) },
  }));
}

test.each([
  ["exit", "A worker thread ended with code 3, without a word"],
  ["throw", "A worker thread ended with code 1, of ReferenceError: notThere is not defined"],
])("a task whose worker dies by %s is done once more, in its place", async (death, told) => {
  const pool = poolOf(2);
  const done = await pool.drive(all(["echo", "a"], [death, "b", 1], ["echo", "c"], ["echo", "d"]));
  expect(done).toStrictEqual(["a", "b", "c", "d"]);
  expect(logged.map((text) => text.slice(0, told.length))).toStrictEqual([told]);
});

test("a task that kills two workers is given up, and the pool is as large as before", async () => {
  const pool = poolOf(2);
  await expect(pool.drive(all(["exit", "a", 9], ["exit", "b", 9]))).rejects.toMatchObject({
    code: "engine/worker-lost",
  });
  expect(pool.size).toBe(2);
  // Both seats are needed: a task that waits for ever sits on the first.
  const stop = new AbortController();
  const held = pool.drive(all(["hold", "", 1]), { signal: stop.signal });
  expect(await pool.drive(all(["echo", "c"], ["echo", "d"]))).toStrictEqual(["c", "d"]);
  stop.abort(new Fault("run/cancelled"));
  await expect(held).rejects.toMatchObject({ code: "run/cancelled" });
});

test("workers that die at their start fail their tasks instead of leaving them to wait", async () => {
  const pool = poolOf(2, join(import.meta.dirname, "no-such-worker.mjs"));
  await expect(pool.drive(all(["echo", "a"], ["echo", "b"], ["echo", "c"]))).rejects.toMatchObject({
    code: "engine/worker-lost",
  });
  expect(logged[0]).toContain("no-such-worker.mjs");
});

test("closing rejects what is under way, what waits and what comes", async () => {
  const pool = poolOf(1);
  const work = [pool.drive(all(["hold", "", 1])), pool.drive(all(["echo", "a"]))];
  const settled = Promise.allSettled(work);
  await pool.close();
  const closed = { status: "rejected", reason: new Error("the pool of workers is closed") };
  expect(await settled).toStrictEqual([closed, closed]);
  await expect(pool.drive(all(["echo", "a"]))).rejects.toThrow("the pool of workers is closed");
});

test("a task that can't be sent is an error of its own, and the next has its worker", async () => {
  const pool = poolOf(1);
  function* unsendable(): Staged<unknown> {
    return yield [{ name: "echo", input: () => {} }];
  }
  const [refused, fine] = await Promise.allSettled([
    pool.drive(unsendable()),
    pool.drive(all(["echo", "a"])),
  ]);
  expect(refused).toMatchObject({ status: "rejected", reason: { name: "DataCloneError" } });
  expect(fine).toStrictEqual({ status: "fulfilled", value: ["a"] });
});

test("a bug of a task reaches the log, even when nobody waits for the task any more", async () => {
  const pool = poolOf(1);
  await expect(pool.drive(all(["bug", ""]))).rejects.toThrow("the task's own stack");
  const stop = new AbortController();
  const work = pool.drive(all(["bug", ""]), { signal: stop.signal });
  stop.abort(new Fault("run/cancelled"));
  await expect(work).rejects.toMatchObject({ code: "run/cancelled" });
  await pool.drive(all(["echo", "a"]));
  expect(logged).toStrictEqual([
    "A task failed: the task's own stack",
    "A task failed: the task's own stack",
  ]);
});

function* waiting(staged: Staged<unknown>): Staged<unknown> {
  const { value } = staged.next();
  return yield (value as readonly Task[]).map((task) => ({ ...task, waits: true }));
}

test("a thread works on two tasks that wait for files at a time, and on one that computes", async () => {
  const pool = poolOf(1);
  const stop = new AbortController();
  const held = pool.drive(waiting(all(["hold", "", 1])), { signal: stop.signal });
  expect(await pool.drive(waiting(all(["echo", "beside"])))).toStrictEqual(["beside"]);
  const order: string[] = [];
  const computed = pool.drive(all(["echo", "after"])).then(() => order.push("after"));
  await setTimeout(100);
  order.push("stopped");
  stop.abort(new Fault("run/cancelled"));
  await expect(held).rejects.toMatchObject({ code: "run/cancelled" });
  await computed;
  expect(order).toStrictEqual(["stopped", "after"]);
});

test("the first task that fails stops the others of its stage, and their thread is free again", async () => {
  const pool = poolOf(1);
  await expect(pool.drive(waiting(all(["hold", "", 1], ["bug", ""])))).rejects.toThrow(
    "the task's own stack",
  );
  expect(await pool.drive(all(["echo", "next"]))).toStrictEqual(["next"]);
});
