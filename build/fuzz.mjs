/** `npm run fuzz`: sets itself up, builds the fuzzer to out/fuzz and runs it. */
import { spawnSync } from "node:child_process";
import { buildEntry } from "./build-entry.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { root } from "./run-command.mjs";

ensureDependencies();
const { bundleNode } = await import("./bundle.mjs");
await bundleNode();
const built = await buildEntry("test/fuzz/fuzz.entry.ts", "fuzz");
const { status } = spawnSync(process.execPath, [built, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, CONCORD_ROOT: root },
});
process.exit(status ?? 1);
