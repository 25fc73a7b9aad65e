#!/usr/bin/env node
/** `npx concord`: the command line of this checkout, set up and built where it is not yet. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { bundleNode } = await import("./bundle.mjs");
await bundleNode();
const { status } = spawnSync(
  process.execPath,
  [join(root, "out", "node", "cli.cjs"), ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, CONCORD_ROOT: root },
  },
);
process.exit(status ?? 1);
