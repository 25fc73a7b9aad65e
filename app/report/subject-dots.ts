import { escapeHtml } from "./escape-html.ts";
import { meanAndSem } from "./numbers.ts";

const WIDTH = 560;
const HEIGHT = 300;
const MARGIN = { left: 56, right: 12, top: 16, bottom: 48 };
const TICKS = 5;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5];

export interface DotColumn {
  /** The dots' class in the style. */
  readonly name: string;
  readonly label: readonly [string, string];
  /** A value of each subject, in the order of `subjects`; null where there is none: then `reason` stands there. */
  readonly values: readonly number[] | null;
  readonly reason?: string;
}

interface DotFigure {
  /** Begins the ids in the drawing: one word, its own in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly axis: string;
  readonly subjects: readonly string[];
  readonly columns: readonly DotColumn[];
  /** A dashed line across, with its words. */
  readonly line: { readonly value: number; readonly label: string } | null;
  readonly write: (value: number) => string;
}

/** Each subject a dot in every column, joined across columns; beside them the mean with its standard error. */
export function subjectDots(figure: DotFigure): string {
  const { id, columns, subjects, line, write } = figure;
  const drawn = columns.flatMap(({ values }) => values ?? []);
  const { bottom, top, step } = rangeOf([...drawn, ...(line === null ? [] : [line.value])]);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - ((value - bottom) / (top - bottom)) * (HEIGHT - MARGIN.bottom - MARGIN.top);
  const width = (WIDTH - MARGIN.left - MARGIN.right) / columns.length;
  const x = (column: number) => MARGIN.left + (column + 0.5) * width;
  const made = columns.flatMap(({ values }, at) => (values === null ? [] : [{ at, values }]));
  const right = WIDTH - MARGIN.right;
  const grid = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, at) => bottom + at * step);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeHtml(figure.title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(figure.description)}</desc>`,
    ...grid.map(
      (tick) =>
        `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>` +
        `<text class="tick" x="${MARGIN.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${escapeHtml(write(tick))}</text>`,
    ),
    `<text class="axis" transform="translate(12 ${px(y((top + bottom) / 2))}) rotate(-90)" text-anchor="middle">${escapeHtml(figure.axis)}</text>`,
    ...subjects.map((_, subject) => {
      const points = made.map(({ at, values }) => `${px(x(at))},${px(y(values[subject] as number))}`);
      return `<polyline class="join" points="${points.join(" ")}"/>`;
    }),
    ...made.flatMap(({ at, values }) =>
      values.map(
        (value, subject) =>
          `<circle class="dot ${columns[at]?.name}" cx="${px(x(at))}" cy="${px(y(value))}" r="4"><title>${escapeHtml(`${subjects[subject]}: ${write(value)}`)}</title></circle>`,
      ),
    ),
    ...made.map(({ at, values }) => {
      const { mean, sem } = meanAndSem(values);
      const place = x(at) + 20;
      const bar = Number.isFinite(sem)
        ? `<line class="sem" x1="${px(place)}" x2="${px(place)}" y1="${px(y(mean - sem))}" y2="${px(y(mean + sem))}"/>`
        : "";
      return `${bar}<line class="mean" x1="${px(place - 7)}" x2="${px(place + 7)}" y1="${px(y(mean))}" y2="${px(y(mean))}"/><text class="value" x="${px(place + 11)}" y="${px(y(mean) + 4)}">${escapeHtml(write(mean))}</text>`;
    }),
    line === null
      ? ""
      : `<line class="chance" x1="${MARGIN.left}" x2="${right}" y1="${px(y(line.value))}" y2="${px(y(line.value))}"/>` +
        `<text class="tick" x="${right}" y="${px(y(line.value) - 5)}" text-anchor="end">${escapeHtml(line.label)}</text>`,
    ...columns.flatMap(({ label, values, reason }, at) => [
      ...label.map(
        (words, row) =>
          `<text class="label" x="${px(x(at))}" y="${HEIGHT - 28 + 15 * row}" text-anchor="middle">${escapeHtml(words)}</text>`,
      ),
      values === null
        ? `<text class="tick" x="${px(x(at))}" y="${px(y((top + bottom) / 2))}" text-anchor="middle">not measured<title>${escapeHtml(reason ?? "")}</title></text>`
        : "",
    ]),
    "</svg>",
  ].join("\n");
}

/** An axis from 0 (or below) to a round value above all, in at most some five steps. */
function rangeOf(values: readonly number[]): { bottom: number; top: number; step: number } {
  const [least, most] = [Math.min(0, ...values), Math.max(0.01, ...values)];
  const step = STEPS.find((one) => (most - least) / one <= TICKS) ?? 1;
  return { bottom: step * Math.floor(least / step), top: step * Math.ceil(most / step - 1e-9), step };
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
