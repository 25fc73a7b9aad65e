import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import type {} from "#renderer/bridge.ts";
import { temporaryFolder } from "#test/temporary-folder.ts";
import { workedPlan } from "../../app/cli/worked-plan.ts";
import { launch, sherlock } from "./launch.ts";

const root = resolve(import.meta.dirname, "../..");

test.skip(!existsSync(sherlock), "the reference data are absent");

test("a run from the window and one from the command line leave the same bytes of numbers", async () => {
  const plan = JSON.parse(workedPlan.replace('"sherlock-pmc"', JSON.stringify(sherlock)));
  const { app, page } = await launch();
  const fromWindow = await page.evaluate(async (given) => {
    const end = new Promise<{ state: string }>((done) => window.bridge.on("run.ended", done));
    const started = await window.bridge.call("run.start", { plan: given });
    if (!started.ok) throw new Error(started.fault.text);
    const ended = await end;
    const read = await window.bridge.call("run.read", started.value);
    if (!read.ok) throw new Error(`${ended.state}: ${read.fault.text}`);
    return read.value.folder;
  }, plan);
  await app.close();

  const folder = temporaryFolder("same");
  const [file, out] = [join(folder, "plan.json"), join(folder, "results")];
  await writeFile(file, JSON.stringify(plan));
  const cli = join(root, "out", "node", "cli.cjs");
  const env = { ...process.env, CONCORD_ROOT: root };
  await promisify(execFile)(process.execPath, [cli, "run", file, "--out", out, "--workers", "1"], { env });

  const maps = (await readdir(join(out, "maps"))).map((name) => join("maps", name)).sort();
  expect(maps).toHaveLength(7);
  for (const name of ["plan.json", "results.json", "preparation.json", "maps.json", ...maps]) {
    const [mine, theirs] = await Promise.all([out, fromWindow].map((from) => readFile(join(from, name))));
    expect(mine?.equals(theirs as Buffer), name).toBe(true);
  }
});
