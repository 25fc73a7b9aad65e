import { z } from "zod";
import { Claim, Scheme } from "./claim.ts";
import { ClassifierName } from "./classifier.ts";
import { Cleaning, noCleaning } from "./cleaning.ts";
import { GridShape } from "./maps.ts";
import { SearchlightResult } from "./searchlight.ts";
import { ConditionTable, Similarity } from "./similarity.ts";
import { Effect, IscTest, Permutations } from "./statistics.ts";

/** What a method reached: accuracies as fractions, the standard error over subjects (ddof 1). */
export const Accuracy = z.strictObject({
  mean: z.number(),
  sem: z.number(),
  perSubject: z.array(z.strictObject({ subject: z.string(), accuracy: z.number() })).readonly(),
  claim: Claim,
  /** By Student's t, as if subjects were independent; of the confidence that the Plan asks for. */
  interval: z.tuple([z.number(), z.number()]).readonly().nullable().default(null),
  /** Within a subject there is no scheme. */
  scheme: Scheme.nullable(),
  classifier: ClassifierName,
});
export type Accuracy = z.infer<typeof Accuracy>;

/** "shifted": aligned with the subjects' times shifted against each other, so that nothing corresponds. */
export const methodNames = ["within", "anatomical", "shifted", "aligned"] as const;
export type MethodName = (typeof methodNames)[number];

/** One tested sample: `row` counts the samples to classify of a subject, labels count `classes`. */
export const Prediction = z.strictObject({
  fold: z.string(),
  subject: z.string(),
  row: z.int(),
  label: z.int(),
  predicted: z.int(),
});
export type Prediction = z.infer<typeof Prediction>;

/** How a method's parameters were chosen in a fold, on the rows aligned on alone. */
export const Choice = z.strictObject({
  /** Rows of the time segments that were matched. */
  segment: z.int(),
  /** Each candidate and the share of segments that it matched. */
  tried: z
    .array(z.strictObject({ parameters: z.record(z.string(), z.unknown()), score: z.number() }))
    .readonly(),
  parameters: z.record(z.string(), z.unknown()),
});
export type Choice = z.infer<typeof Choice>;

/** How a fit went from iteration to iteration: "log-likelihood", and its value after each. */
export const FitCourse = z.strictObject({ quantity: z.string(), values: z.array(z.number()).readonly() });
export type FitCourse = z.infer<typeof FitCourse>;

const Scores = z.strictObject({
  mean: z.number(),
  /** Over subjects (ddof 1). */
  sem: z.number(),
  perSubject: z.array(z.strictObject({ subject: z.string(), score: z.number() })).readonly(),
});
/** A number of each subject, on anatomical alignment and after functional alignment. */
export type Scores = z.infer<typeof Scores>;

const beforeAndAfter = { anatomical: Scores, shifted: Scores.nullable().default(null), aligned: Scores };

const TakenFor = z.array(z.array(z.int()).readonly()).readonly();

const byMethod = <T extends z.ZodType>(of: T) =>
  z.strictObject({
    within: of.exactOptional(),
    anatomical: of.exactOptional(),
    shifted: of.exactOptional(),
    aligned: of.exactOptional(),
  });

/** The methods that were measured, or that there is a reason to miss. */
export function methodsShown(
  found: Readonly<Record<MethodName, unknown>>,
  reason: Readonly<Partial<Record<MethodName, string>>>,
): MethodName[] {
  return methodNames.filter((name) => found[name] !== null || reason[name] !== undefined);
}

/** The numbers of a run: the same bytes for the same Plan, whoever ran it and with however many workers. */
export const EvaluationResult = z.strictObject({
  accuracy: z.strictObject({
    within: Accuracy.nullable(),
    anatomical: Accuracy.nullable(),
    shifted: Accuracy.nullable().default(null),
    aligned: Accuracy.nullable(),
  }),
  /** Why an accuracy is null. */
  reason: byMethod(z.string()),
  /** Between subjects: the mean, over the samples tested, of one in so many conditions as were trained on. */
  chance: z.number(),
  classes: z.array(z.string()).readonly(),
  /** The rows of a subject that each fold aligns on, and the labelled ones that it tests; whom alone it tests, if one. */
  folds: z
    .array(
      z.strictObject({
        fold: z.string(),
        aligned: z.int(),
        tested: z.int(),
        newcomer: z.string().nullable(),
      }),
    )
    .readonly()
    .default([]),
  /** Sentences of what a reader should know: conditions that are unbalanced, or that could not be tested. */
  remarks: z.array(z.string()).readonly().default([]),
  /** Counts, true class by predicted class. */
  confusion: byMethod(z.array(z.array(z.number()).readonly()).readonly()),
  predictions: byMethod(z.array(Prediction).readonly()),
  /** Accuracy of telling two conditions apart, mean over pairs; and condition by condition, mean over subjects. */
  pairs: byMethod(z.strictObject({ ...Scores.shape, table: ConditionTable }))
    .nullable()
    .default(null),
  permutations: Permutations.nullable().default(null),
  /** Of accuracy; null where either is missing. */
  effect: Effect.nullable().default(null),
  /** How alike patterns of conditions are, within and between subjects; null where nothing was aligned. */
  similarity: Similarity.nullable().default(null),
  /** Correlations between subjects, voxel by voxel, against chance. */
  iscTest: IscTest.nullable().default(null),
  /** Accuracy between subjects in spheres around voxels, in a few numbers: the maps hold it sphere by sphere. */
  searchlight: SearchlightResult.nullable().default(null),
  /** Share of time segments of `length` rows that were matched to the others' in the runs tested. */
  timeSegments: z
    .strictObject({
      length: z.int(),
      segments: z.int(),
      chance: z.number(),
      ...beforeAndAfter,
      /** The first row of each segment, counted over the rows of the maps. */
      starts: z.array(z.int()).readonly().default([]),
      /** Of each subject the first row of what each segment was taken for; −1 of one that is flat. */
      taken: z
        .strictObject({ anatomical: TakenFor, shifted: TakenFor.nullable(), aligned: TakenFor })
        .nullable()
        .default(null),
    })
    .nullable()
    .default(null),
  /** Of each fold whose parameters were chosen inside it. */
  choices: z
    .array(z.strictObject({ fold: z.string(), ...Choice.shape }))
    .readonly()
    .default([]),
  /** Of each fold whose method goes on until something is as good as it gets: that quantity after each iteration. */
  fitCourses: z
    .array(z.strictObject({ fold: z.string(), ...FitCourse.shape }))
    .readonly()
    .default([]),
  /** Correlation of a subject's rows in the runs tested with the others' mean: over the columns compared. */
  isc: z.strictObject(beforeAndAfter).nullable().default(null),
  /** The same with each other subject; of patterns over the columns, row by row; and Cronbach's alpha over subjects. */
  likeness: z
    .strictObject({
      pairwise: z.strictObject(beforeAndAfter),
      spatial: z.strictObject(beforeAndAfter),
      alpha: z.strictObject({
        anatomical: z.number(),
        shifted: z.number().nullable(),
        aligned: z.number(),
      }),
    })
    .nullable()
    .default(null),
  /** Inter-subject functional connectivity: correlation of a subject's patch with the others' of another, mean over subjects. */
  connectivity: z
    .strictObject({
      patches: z
        .array(
          z.strictObject({
            centreMm: z.tuple([z.number(), z.number(), z.number()]).readonly(),
            voxels: z.int(),
          }),
        )
        .readonly(),
      before: ConditionTable,
      after: ConditionTable.nullable(),
    })
    .nullable()
    .default(null),
  /** How well the rows held out of a subject are foretold from the others', mean over voxels, where that is asked for. */
  reconstruction: z
    .strictObject({
      r2: z.strictObject(beforeAndAfter),
      eta: z.strictObject(beforeAndAfter),
      correlation: z.strictObject(beforeAndAfter),
    })
    .nullable()
    .default(null),
});
export type EvaluationResult = z.infer<typeof EvaluationResult>;

/** What was done to the data before alignment, for the reader of the results. */
export const Preparation = z.strictObject({
  subjects: z.array(z.string()).readonly(),
  voxels: z.int(),
  grid: GridShape,
  /** What the labels of the Plan's region are called, in its order. */
  regionNames: z.array(z.string()).readonly().default([]),
  /** Voxels left out, in any subject or run. */
  dropped: z.strictObject({ constant: z.int(), nonFinite: z.int() }),
  /** What was done to at least one image. */
  cleaning: Cleaning.default(noCleaning),
  /** Sentences: rows trimmed, masks resampled, events left out, what was not done again. */
  trims: z.array(z.string()).readonly(),
  rows: z.strictObject({ align: z.int(), classify: z.int() }),
  /** The run and onset (s from its start) of each sample to classify. */
  samples: z
    .array(z.strictObject({ run: z.string(), onset: z.number(), label: z.string().nullable() }))
    .readonly(),
});
export type Preparation = z.infer<typeof Preparation>;
