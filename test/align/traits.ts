/** What the conformance battery may expect of a method. */
export interface Traits {
  /** Settings for the battery's small data. */
  readonly parameters: object;
  /** Whether any invertible mixture of voxels is undone. */
  readonly recovers: "rotations" | "nothing";
  /** Between subjects, over columns by their weight, of planted rows held out. */
  readonly correlation: number;
  readonly unequalVoxels: boolean;
}

const usual: Traits = {
  parameters: {},
  recovers: "rotations",
  correlation: 0.9,
  unequalVoxels: true,
};

const traits: Readonly<Record<string, Partial<Traits>>> = {
  "weighted-mcca": { parameters: { components: 3 } },
  srm: { parameters: { components: 3, iterations: 4, tolerance: 0 } },
  "deterministic-srm": { parameters: { components: 3, iterations: 4, tolerance: 0 } },
  hyperalignment: { correlation: 0.6 },
};

export function traitsOf(name: string): Traits {
  return { ...usual, ...traits[name] };
}
