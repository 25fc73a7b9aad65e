/** What a method reached: accuracies as fractions, the standard error over subjects (ddof 1). */
export interface Accuracy {
  readonly mean: number;
  readonly sem: number;
  readonly perSubject: readonly { readonly subject: string; readonly accuracy: number }[];
  /** "same subjects, new data": the tested subject took part in building the common space, from other runs. */
  readonly claim: "same subjects, new data";
  /** A: the classifier was trained on the other subjects' test run. Within a subject there is no scheme. */
  readonly scheme: "A" | null;
  readonly classifier: string;
}

export type MethodName = "within" | "anatomical" | "aligned";

/** One tested sample: `row` counts the samples to classify of a subject, labels count `classes`. */
export interface Prediction {
  readonly fold: string;
  readonly subject: string;
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
}

/** The numbers of a run: the same bytes for the same Plan, whoever ran it and with however many workers. */
export interface EvaluationResult {
  readonly accuracy: Readonly<Record<MethodName, Accuracy | null>>;
  /** Why an accuracy is null. */
  readonly reason: Readonly<Partial<Record<MethodName, string>>>;
  readonly chance: number;
  readonly classes: readonly string[];
  /** Counts, true class by predicted class. */
  readonly confusion: Readonly<Partial<Record<MethodName, readonly (readonly number[])[]>>>;
  readonly predictions: Readonly<Partial<Record<MethodName, readonly Prediction[]>>>;
}
