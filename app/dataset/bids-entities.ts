/** A BIDS file name taken apart. */
export interface BidsName {
  /** In the order of the name; keys are lower case letters and digits. */
  readonly entities: ReadonlyMap<string, string>;
  readonly suffix: string;
  /** With its first dot: ".nii.gz". */
  readonly extension: string;
}

const notOfTheRun = new Set(["sub", "space", "res", "den", "desc"]);
/** The order that BIDS gives the entities of a run; others follow by name. */
const order = ["ses", "task", "acq", "ce", "rec", "dir", "run", "echo", "part", "chunk"];
const natural = new Intl.Collator("en", { numeric: true });

/** Takes a file name apart by its tokens; their order does not matter. */
export function parseBidsName(fileName: string): BidsName {
  const dot = fileName.indexOf(".");
  const stem = dot < 0 ? fileName : fileName.slice(0, dot);
  const entities = new Map<string, string>();
  let suffix = "";
  for (const token of stem.split("_")) {
    const match = /^([a-zA-Z0-9]+)-(.+)$/.exec(token);
    if (match) entities.set(match[1] as string, match[2] as string);
    else suffix = token;
  }
  return { entities, suffix, extension: dot < 0 ? "" : fileName.slice(dot) };
}

/**
 * The name of the run, the same whatever the order of a file name's entities: all but subject, space, resolution,
 * density and description; else the suffix.
 */
export function runOf(name: BidsName): string {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const kept = [...name.entities].filter(([key]) => !notOfTheRun.has(key));
  kept.sort(([a], [b]) => rank(a) - rank(b) || compareNatural(a, b));
  return kept.map(([key, value]) => `${key}-${value}`).join("_") || name.suffix;
}

/** Compares so that run-2 stands before run-10. */
export function compareNatural(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether every entity of `general` stands in `special` too: the rule of BIDS inheritance. */
export function appliesTo(general: BidsName, special: BidsName): boolean {
  return [...general.entities].every(([key, value]) => special.entities.get(key) === value);
}
