/** Parameters and their values: "ridge = 0.3, components = 100". */
export function parameterWords(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(", ");
}
