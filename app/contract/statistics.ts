import { z } from "zod";

/** How often a null distribution reaches what was observed, and where that share lies by a 99 % interval. */
export const PermutationP = z.strictObject({
  p: z.number(),
  interval: z.tuple([z.number(), z.number()]).readonly(),
});

/** Accuracies with labels drawn anew. */
export const PermutationSettings = z.strictObject({
  count: z.int().min(19).max(100_000).default(1000),
  /** "whole": selection and alignment are made again for each; "classifier": training and testing alone. */
  repeat: z.enum(["whole", "classifier"]).default("classifier"),
  /** Whether it ends once it is sure on which side of .05 each p lies. */
  stopEarly: z.boolean().default(false),
});
export type PermutationSettings = z.infer<typeof PermutationSettings>;

/** A value with labels drawn anew, draw by draw, and how often it is as high as that observed. */
export const Drawn = z.strictObject({
  observed: z.number(),
  drawn: z.array(z.number()).readonly(),
  ...PermutationP.shape,
});
export type Drawn = z.infer<typeof Drawn>;

/** What labels drawn anew gave. */
export const Permutations = z.strictObject({
  repeat: PermutationSettings.shape.repeat,
  /** How many draws were asked for; fewer were made where it was sure enough before. */
  asked: z.int(),
  done: z.int(),
  /** Whether all labellings that there are were tried. */
  exact: z.boolean().default(false),
  within: Drawn.exactOptional(),
  anatomical: Drawn.exactOptional(),
  aligned: Drawn.exactOptional(),
  /** Aligned less anatomical. */
  difference: Drawn.exactOptional(),
});
export type Permutations = z.infer<typeof Permutations>;

/** What alignment changed, subject by subject: aligned less anatomical. */
export const Effect = z.strictObject({
  mean: z.number(),
  confidence: z.number(),
  /** By Student's t, and of subjects drawn anew: as if they were independent, which subjects in one space are not. */
  interval: z.tuple([z.number(), z.number()]).readonly(),
  bootstrap: z.tuple([z.number(), z.number()]).readonly(),
  /** Two-sided, of signs drawn at random. */
  signFlip: z.strictObject({ p: z.number(), exact: z.boolean(), draws: z.int() }),
});
export type Effect = z.infer<typeof Effect>;

/** How inter-subject correlations are held against chance: by what draws are made, and how many. */
export const IscSettings = z.strictObject({
  test: z
    .enum(["phase-randomisation", "time-shift", "sign-flip", "bootstrap"])
    .default("phase-randomisation"),
  count: z.int().min(19).max(100_000).default(1000),
  /** Voxels whose correlation is reached by so large a share of all drawn ones make clusters. */
  clusterP: z.number().min(1e-6).max(0.05).default(0.001),
});
export type IscSettings = z.infer<typeof IscSettings>;

export const iscTestLabels: Readonly<Record<IscSettings["test"], string>> = {
  "phase-randomisation": "phases at random",
  "time-shift": "shifts of time",
  "sign-flip": "signs of subjects at random",
  bootstrap: "subjects drawn anew",
};

/** Of the voxels of one side, how many have a higher correlation than by chance at .05. */
export const IscFound = z.strictObject({
  voxels: z.int(),
  uncorrected: z.int(),
  /** By the false discovery rate, and by the highest of all voxels in each draw. */
  fdr: z.int(),
  max: z.int(),
  /** The correlation that 5 % of draws exceed anywhere. */
  threshold: z.number(),
  /**
   * Voxels in clusters larger than by chance, how many clusters those are, and the correlation that clusters are made at; null
   * where voxels have no neighbours.
   */
  clusters: z
    .strictObject({ voxels: z.int(), count: z.int(), threshold: z.number() })
    .nullable()
    .default(null),
});
export type IscFound = z.infer<typeof IscFound>;

export const IscTest = z.strictObject({
  ...IscSettings.shape,
  /** Whether all combinations of signs were tried, so many as `count` says. */
  exact: z.boolean().default(false),
  before: IscFound,
  after: IscFound.nullable(),
});
export type IscTest = z.infer<typeof IscTest>;

/** What is said of how sure a result is. */
export const Statistics = z.strictObject({
  permutations: PermutationSettings.nullable().default(null),
  /** Of the rows held out, voxel by voxel. */
  isc: IscSettings.nullable().default(null),
  /** Of intervals. */
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  /** Whether subjects are also aligned with their times shifted against each other: what alignment gives by itself. */
  shiftedTime: z.boolean().default(true),
});
export type Statistics = z.infer<typeof Statistics>;
