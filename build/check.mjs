/** The quick part of the tests: imports, format and lint, types per layer, dead code, and the unit tests. */
import { fileURLToPath } from "node:url";
import { ensureDependencies } from "./dependencies.mjs";
import { forbiddenImports } from "./imports.mjs";
import { root, runProgram } from "./run-command.mjs";

/** `run` says whether all is well; it prints what is wrong. */
const PARTS = [
  { name: "imports", run: importsAreAllowed },
  {
    name: "format and lint",
    run: () => runProgram("@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]),
  },
  ...["app", "main", "renderer", "test"].map((layer) => ({
    name: `types of ${layer}`,
    run: () => runProgram("typescript/bin/tsc", ["-p", `tsconfig.${layer}.json`]),
  })),
  {
    name: "dead code",
    run: () => runProgram("knip/bin/knip.js", ["--config", "build/knip.jsonc", "--no-progress"]),
  },
  { name: "unit tests", run: () => runProgram("vitest/vitest.mjs", ["run", "--project", "unit"]) },
];

/** True when all is well. Every part is run, so that one look shows all that is wrong. */
export function check() {
  const wrong = [];
  for (const { name, run } of PARTS) {
    console.log(`check: ${name}`);
    if (!run()) wrong.push(name);
  }
  if (wrong.length > 0) console.error(`check: wrong in ${wrong.join(", ")}`);
  return wrong.length === 0;
}

function importsAreAllowed() {
  const found = forbiddenImports(root);
  for (const line of found) console.error(`forbidden import: ${line}`);
  return found.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureDependencies();
  process.exit(check() ? 0 : 1);
}
