import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readResults } from "#app/results/results-folder.ts";
import { tinyPlan, tinyStudy, writeStudy } from "#test/dataset/tiny-study.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const cli = join(root, "out", "node", "cli.cjs");
const hook = pathToFileURL(join(here, "full-disk.mjs")).href;

const fullDisk = "The disk of {out} is full. Free some space, or choose a folder on another disk.\n";
/** Two folds, whose outcomes are steps of two writes each; and one, which is none. */
const twoFolds = {};
const oneFold = { protocol: { name: "fit-test", fit: ["task-a_run-1"], test: ["task-a_run-2"] } };
/** What a Results folder takes: the manifest is the last. */
const resultWrites = 17;

let study: string;
let disk: string;

beforeEach(async () => {
  study = await writeStudy(tinyStudy());
  disk = temporaryFolder("disk");
});

afterEach(async () => {
  for (const folder of [study, disk]) await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Plan as `command` makes it of Node's arguments. */
async function run(
  changes: Record<string, unknown>,
  command: (node: readonly string[]) => readonly [string, readonly string[]],
  environment: Record<string, string> = {},
): Promise<{ code: number | undefined; stdout: string; told: string }> {
  const plan = join(study, "plan.json");
  const out = join(disk, "out");
  await writeFile(plan, JSON.stringify(tinyPlan(study, changes)));
  const [file, args] = command([cli, "run", plan, "--out", out, "--workers", "1", "--json"]);
  const env = { ...process.env, CONCORD_ROOT: root, ...environment };
  const ended: Ended = await promisify(execFile)(file, args, { env }).catch(
    (error: unknown) => error as never,
  );
  return { code: ended.code, stdout: ended.stdout, told: ended.stderr.replaceAll(out, "{out}") };
}

/** On a disk that takes so many writes and half of the next. */
function runOnDisk(changes: Record<string, unknown>, writes: number) {
  const command = (node: readonly string[]) =>
    [process.execPath, ["--import", hook, ...node]] as [string, string[]];
  return run(changes, command, { CONCORD_TEST_WRITES: String(writes) });
}

/** The number of kept steps, each of which is whole. */
async function wholeSteps(): Promise<number> {
  const folder = join(disk, ".out.steps");
  const names = await readdir(folder);
  for (const name of names) {
    const content = await readFile(join(folder, name));
    expect(name).toMatch(/^[0-9a-f]{32}\.step$/);
    expect(createHash("sha256").update(content.subarray(32)).digest()).toStrictEqual(content.subarray(0, 32));
  }
  return names.length;
}

describe("the command line on a full disk", () => {
  test.each([
    ["the first file of the results", 0],
    ["one of their maps", 8],
    ["their manifest", resultWrites - 1],
  ])("leaves nothing behind when it can't write %s", async (_, writes) => {
    expect(await runOnDisk(oneFold, writes)).toStrictEqual({ code: 1, stdout: "", told: fullDisk });
    expect(await readdir(disk)).toStrictEqual([]);
  });

  test("writes whole results where they just fit", async () => {
    expect(await runOnDisk(oneFold, resultWrites)).toMatchObject({ code: undefined, told: "" });
    expect(await readdir(disk)).toStrictEqual(["out"]);
    expect((await readResults(join(disk, "out"))).size).toBe(resultWrites - 1);
  });

  test.each([0, 1])("leaves no folder of steps when the first step fails after %i writes", async (writes) => {
    expect(await runOnDisk(twoFolds, writes)).toStrictEqual({ code: 1, stdout: "", told: fullDisk });
    expect(await readdir(disk)).toStrictEqual([]);
  });

  test("keeps the steps that are whole, and goes on from them when there is room again", async () => {
    expect((await runOnDisk(twoFolds, 3)).told).toBe(fullDisk);
    expect(await readdir(disk)).toStrictEqual([".out.steps"]);
    expect(await wholeSteps()).toBe(1);
    // Two writes for the second step alone, then the results.
    expect((await runOnDisk(twoFolds, 2 + 5)).told).toBe(fullDisk);
    expect(await readdir(disk)).toStrictEqual([".out.steps"]);
    expect(await wholeSteps()).toBe(2);
    expect(await runOnDisk(twoFolds, resultWrites)).toMatchObject({ code: undefined, told: "" });
    expect(await readdir(disk)).toStrictEqual(["out"]);
  });

  // There is no ulimit on Windows, so there is no test there rather than a skipped one.
  if (process.platform !== "win32")
    test.each([
      ["results", oneFold],
      ["a step", twoFolds],
    ])("says so of %s where the system itself refuses the bytes, and leaves nothing", async (_, changes) => {
      const limited = (node: readonly string[]) =>
        ["sh", ["-c", 'ulimit -f 1; exec "$@"', "sh", process.execPath, ...node]] as [string, string[]];
      expect(await run(changes, limited)).toStrictEqual({ code: 1, stdout: "", told: fullDisk });
      expect(await readdir(disk)).toStrictEqual([]);
    });
});
