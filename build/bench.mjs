/** `npm run bench`: sets itself up, builds the benchmark to out/bench and runs it. */
import { spawnSync } from "node:child_process";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { buildNative } from "./native.mjs";
import { root } from "./run-command.mjs";

ensureDependencies();
buildNative();
const { build } = await import("vite");
const { bundle, bundleHdf5 } = await import("./bundle.mjs");

const arguments_ = process.argv.slice(2);
const only = arguments_.includes("--only") ? arguments_[arguments_.indexOf("--only") + 1] : "start";
if (["start", "scrub"].includes(only)) await bundle();
await bundleHdf5();
await build({
  root,
  configFile: false,
  logLevel: "warn",
  ssr: { noExternal: true, external: ["@playwright/test"] },
  build: {
    ssr: join(root, "test/bench/bench.entry.ts"),
    outDir: join(root, "out/bench"),
    minify: false,
    target: "node20",
    rollupOptions: {
      external: [...builtinModules, /^node:/],
      output: { format: "es", entryFileNames: "bench.mjs", codeSplitting: false },
    },
  },
});
const { status } = spawnSync(process.execPath, [join(root, "out/bench/bench.mjs"), ...arguments_], {
  stdio: "inherit",
  env: { ...process.env, CONCORD_ROOT: root },
});
process.exit(status ?? 1);
