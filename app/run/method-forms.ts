import { z } from "zod";
import { aligners } from "#app/align/aligners.ts";
import type { MethodForm, Parameter } from "#app/contract/method.ts";
import { referenceLine, works } from "#app/contract/references.ts";

/** What is used of a parameter's JSON Schema. */
interface ParameterSchema {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly tries?: readonly number[];
  readonly anyOf?: readonly ParameterSchema[];
}

/** Every method as a form, made from the schemas of their parameters. */
export function methodForms(): MethodForm[] {
  return Object.values(aligners).map(({ name, label, help, references, parameters }) => {
    const { properties = {} } = z.toJSONSchema(parameters, { io: "input" }) as {
      properties?: Readonly<Record<string, ParameterSchema>>;
    };
    return {
      name,
      label,
      help,
      citations: references.map((work) => referenceLine(works[work])),
      parameters: Object.entries(properties).map(([key, schema]) => parameterOf(key, schema)),
    };
  });
}

function parameterOf(name: string, schema: ParameterSchema): Parameter {
  const base = { name, label: schema.title ?? name, help: schema.description ?? "" };
  const value = schema.anyOf?.find(({ type }) => type !== "null") ?? schema;
  if (value.type === "boolean") return { ...base, kind: "switch", default: schema.default === true };
  if (value.enum !== undefined)
    return { ...base, kind: "choice", default: String(schema.default), options: value.enum };
  if (value.type !== "integer" && value.type !== "number")
    throw new Error(`the form has no field for the parameter ${name}`);
  return {
    ...base,
    kind: "number",
    default: typeof schema.default === "number" ? schema.default : null,
    least: value.minimum ?? null,
    // zod states the largest safe integer where the schema states nothing.
    most: value.maximum === undefined || value.maximum >= Number.MAX_SAFE_INTEGER ? null : value.maximum,
    whole: value.type === "integer",
    optional: schema.anyOf !== undefined,
    tries: schema.tries ?? [],
  };
}
