import type { Parameter } from "./method.ts";

type NumberParameter = Parameter & { readonly kind: "number" };

/** What is wrong with a value given for a number, and what to do, in one sentence; null where it can be used. */
export function parameterProblem(parameter: NumberParameter, value: unknown): string | null {
  if (value === null && parameter.optional) return null;
  const { least, most, whole } = parameter;
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (!whole || Number.isInteger(value)) &&
    value >= (least ?? Number.NEGATIVE_INFINITY) &&
    value <= (most ?? Number.POSITIVE_INFINITY);
  return fits ? null : `Give ${wanted(parameter)}.`;
}

/** What a parameter takes: "a whole number from 0 to 20". */
export function wanted(parameter: Parameter): string {
  if (parameter.kind === "switch") return "true or false";
  if (parameter.kind === "choice") return `one of: ${parameter.options.join(", ")}`;
  const { least, most, whole, optional } = parameter;
  const kind = whole ? "a whole number" : "a number";
  const range =
    least !== null && most !== null
      ? ` from ${least} to ${most}`
      : least !== null
        ? ` of at least ${least}`
        : most !== null
          ? ` of at most ${most}`
          : "";
  return `${kind}${range}${optional ? ", or leave it empty" : ""}`;
}
