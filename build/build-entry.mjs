/** Builds an entry of the tests for plain Node: out/<name>/<name>.mjs, and beside it what is loaded on demand. */
import { builtinModules } from "node:module";
import { join } from "node:path";
import { root } from "./run-command.mjs";

/** Its path once it is built. */
export async function buildEntry(entry, name) {
  const { build } = await import("vite");
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: ["@playwright/test"] },
    build: {
      ssr: join(root, entry),
      outDir: join(root, "out", name),
      emptyOutDir: true,
      minify: false,
      target: "node20",
      rollupOptions: {
        external: [...builtinModules, /^node:/],
        output: { format: "es", entryFileNames: `${name}.mjs`, chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  return join(root, "out", name, `${name}.mjs`);
}
