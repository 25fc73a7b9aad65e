/** Writes the Plan's JSON Schema to docs/plan.schema.json. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { root } from "./run-command.mjs";

const file = join(root, "docs", "plan.schema.json");

/** The schema as it should stand in the file. */
export async function planSchema() {
  const { module } = await runnerImport(join(root, "app/contract/plan.ts"), { configFile: false });
  const { z } = await import("zod");
  return `${JSON.stringify(z.toJSONSchema(module.Plan, { io: "input" }), null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, await planSchema());
