/** `npm run bench`: sets itself up, builds the benchmark to out/bench and runs it. */
import { spawnSync } from "node:child_process";
import { buildEntry } from "./build-entry.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { bundle, bundleNode } = await import("./bundle.mjs");

const arguments_ = process.argv.slice(2);
const only = arguments_.includes("--only") ? arguments_[arguments_.indexOf("--only") + 1] : "start";
if (["start", "scrub"].includes(only)) await bundle();
await bundleNode();
const built = await buildEntry("test/bench/bench.entry.ts", "bench");
const { status } = spawnSync(process.execPath, [built, ...arguments_], {
  stdio: "inherit",
  env: { ...process.env, CONCORD_ROOT: root },
});
process.exit(status ?? 1);
