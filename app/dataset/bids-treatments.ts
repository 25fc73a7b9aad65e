import type { Treatment } from "#app/contract/dataset.ts";
import type { BidsName } from "./bids-entities.ts";

/**
 * What a file's name says was done to it. The denoising of the Sherlock dataset takes a constant, a linear and a
 * quadratic trend out with the confounds: https://naturalistic-data.org, Preprocessing.
 */
const told: readonly [RegExp, readonly Treatment[]][] = [
  [/denoise|aroma/i, ["denoised"]],
  [/^denoise$/, ["detrended"]],
  [/crop/i, ["cropped"]],
  [/smooth/i, ["smoothed"]],
  [/zscore/i, ["z-scored"]],
];

/** What was done to an image, as the words and the description of its name tell, in the order of the table above. */
export function treatmentsOf({ words, entities }: BidsName): Treatment[] {
  const tokens = [...words, entities.get("desc") ?? ""];
  return told.flatMap(([pattern, done]) => (tokens.some((token) => pattern.test(token)) ? done : []));
}

/**
 * How far an image is on its way to being aligned, by its name: already cleaned ones of a study that denoised its own
 * files first, then desc-preproc, then others.
 */
export function readinessOf(name: BidsName): number {
  const byWords = treatmentsOf({ ...name, entities: new Map() }).length;
  return byWords + (name.entities.get("desc") === "preproc" ? 0.5 : 0);
}
