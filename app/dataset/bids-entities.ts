/** A BIDS file name taken apart. */
export interface BidsName {
  /** In the order of the name; keys are letters and digits. Unicode is composed (NFC), however the disk spells it. */
  readonly entities: ReadonlyMap<string, string>;
  /** Tokens without a key before the suffix: "denoise", "crop", "smooth6mm" of the Sherlock dataset. */
  readonly words: readonly string[];
  readonly suffix: string;
  /** With its first dot, in lower case: ".nii.gz". */
  readonly extension: string;
}

const notOfTheRun = new Set(["sub", "space", "res", "den", "hemi", "desc"]);
/** The order that BIDS gives the entities of a run; others follow by name. */
const order = ["ses", "task", "acq", "ce", "rec", "dir", "run", "echo", "part", "chunk"];
const natural = new Intl.Collator("en", { numeric: true });

/** Takes a file name apart by its tokens; their order does not matter. */
export function parseBidsName(fileName: string): BidsName {
  const name = fileName.normalize("NFC");
  const dot = name.indexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  const entities = new Map<string, string>();
  const words: string[] = [];
  for (const token of stem.split("_")) {
    const match = /^([a-zA-Z0-9]+)-(.+)$/.exec(token);
    if (match) entities.set(match[1] as string, match[2] as string);
    else words.push(token);
  }
  const suffix = words.pop() ?? "";
  return newName({ entities, words, suffix, extension: dot < 0 ? "" : name.slice(dot).toLowerCase() });
}

/**
 * The name that fMRIPrep gives since 1.2 for one it gave before: `task-x_bold_space-S_preproc`, `…_brainmask` and
 * `task-x_bold_confounds`, and surfaces as `…_space-S.L.func.gii`, later without a suffix.
 */
function newName(name: BidsName): BidsName {
  const surface = /^\.([lr])(\.func\.gii)$/.exec(name.extension);
  if (surface !== null || (name.extension === ".func.gii" && name.suffix === "")) {
    const hemi = surface?.[1]?.toUpperCase();
    return {
      entities: hemi === undefined ? name.entities : new Map([...name.entities, ["hemi", hemi]]),
      words: name.words,
      suffix: name.suffix || "bold",
      extension: ".func.gii",
    };
  }
  const [of] = name.words.filter((word) => word === "bold" || word === "T1w");
  const desc: Record<string, string> = { preproc: "preproc", brainmask: "brain", confounds: "confounds" };
  const own = of === undefined ? undefined : desc[name.suffix];
  if (of === undefined || own === undefined) return name;
  const entities = new Map(name.entities);
  const variant = entities.get("variant");
  entities.delete("variant");
  entities.set("desc", variant ?? own);
  const suffix = name.suffix === "preproc" ? of : name.suffix === "brainmask" ? "mask" : "timeseries";
  return { ...name, entities, words: name.words.filter((word) => word !== of), suffix };
}

/**
 * The name of the run, the same whatever the order of a file name's entities: all but subject, space, resolution,
 * density, hemisphere and description; else the suffix.
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

/** Whether every entity of `general` stands in `special` too, but those excepted: the rule of BIDS inheritance. */
export function appliesTo(general: BidsName, special: BidsName, except: readonly string[] = []): boolean {
  for (const [key, value] of general.entities) {
    if (special.entities.get(key) !== value && !except.includes(key)) return false;
  }
  return true;
}
