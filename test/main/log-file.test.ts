import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logConsoleTo } from "#main/log-file.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder("log");
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.removeAllListeners("warning");
  await rm(folder, { recursive: true, force: true });
});

test("errors reach the file with their time, their process and their stack", async () => {
  const file = join(folder, "logs", "concord.log");
  logConsoleTo(file, "engine");
  console.error(new RangeError("a bug"));
  const log = await readFile(file, "utf8");
  expect(log).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z engine error: RangeError: a bug\n {4}at /);
});

test("a log that has grown long begins anew beside the last one", async () => {
  const file = join(folder, "concord.log");
  await writeFile(file, "x".repeat(1_000_001));
  logConsoleTo(file, "main");
  console.warn("new");
  expect(await readdir(folder)).toStrictEqual(["concord.log", "concord.log.old"]);
  expect(await readFile(file, "utf8")).toMatch(/ main warn: new\n$/);
});

test("a log that can't be written stops nothing", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  logConsoleTo(join(dirname(file), "file", "concord.log"), "main");
  expect(() => console.error("told")).not.toThrow();
});
