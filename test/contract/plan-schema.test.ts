import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { planSchemaPage } from "#app/cli/plan-schema-page.ts";
import { workedPlan } from "#app/cli/worked-plan.ts";
import { Plan } from "#app/contract/plan.ts";

test("the Plan's JSON Schema in the repository is that of the code", () => {
  const kept = readFileSync("docs/plan.schema.json", "utf8");
  expect(kept).toBe(planSchemaPage());
});

test("the worked Plan of the help is one", () => {
  expect(Plan.safeParse(JSON.parse(workedPlan)).success).toBe(true);
});
