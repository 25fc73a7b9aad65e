import { z } from "zod";
import type { Treatment } from "./dataset.ts";

const Confounds = z
  .strictObject({
    motion: z
      .enum(["none", "6", "24"])
      .default("none")
      .describe(
        "6: three translations and three rotations. 24: with their differences, and the squares of both.",
      ),
    csfWhiteMatter: z
      .enum(["none", "basic", "full"])
      .default("none")
      .describe(
        "The mean signals of cerebrospinal fluid and white matter; full: with their differences, and the squares of both.",
      ),
    compcor: z
      .strictObject({ name: z.literal("anat"), components: z.int().min(1).max(100).default(5) })
      .nullable()
      .default(null)
      .describe(
        "The first anatomical CompCor components, of the mask that joins both tissues where the table's JSON file tells. They were made of high-passed data, so cosines or a high-pass filter belong to them.",
      ),
    globalSignal: z.boolean().default(false).describe("The mean signal of the brain."),
    cosines: z
      .boolean()
      .default(false)
      .describe("The cosines of the table, fMRIPrep's high-pass filter of 128 s."),
  })
  .describe("Columns of each run's confounds table (fMRIPrep's, old names or new) to be regressed out.");

const Scrubbing = z
  .strictObject({
    framewiseDisplacementMm: z.number().positive().max(100).default(0.5),
    stdDvars: z.number().positive().nullable().default(null),
  })
  .describe(
    "Volumes above a threshold, and those the table calls not in steady state, get a regressor each, which takes them out of the fit. They stay as rows, so that the rows of all subjects stay the same moments.",
  );

/**
 * What is removed from every voxel's time course of each run before it is z-scored, in the order and by the numerics of
 * nilearn's `signal.clean`. The defaults remove nothing. What an image already went through is not done to it again.
 */
export const Cleaning = z.strictObject({
  smoothingMm: z
    .number()
    .positive()
    .max(50)
    .nullable()
    .default(null)
    .describe("Full width at half maximum of a Gaussian kernel, on volumes only; before anything else."),
  detrend: z
    .enum(["none", "linear", "quadratic"])
    .default("none")
    .describe("Trends over the run, removed from the confounds too."),
  highPassHertz: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe(
      "A Butterworth filter of order 5, forwards and backwards, of the confounds too (nilearn's default). Needs the repetition time.",
    ),
  confounds: Confounds.default({
    motion: "none",
    csfWhiteMatter: "none",
    compcor: null,
    globalSignal: false,
    cosines: false,
  }),
  scrubbing: Scrubbing.nullable().default(null),
});
export type Cleaning = z.infer<typeof Cleaning>;

/** Cleaning that does nothing. */
export const noCleaning: Cleaning = Cleaning.parse({});

/** What an image went through before that makes a step of a Plan a repetition. */
type Done = Extract<Treatment, "denoised" | "detrended" | "high-passed" | "smoothed">;

/** Takes out of a Plan's cleaning what was done before; for a step that is not asked for it changes nothing. */
const without: Readonly<Record<Done, (cleaning: Cleaning) => Cleaning>> = {
  denoised: (cleaning) => ({ ...cleaning, confounds: noCleaning.confounds, scrubbing: null }),
  detrended: (cleaning) => ({ ...cleaning, detrend: "none" }),
  "high-passed": (cleaning) => ({
    ...cleaning,
    highPassHertz: null,
    confounds: { ...cleaning.confounds, cosines: false },
  }),
  smoothed: (cleaning) => ({ ...cleaning, smoothingMm: null }),
};

const skipped: Readonly<Record<Done | "z-scored", string>> = {
  denoised: "denoised before; no confounds were regressed again",
  detrended: "detrended before; trends were not removed again",
  "high-passed": "high-pass filtered before; they were not filtered again",
  smoothed: "smoothed before; they were not smoothed again",
  "z-scored": "z-scored before; z-scoring by run leaves runs that were z-scored as they are",
};

type Treated = { readonly subject: string; readonly treatments: readonly Treatment[] };

/** What of a Plan's cleaning is still to be done to an image. */
export function cleaningOf({ treatments }: Pick<Treated, "treatments">, cleaning: Cleaning): Cleaning {
  return doneOf(treatments).reduce((left, done) => without[done](left), cleaning);
}

/** Whether a step reads the confounds table. */
export function readsConfounds({ confounds, scrubbing }: Cleaning): boolean {
  return scrubbing !== null || !same(confounds, noCleaning.confounds);
}

/** Whether anything is to be done to the time courses, smoothing apart. */
export function cleansRows(cleaning: Cleaning): boolean {
  return readsConfounds(cleaning) || cleaning.detrend !== "none" || cleaning.highPassHertz !== null;
}

/** What is done to at least one of the images. */
export function cleaningOfAny(images: readonly Treated[], cleaning: Cleaning): Cleaning {
  const left = images.map((image) => cleaningOf(image, cleaning));
  return left.reduce((all, one) => {
    const cosines = all.confounds.cosines || one.confounds.cosines;
    return {
      smoothingMm: all.smoothingMm ?? one.smoothingMm,
      detrend: one.detrend === "none" ? all.detrend : one.detrend,
      highPassHertz: all.highPassHertz ?? one.highPassHertz,
      confounds: same(one.confounds, noCleaning.confounds) ? all.confounds : { ...one.confounds, cosines },
      scrubbing: all.scrubbing ?? one.scrubbing,
    };
  }, noCleaning);
}

/** A sentence of each step of a Plan, z-scoring among them, that some images went through before. */
export function doneBefore(images: readonly Treated[], cleaning: Cleaning): string[] {
  const asked = (Object.keys(without) as Done[]).filter((done) => !same(without[done](cleaning), cleaning));
  return [...asked, "z-scored" as const].flatMap((done) => {
    const treated = images.filter(({ treatments }) => treatments.includes(done));
    return treated.length === 0 ? [] : [`${whose(treated, images)} were ${skipped[done]}.`];
  });
}

/** "All images", or the images of the subjects whose are among them. */
function whose(some: readonly Treated[], all: readonly Treated[]): string {
  const whole = some.length === all.length;
  const subjects = [...new Set(some.map(({ subject }) => subject))];
  return whole ? "All images" : `${some.length} of ${all.length} images (of ${subjects.join(", ")})`;
}

function doneOf(treatments: readonly Treatment[]): Done[] {
  return treatments.filter((one): one is Done => one in without);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
