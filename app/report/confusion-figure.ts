import { matrixFigure } from "./matrix-figure.ts";
import { percent } from "./numbers.ts";

interface Confusion {
  /** Begins the ids in the drawing: one word, its own in the page. */
  readonly id: string;
  readonly title: string;
  readonly classes: readonly string[];
  /** Samples, true class by predicted class. */
  readonly counts: readonly (readonly number[])[];
}

/** A confusion matrix as an SVG drawing: rows are true classes, columns predicted ones, shade the share of a row. */
export function confusionFigure({ id, title, classes, counts }: Confusion): string {
  const share = (label: number, predicted: number) => {
    const row = counts[label] ?? [];
    const total = row.reduce((sum, value) => sum + value, 0);
    return total === 0 ? 0 : (row[predicted] ?? 0) / total;
  };
  const best = classes.map((_, at) => share(at, at));
  const mean = best.reduce((sum, value) => sum + value, 0) / best.length;
  return matrixFigure({
    id,
    title,
    description: `${classes.length} classes; on average ${percent(mean)} of the samples of a class are told right, ${percent(Math.min(...best))} of the worst and ${percent(Math.max(...best))} of the best.`,
    names: classes,
    cell: (label, predicted) => {
      const count = counts[label]?.[predicted] ?? 0;
      const part = share(label, predicted);
      return {
        shade: part,
        text: count === 0 ? "" : String(count),
        told: `${classes[label]} taken for ${classes[predicted]}: ${count} (${percent(part)})`,
      };
    },
  });
}
