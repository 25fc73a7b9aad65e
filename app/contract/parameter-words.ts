/** What of a choice is no parameter of a method, and has a unit. */
const named: Readonly<Record<string, string>> = {
  radiusMm: "radius in mm",
  voxels: "number of voxels",
};

/** What a parameter, or what else is chosen in a fold, is called. */
export function parameterName(name: string): string {
  return named[name] ?? name;
}

/** Parameters and their values: "ridge = 0.3, components = 100". */
export function parameterWords(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${parameterName(name)} = ${String(value)}`)
    .join(", ");
}
