import { z } from "zod";
import { Plan } from "#app/contract/plan.ts";

/** The Plan's JSON Schema as it stands in docs/plan.schema.json. */
export function planSchemaPage(): string {
  return `${JSON.stringify(z.toJSONSchema(Plan, { io: "input" }), null, 2)}\n`;
}
