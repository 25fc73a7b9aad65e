import type { MethodForm, Parameter } from "#app/contract/method.ts";

/** A method's page of help, in Markdown: what it does, its parameters, its papers. */
export function methodHelp({ name, label, help, parameters, citations }: MethodForm): string {
  return [
    `## ${label} (\`${name}\`)`,
    "",
    help,
    "",
    ...parameters.map((parameter) => `- \`${parameter.name}\` (${rangeOf(parameter)}): ${parameter.help}`),
    "",
    ...citations.map((line) => `> ${line}`),
    "",
  ].join("\n");
}

function rangeOf(parameter: Parameter): string {
  if (parameter.kind === "switch") return `on or off; ${parameter.default ? "on" : "off"} by default`;
  if (parameter.kind === "choice")
    return `${parameter.options.join(" or ")}; ${parameter.default} by default`;
  const { least, most, whole, optional } = parameter;
  const range = [
    whole ? "a whole number" : "a number",
    least === null ? "" : `from ${least}`,
    most === null ? "" : `to ${most}`,
  ];
  const usual = parameter.default === null ? "none" : parameter.default;
  return `${range.filter((part) => part !== "").join(" ")}${optional ? ", or none" : ""}; ${usual} by default`;
}
