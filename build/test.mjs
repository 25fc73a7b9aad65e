/** `npm test`: sets itself up, then runs the check with its unit tests, the long tests and the end-to-end tests. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { ensureGitAnnex } from "./linux-libraries.mjs";
import { buildNative } from "./native.mjs";
import { root, runProgram } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { check } = await import("./check.mjs");
const { bundleNode } = await import("./bundle.mjs");
const { endToEnd } = await import("./end-to-end.mjs");
if (!existsSync(join(root, "..", "shared"))) {
  console.log("The reference data (../shared) are absent: the tests that need them are listed as skipped.");
}
let good = check();
await bundleNode();
ensureGitAnnex();
good = runProgram("vitest/vitest.mjs", ["run", "--project", "long"]) && good;
good = (await endToEnd()) && good;
process.exit(good ? 0 : 1);
