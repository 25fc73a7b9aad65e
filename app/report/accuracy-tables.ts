import { classifierLabels } from "#app/contract/classifier.ts";
import { type EvaluationResult, type MethodName, methodsShown } from "#app/contract/result.ts";
import { methodLabels } from "./method-labels.ts";
import { count, fixed, meanAndSem } from "./numbers.ts";
import { htmlTable } from "./table.ts";

const NONE = "—";

/** Accuracy by classification, each with its baseline, chance and what it claims. */
export function accuracyTable({ accuracy, reason, chance, predictions, classes }: EvaluationResult): string {
  return htmlTable({
    caption: "Table 1. Classification accuracy.",
    note: "Mean over subjects and its standard error (SEM); tests are the samples classified.",
    columns: [
      { title: "Classification" },
      { title: "Mean (%)", number: true },
      { title: "SEM", number: true },
      { title: "Tests", number: true },
      { title: "Claim, scheme and classifier" },
    ],
    rows: methodsShown(accuracy, reason).map((name) => {
      const found = accuracy[name];
      if (found === null)
        return [methodLabels[name], NONE, NONE, NONE, `Not measured. ${reason[name] ?? ""}`.trim()];
      const { mean, sem, claim, scheme, classifier } = found;
      // Within a subject there is no scheme.
      const how = scheme === null ? "" : `, scheme ${scheme}`;
      return [
        methodLabels[name],
        points(mean),
        points(sem),
        String(predictions[name]?.length ?? 0),
        `${claim}${how}; ${classifierLabels[classifier]}`,
      ];
    }),
    foot: [["Chance", points(chance), "", "", chanceWords(chance, classes.length)]],
  });
}

/** Where folds hold fewer conditions than there are in all, guessing is easier. */
function chanceWords(chance: number, classes: number): string {
  return Math.abs(chance - 1 / classes) < 1e-9
    ? `1 of ${count(classes, "condition")}`
    : `1 of as many conditions as were trained on in each fold, of ${classes} in all`;
}

/** The accuracies of every subject, with what alignment changed. */
export function subjectTable({ accuracy, reason }: EvaluationResult, subjects: readonly string[]): string {
  const methods = methodsShown(accuracy, reason);
  const of = (name: MethodName, subject: string) =>
    accuracy[name]?.perSubject.find((one) => one.subject === subject)?.accuracy ?? null;
  const changes = changesOf({ accuracy }, subjects);
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? NONE : points(value);
  const mean = (values: readonly number[] | null) =>
    values === null ? NONE : points(meanAndSem(values).mean);
  return htmlTable({
    caption: "Table 2. Accuracy of each subject (%).",
    note: "Change: aligned less anatomical, in percentage points.",
    columns: [
      { title: "Subject" },
      ...methods.map((name) => ({ title: methodLabels[name], number: true })),
      { title: "Change", number: true },
    ],
    rows: subjects.map((subject, at) => [
      subject,
      ...methods.map((name) => cell(of(name, subject))),
      cell(changes?.[at]),
    ]),
    foot: [["Mean", ...methods.map((name) => cell(accuracy[name]?.mean)), mean(changes)]],
  });
}

/** In how many subjects alignment raised accuracy, and by how much; "" where nothing was aligned. */
export function changeSentence(result: EvaluationResult, subjects: readonly string[]): string {
  const changes = changesOf(result, subjects);
  if (changes === null) return "";
  const risen = changes.filter((change) => change > 0).length;
  const fallen = changes.filter((change) => change < 0).length;
  const { mean, sem } = meanAndSem(changes);
  return `Alignment raised accuracy in ${risen} of ${count(changes.length, "subject")} and lowered it in ${fallen}; the mean change is ${fixed(100 * mean, 1)} ± ${fixed(100 * sem, 1)} points (SEM).`;
}

function changesOf({ accuracy }: Pick<EvaluationResult, "accuracy">, subjects: readonly string[]) {
  const { anatomical, aligned } = accuracy;
  if (anatomical === null || aligned === null) return null;
  return subjects.map((subject) => {
    const of = ({ perSubject }: typeof anatomical) =>
      perSubject.find((one) => one.subject === subject)?.accuracy ?? Number.NaN;
    return of(aligned) - of(anatomical);
  });
}

function points(fraction: number): string {
  return fixed(100 * fraction, 1);
}
