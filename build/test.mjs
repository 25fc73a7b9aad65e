/** `npm test`: sets itself up, then checks formats, imports and types, then runs unit and golden tests. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { root, runProgram } from "./run-command.mjs";

ensureDependencies();
const { check } = await import("./check.mjs");
let good = check();
if (!existsSync(join(root, "..", "shared"))) {
  console.log("The reference data (../shared) are absent: the tests that need them are listed as skipped.");
}
good = runProgram("vitest/vitest.mjs", ["run"]) && good;
process.exit(good ? 0 : 1);
