import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

test("npm start without a display runs the example study, and says where its report lies", async () => {
  // Kept between runs, so that the study is made once.
  const cache = join(root, "out", "test-cache");
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const command = [join(root, "build", "start.mjs")];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    env: { ...env, XDG_CACHE_HOME: cache },
  });
  expect(stdout).toMatch(/^within subject +0\.\d{3} ± 0\.\d{3}$/m);
  const mean = (name: string) => Number(new RegExp(`^${name} +([\\d.]+)`, "m").exec(stdout)?.[1]);
  expect(mean("chance")).toBe(0.143);
  expect(mean("between, aligned")).toBeGreaterThan(mean("between, anatomical") + 0.3);
  const report = await readFile(/^Report: +(.+)$/m.exec(stdout)?.[1] ?? "", "utf8");
  expect(report).toContain("<!doctype html>");
  // Self-contained: nothing is fetched and nothing runs.
  expect(report).not.toMatch(/<script|<link|<img[^>]+src="(?!data:)|@import|url\((?!["']?data:)/i);
});
