/** `npm test`: sets itself up, then checks, then runs unit, golden and end-to-end tests. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root, runProgram } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { check } = await import("./check.mjs");
const { bundleNode } = await import("./bundle.mjs");
const { endToEnd } = await import("./end-to-end.mjs");
let good = check();
if (!existsSync(join(root, "..", "shared"))) {
  console.log("The reference data (../shared) are absent: the tests that need them are listed as skipped.");
}
await bundleNode();
good = runProgram("vitest/vitest.mjs", ["run"]) && good;
good = (await endToEnd()) && good;
process.exit(good ? 0 : 1);
