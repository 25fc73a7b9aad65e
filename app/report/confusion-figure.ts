import { escapeHtml } from "./escape-html.ts";
import { percent } from "./numbers.ts";

const SIDE = 320;
const LABEL = 110;
const LONGEST = 16;
/** Counts are written into cells at least this wide. */
const LEAST_FOR_COUNTS = 22;
/** Above this share the count is written in the light colour. */
const DARK = 0.55;

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
  const size = SIDE / classes.length;
  const letters = Math.max(5, Math.min(12, size * 0.8)).toFixed(1);
  const share = (label: number, predicted: number) => {
    const row = counts[label] ?? [];
    const total = row.reduce((sum, value) => sum + value, 0);
    return total === 0 ? 0 : (row[predicted] ?? 0) / total;
  };
  const best = classes.map((_, at) => share(at, at));
  const mean = best.reduce((sum, value) => sum + value, 0) / best.length;
  const cell = (label: number, predicted: number) => {
    const count = counts[label]?.[predicted] ?? 0;
    const part = share(label, predicted);
    const told = `${classes[label]} taken for ${classes[predicted]}: ${count} (${percent(part)})`;
    const [x, y] = [LABEL + predicted * size, label * size];
    const rect = `<rect class="cell" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="${px(size - 1)}" height="${px(size - 1)}" fill-opacity="${part.toFixed(3)}"><title>${escapeHtml(told)}</title></rect>`;
    if (size < LEAST_FOR_COUNTS || count === 0) return rect;
    return `${rect}<text class="${part > DARK ? "count on-dark" : "count"}" x="${px(x + size / 2)}" y="${px(y + size / 2 + 4)}" text-anchor="middle">${count}</text>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure matrix" viewBox="0 0 ${LABEL + SIDE + 4} ${SIDE + LABEL}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(`${classes.length} classes; on average ${percent(mean)} of the samples of a class are told right, ${percent(Math.min(...best))} of the worst and ${percent(Math.max(...best))} of the best.`)}</desc>`,
    `<rect class="frame" x="${LABEL}" y="0" width="${SIDE}" height="${SIDE}"/>`,
    ...classes.map((_, label) => classes.map((_, predicted) => cell(label, predicted)).join("")),
    ...classes.map((name, at) => {
      const words = `<title>${escapeHtml(name)}</title>${escapeHtml(short(name))}`;
      const middle = (at + 0.5) * size;
      return (
        `<text class="tick" font-size="${letters}" x="${LABEL - 6}" y="${px(middle + 4)}" text-anchor="end">${words}</text>` +
        `<text class="tick" font-size="${letters}" transform="translate(${px(LABEL + middle + 3)} ${SIDE + 10}) rotate(-55)" text-anchor="end">${words}</text>`
      );
    }),
    "</svg>",
  ].join("\n");
}

function short(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : name;
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
