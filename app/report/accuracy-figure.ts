import { type EvaluationResult, methodsShown } from "#app/contract/result.ts";
import { axisLabels, methodLabels } from "./method-labels.ts";
import { fixed, percent } from "./numbers.ts";
import { subjectDots } from "./subject-dots.ts";

/** Accuracies as an SVG drawing: subjects as dots joined across the classifications, chance as a dashed line. */
export function accuracyFigure({ accuracy, chance, reason }: EvaluationResult): string {
  const methods = methodsShown(accuracy, reason);
  const made = methods.flatMap((name) => accuracy[name] ?? []);
  const subjects = made[0]?.perSubject.map(({ subject }) => subject) ?? [];
  const told = methods.map((name) => {
    const found = accuracy[name];
    if (found === null) return `${methodLabels[name]}: not measured.`;
    return `${methodLabels[name]}: mean ${percent(found.mean)}, standard error ${percent(found.sem)}.`;
  });
  return subjectDots({
    id: "accuracy",
    title: `Classification accuracy of ${subjects.length} subjects`,
    description: `${told.join(" ")} Chance: ${percent(chance)}.`,
    axis: "Accuracy (%)",
    subjects,
    columns: methods.map((name) => ({
      name,
      label: axisLabels[name],
      values:
        accuracy[name] === null
          ? null
          : subjects.map(
              (subject) =>
                accuracy[name]?.perSubject.find((one) => one.subject === subject)?.accuracy ?? Number.NaN,
            ),
      ...(reason[name] !== undefined && { reason: reason[name] }),
    })),
    line: { value: chance, label: `chance ${percent(chance)}` },
    write: (value) => fixed(100 * value, Number.isInteger(Math.round(1e6 * value) / 1e4) ? 0 : 1),
  });
}
