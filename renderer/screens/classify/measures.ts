import { type EvaluationResult, type MethodName, methodNames, type Scores } from "#app/contract/result.ts";

/** What subjects reached by each method, to be drawn alike whatever was measured. */
export interface Measure {
  readonly name: string;
  /** Of the axis, and of a table's file. */
  readonly quantity: string;
  readonly chance: number | null;
  readonly byMethod: Readonly<Record<MethodName, MethodScores | null>>;
  /** What the bars are. */
  readonly bars: string;
  /** What a reader must know to compare the methods; "" where they compare as they stand. */
  readonly note: string;
  /** Why a method has none. */
  readonly reason: Readonly<Partial<Record<MethodName, string>>>;
}

export interface MethodScores {
  readonly mean: number;
  /** The ends of its bar. */
  readonly low: number;
  readonly high: number;
  readonly perSubject: readonly { readonly subject: string; readonly value: number }[];
}

/** Accuracy first; then what else was measured of the held-out rows. */
export function measuresOf(result: EvaluationResult): Measure[] {
  const { accuracy, reason, chance, timeSegments, pairs } = result;
  const accuracies = Object.fromEntries(
    methodNames.map((method) => {
      const found = accuracy[method];
      return [
        method,
        found && {
          mean: found.mean,
          low: found.interval?.[0] ?? found.mean - found.sem,
          high: found.interval?.[1] ?? found.mean + found.sem,
          perSubject: found.perSubject.map((one) => ({ subject: one.subject, value: one.accuracy })),
        },
      ];
    }),
  ) as Measure["byMethod"];
  const between = (scores: { anatomical: Scores; shifted: Scores | null; aligned: Scores }) => ({
    within: null,
    anatomical: scoresOf(scores.anatomical),
    shifted: scores.shifted && scoresOf(scores.shifted),
    aligned: scoresOf(scores.aligned),
  });
  return [
    {
      name: "Accuracy",
      quantity: "accuracy",
      chance,
      note: "",
      bars: accuracyBars(accuracy),
      byMethod: accuracies,
      reason,
    },
    ...(pairs === null
      ? []
      : [
          {
            name: "Pairs of conditions",
            quantity: "accuracy of pairs",
            chance: 0.5,
            note: "Every two conditions by a classifier of their own, averaged over pairs.",
            bars: SEM_BARS,
            byMethod: {
              within: pairs.within === undefined ? null : scoresOf(pairs.within),
              anatomical: pairs.anatomical === undefined ? null : scoresOf(pairs.anatomical),
              shifted: pairs.shifted === undefined ? null : scoresOf(pairs.shifted),
              aligned: pairs.aligned === undefined ? null : scoresOf(pairs.aligned),
            },
            reason,
          },
        ]),
    ...(timeSegments === null
      ? []
      : [
          {
            name: "Time segments",
            quantity: "segments matched",
            chance: timeSegments.chance,
            note: "",
            bars: SEM_BARS,
            byMethod: between(timeSegments),
            reason: { within: "Segments are matched with those of the other subjects." },
          },
        ]),
    ...correlations(result).map(({ scores, ...told }) => ({
      ...told,
      chance: null,
      bars: SEM_BARS,
      byMethod: between(scores),
    })),
  ];
}

interface Correlation extends Pick<Measure, "name" | "quantity" | "note" | "reason"> {
  readonly scores: { anatomical: Scores; shifted: Scores | null; aligned: Scores };
}

const WITH_OTHERS = { within: "Correlation is with the other subjects." };
const COLUMNS =
  "Averaged over voxels on anatomy, over the common space's columns after alignment: components don't compare with voxels.";
const OWN_VOXELS =
  "Of samples held out, in the subject's own voxels: on anatomy the others' mean in the same voxels, after alignment what the common space makes of them.";

/** What else was measured between subjects, of rows held out. */
function correlations({ isc, likeness, reconstruction }: EvaluationResult): Correlation[] {
  const reason = WITH_OTHERS;
  const foretold = { reason: { within: "A subject is foretold from the others." }, note: OWN_VOXELS };
  return [
    ...(isc === null
      ? []
      : [
          {
            name: "ISC",
            quantity: "correlation",
            note: [COLUMNS, ...(likeness === null ? [] : [alphaText(likeness.alpha)])].join(" "),
            reason,
            scores: isc,
          },
        ]),
    ...(likeness === null
      ? []
      : [
          {
            name: "ISC in pairs",
            quantity: "correlation in pairs",
            note: COLUMNS,
            reason,
            scores: likeness.pairwise,
          },
          {
            name: "Spatial ISC",
            quantity: "correlation of patterns",
            note: "Of each sample's pattern over columns with the others' mean, averaged over samples.",
            reason,
            scores: likeness.spatial,
          },
        ]),
    ...(reconstruction === null
      ? []
      : [
          { name: "Foretold, R²", quantity: "R²", scores: reconstruction.r2, ...foretold },
          { name: "Foretold, η²", quantity: "η²", scores: reconstruction.eta, ...foretold },
          {
            name: "Foretold, correlation",
            quantity: "correlation with what was foretold",
            scores: reconstruction.correlation,
            ...foretold,
          },
        ]),
  ];
}

/** "Cronbach's α over subjects: .21 on anatomy, .55 after alignment." */
function alphaText({ anatomical, aligned }: NonNullable<EvaluationResult["likeness"]>["alpha"]): string {
  return `Cronbach's α over subjects: ${anatomical.toFixed(2)} on anatomy, ${aligned.toFixed(2)} after alignment.`;
}

const SEM_BARS = "mean ± SEM over subjects";

/** Runs of before intervals were made have standard errors. */
function accuracyBars({ aligned, anatomical }: EvaluationResult["accuracy"]): string {
  return (aligned ?? anatomical)?.interval ? "mean with its interval over subjects" : SEM_BARS;
}

/** A subject's value by a method; null where the method or the subject's part in it is missing. */
export function subjectValue({ byMethod }: Measure, method: MethodName, subject: string): number | null {
  return byMethod[method]?.perSubject.find((one) => one.subject === subject)?.value ?? null;
}

/** The ends of an axis that holds zero, every dot, every mean with its bar, and chance: tenths within ±1. */
export function rangeOf({ byMethod, chance }: Measure): [number, number] {
  const values = methodNames.flatMap((method) => {
    const found = byMethod[method];
    if (found === null) return [];
    return [found.low, found.high, ...found.perSubject.map(({ value }) => value)];
  });
  const most = Math.max(chance ?? 0, ...values);
  const least = Math.min(0, ...values);
  return [Math.max(-1, Math.floor(least * 10) / 10), Math.min(1, Math.ceil(most * 10 + 0.5) / 10)];
}

function scoresOf({ mean, sem, perSubject }: Pick<Scores, "mean" | "sem" | "perSubject">): MethodScores {
  return {
    mean,
    low: mean - sem,
    high: mean + sem,
    perSubject: perSubject.map(({ subject, score }) => ({ subject, value: score })),
  };
}
