import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedFolder } from "#test/shared.ts";

const root = join(import.meta.dirname, "..", "..");

test.skipIf(sharedFolder === null)(
  "20,000 changes of real files are read or refused by a fault: no crash, no hang, no memory over the cap",
  () => {
    const fuzz = join(root, "build", "fuzz.mjs");
    const { stdout, stderr } = spawnSync(process.execPath, [fuzz, "--count", "20000"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toContain("nothing but images and faults");
  },
  900_000,
);
