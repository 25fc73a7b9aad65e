/** Writes the pages of docs/ that are made of the code: the Plan's JSON Schema and the help of every method. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";
import { root } from "./run-command.mjs";

const load = async (path) => (await runnerImport(join(root, path), { configFile: false })).module;

const { planSchemaPage } = await load("app/cli/plan-schema-page.ts");
const { methodsPage } = await load("app/run/methods-page.ts");
writeFileSync(join(root, "docs", "plan.schema.json"), planSchemaPage());
writeFileSync(join(root, "docs", "methods.md"), methodsPage());
