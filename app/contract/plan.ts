import { z } from "zod";
import { Claim, Scheme } from "./claim.ts";
import { Classifier } from "./classifier.ts";
import { Cleaning, noCleaning } from "./cleaning.ts";
import { Searchlight } from "./searchlight.ts";
import { Selection } from "./selection.ts";
import { SimilaritySettings } from "./similarity.ts";
import { Statistics } from "./statistics.ts";

/** Which rows of a run become samples. `shiftSeconds` allows for the haemodynamic lag and has no default. */
export const Samples = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("volumes") }).describe("Every volume is a sample."),
  z
    .strictObject({
      kind: z.literal("events"),
      shiftSeconds: z.number().min(-60).max(60),
      column: z.string().min(1).default("trial_type"),
    })
    .describe("The mean of the volumes of each event is a sample, labelled by a column of the events file."),
  z
    .strictObject({ kind: z.literal("labelled"), column: z.string().min(1) })
    .describe("Every volume is a sample, with the label that the image's own file gives it in this column."),
]);
export type Samples = z.infer<typeof Samples>;

export const Region = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("brain") }).describe("The voxels in every subject's brain mask."),
  z
    .strictObject({ kind: z.literal("mask"), path: z.string().min(1) })
    .describe("The voxels of a mask file; a relative path is taken from the dataset's folder."),
  z
    .strictObject({
      kind: z.literal("labels"),
      path: z.string().min(1),
      /** Names the labels; null where nothing does. */
      table: z.string().min(1).nullable().default(null),
      labels: z.array(z.int()).max(20_000),
    })
    .describe("The voxels of these labels of a label image that lie in every subject's brain mask."),
  z
    .strictObject({
      kind: z.literal("sphere"),
      centreMm: z.tuple([z.number(), z.number(), z.number()]),
      radiusMm: z.number().positive().max(1000),
    })
    .describe("The voxels whose centres lie in a sphere and in every subject's brain mask."),
  z
    .strictObject({
      kind: z.literal("parcels"),
      method: z.enum(["ward", "kmeans"]).default("ward"),
      count: z.int().min(2).max(5000),
      /** Numbers of parcels, from 1 in the order of their first voxels; null is all. */
      parcels: z.array(z.int().min(1)).max(5000).nullable().default(null),
      from: z.array(z.string()).min(1),
      seed: z.int().min(0).default(0),
    })
    .describe(
      "Some of the parcels that the brain's voxels make by their time courses in runs that are never tested.",
    ),
]);
export type Region = z.infer<typeof Region>;
export type RegionOf<Kind extends Region["kind"]> = Extract<Region, { kind: Kind }>;

/** What is claimed and trained on where nothing else is said. */
export const usualBetween = { claim: "same subjects, new data", scheme: "A" } as const;

const between = {
  /** Whether the common space is built with the subject tested, or without. */
  claim: Claim.default(usualBetween.claim),
  /** What classifiers learn from: the other subjects' rows to test (A), or those to align on (B). */
  scheme: Scheme.default(usualBetween.scheme),
};

export const Protocol = z.discriminatedUnion("name", [
  z
    .strictObject({ name: z.literal("leave-one-run-out"), ...between })
    .describe("Align on all runs but one, and test each subject in the one left out."),
  z
    .strictObject({
      name: z.literal("leave-one-block-out"),
      /** Into how many blocks of equal length each run is cut. */
      blocks: z.int().min(2).max(50).default(2),
      /** So many volumes on either side of a block are neither aligned on nor tested. */
      gapVolumes: z.int().min(0).max(1000).default(10),
      ...between,
    })
    .describe(
      "Align on all blocks of all runs but one, with a gap, and test each subject in the one left out.",
    ),
  z
    .strictObject({
      name: z.literal("fit-test"),
      /** A Plan that names none is refused by its folds, which say which is missing. */
      fit: z.array(z.string()),
      test: z.array(z.string()),
      ...between,
    })
    .describe("Align on the runs in `fit`, and test each subject in the runs in `test`."),
  z
    .strictObject({ name: z.literal("leave-one-subject-out") })
    .describe("No alignment: train on all rows of all subjects but one and test that one."),
]);
export type Protocol = z.infer<typeof Protocol>;
export type AligningProtocol = Exclude<Protocol, { name: "leave-one-subject-out" }>;

/** What a method is used on at a time. */
export const Pieces = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("whole") }).describe("The region as a whole."),
  z
    .strictObject({
      kind: z.literal("parcels"),
      method: z.enum(["ward", "kmeans"]).default("ward"),
      count: z.int().min(2).max(5000),
    })
    .describe(
      "Each of so many parcels on its own, made in each fold of the mean time courses of the rows aligned on.",
    ),
  z
    .strictObject({
      kind: z.literal("searchlights"),
      radiusMm: z.number().min(0.1).max(100),
      /** How far apart centres are at most; null: every voxel is one. */
      spacingMm: z.number().min(0.1).max(100).nullable().default(null),
      /** Radii of which one is chosen in each fold, on the rows aligned on; empty: the one above. */
      radiiMm: z.array(z.number().min(0.1).max(100)).max(20).default([]),
      /** Of each the share of its voxels that is used: those whose courses are found again best in other subjects. */
      keep: z.number().min(0.05).max(1).default(1),
    })
    .describe(
      "Spheres around voxels, on a surface discs of the cortex, put together by their nearness to the centre; transforms are sparse.",
    ),
]);
export type Pieces = z.infer<typeof Pieces>;

/** What subjects are brought together by. */
export const AlignOn = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("samples") }).describe("The samples themselves, moment by moment."),
  z
    .strictObject({
      kind: z.literal("connectivity"),
      method: z.enum(["ward", "kmeans"]).default("ward"),
      /** Parcels whose mean time courses every voxel is correlated with. */
      targets: z.int().min(2).max(5000),
      /** Whether the samples stand beside the connectivity. */
      hybrid: z.boolean().default(false),
    })
    .describe("The correlations of each voxel with parcels, made in each fold of the rows aligned on."),
  z
    .strictObject({
      kind: z.literal("seeds"),
      radiusMm: z.number().min(0.1).max(100),
      /** How far apart seeds are at most; null: every voxel is one. */
      spacingMm: z.number().min(0.1).max(100).nullable().default(null),
      /** How many principal components each seed has, aligned between subjects, in place of its mean course; null: its mean. */
      components: z.int().min(1).max(20).nullable().default(null),
      hybrid: z.boolean().default(false),
    })
    .describe(
      "The correlations of each voxel with the mean time courses, or aligned components, of spheres around seeds; on a surface, of discs of the cortex.",
    ),
]);
export type AlignOn = z.infer<typeof AlignOn>;

/** What of a dataset is used, and what is mended in it. */
export const DatasetChoices = z.strictObject({
  leaveOut: z
    .strictObject({ subjects: z.array(z.string()).default([]), runs: z.array(z.string()).default([]) })
    .default({ subjects: [], runs: [] }),
  repairs: z
    .strictObject({ trimToCommonRows: z.boolean().default(false) })
    .default({ trimToCommonRows: false }),
});
export type DatasetChoices = z.infer<typeof DatasetChoices>;

/** All that a run does. The window, the command line and a cluster job run the same Plan. */
export const Plan = z.strictObject({
  version: z.literal(1),
  dataset: z.strictObject({
    path: z.string().min(1),
    /** One of the dataset's spaces; null leaves the choice to its reader. */
    space: z.string().min(1).nullable().default(null),
    ...DatasetChoices.shape,
  }),
  region: Region,
  cleaning: Cleaning.default(noCleaning),
  samples: z.strictObject({ align: Samples, classify: Samples }),
  /** Keeps so many voxels of each subject, chosen on the rows that each fold fits to; null keeps all. */
  selection: Selection.nullable().default(null),
  method: z.strictObject({
    name: z.string().min(1),
    parameters: z.record(z.string(), z.unknown()).default({}),
    /** Values to try of some parameters: one of all combinations is chosen in each fold, on the rows aligned on. */
    choose: z.record(z.string(), z.array(z.unknown()).min(1).max(20)).default({}),
    /** Other methods, with their usual parameters, that are tried beside it in each fold. */
    others: z.array(z.string().min(1)).max(20).default([]),
    on: AlignOn.default({ kind: "samples" }),
    pieces: Pieces.default({ kind: "whole" }),
  }),
  protocol: Protocol,
  classifier: Classifier,
  /** Whether every pair of conditions is also told apart on its own. */
  pairs: z.boolean().default(false),
  /** Whether conditions are also classified in spheres around voxels, each on its own, as maps of accuracy. */
  searchlight: Searchlight.nullable().default(null),
  /** Whether segments of the rows aligned on, so many rows long, are matched between subjects in the runs to test. */
  timeSegments: z
    .strictObject({ length: z.int().min(1).max(1000) })
    .nullable()
    .default(null),
  /** Whether each subject's rows held out are foretold, in their own voxels, from the others'. */
  reconstruction: z.boolean().default(false),
  /** How the conditions of a subject are compared two by two. */
  similarity: SimilaritySettings.default(SimilaritySettings.parse({})),
  /** Whether the connectivity of so many patches of the region between subjects (ISFC) is measured, of the rows held out. */
  connectivity: z
    .strictObject({ patches: z.int().min(2).max(400) })
    .nullable()
    .default(null),
  /** Whether the results keep each fold's common space and transforms, as files for NumPy. */
  keepTransforms: z.boolean().default(false),
  statistics: Statistics.default(Statistics.parse({})),
  seed: z.int().min(0).default(0),
});
export type Plan = z.infer<typeof Plan>;

/** Whether a Plan classifies the very samples that it aligns on. */
export function alignsOnWhatItClassifies({ samples: { align, classify } }: Plan): boolean {
  return JSON.stringify(align) === JSON.stringify(classify);
}
