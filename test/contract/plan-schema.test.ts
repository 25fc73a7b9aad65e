import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { workedPlan } from "#app/cli/worked-plan.ts";
import { Plan } from "#app/contract/plan.ts";

test("the Plan's JSON Schema in the repository is that of the code", () => {
  const kept = readFileSync("docs/plan.schema.json", "utf8");
  expect(kept).toBe(`${JSON.stringify(z.toJSONSchema(Plan, { io: "input" }), null, 2)}\n`);
});

test("the worked Plan of the help is one", () => {
  expect(Plan.safeParse(JSON.parse(workedPlan)).success).toBe(true);
});
