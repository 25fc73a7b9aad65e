/** The quick part of the tests: format and lint, types per layer, imports. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "./dependencies.mjs";
import { forbiddenImports } from "./imports.mjs";
import { root, runProgram } from "./run-command.mjs";

const LAYERS = ["app", "main", "renderer", "test"];

/** True when all is well; what is wrong is printed. */
export function check() {
  const imports = forbiddenImports(root);
  for (const line of imports) console.error(`forbidden import: ${line}`);
  console.log("check: format and lint");
  let good = runProgram("@biomejs/biome/bin/biome", ["check", "."]) && imports.length === 0;
  for (const layer of LAYERS) {
    const config = `tsconfig.${layer}.json`;
    if (!existsSync(join(root, config))) continue;
    console.log(`check: types of ${layer}`);
    good = runProgram("typescript/bin/tsc", ["-p", config]) && good;
  }
  return good;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureDependencies();
  process.exit(check() ? 0 : 1);
}
