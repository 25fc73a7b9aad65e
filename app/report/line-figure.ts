import { scaleLinear } from "d3-scale";
import { escapeHtml } from "./escape-html.ts";

const WIDTH = 560;
const HEIGHT = 260;
const MARGIN = { left: 72, right: 12, top: 12, bottom: 56 };
const TICKS = 5;
/** Names below the axis need so many pixels each. */
const APART = 44;
/** From here on ticks are written in thousands, millions and so on: "12.3M". */
const LARGE = 1e4;

export interface FigureLine {
  readonly name: string;
  readonly values: readonly number[];
  /** The place with a ring, if one has one. */
  readonly marked: number | null;
}

interface LineFigure {
  /** Begins the ids in the drawing: one word, its own in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What the places are, and what stands at each, from left to right. */
  readonly across: string;
  readonly places: readonly string[];
  readonly axis: string;
  readonly lines: readonly FigureLine[];
}

/** Some lines over the same places as an SVG drawing; a ring where one is marked. */
export function lineFigure({ id, title, description, across, places, axis, lines }: LineFigure): string {
  const all = lines.flatMap(({ values }) => values);
  const y = scaleLinear([Math.min(...all), Math.max(...all)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(
    TICKS,
  );
  const right = WIDTH - MARGIN.right;
  const width = right - MARGIN.left;
  const x = (place: number) => px(MARGIN.left + ((place + 0.5) * width) / places.length);
  const at = (value: number) => px(y(value));
  const every = Math.max(1, Math.ceil((places.length * APART) / width));
  const format = y.tickFormat(TICKS, Math.max(...all.map(Math.abs)) >= LARGE ? "~s" : undefined);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>`,
    ...y
      .ticks(TICKS)
      .map(
        (tick) =>
          `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${at(tick)}" y2="${at(tick)}"/>` +
          `<text class="tick" x="${MARGIN.left - 8}" y="${at(tick)}" dy="4" text-anchor="end">${escapeHtml(format(tick))}</text>`,
      ),
    `<text class="axis" transform="translate(12 ${px((HEIGHT - MARGIN.bottom + MARGIN.top) / 2)}) rotate(-90)" text-anchor="middle">${escapeHtml(axis)}</text>`,
    `<text class="axis" x="${px(MARGIN.left + width / 2)}" y="${HEIGHT - 8}" text-anchor="middle">${escapeHtml(across)}</text>`,
    ...places.map((name, place) =>
      place % every === 0
        ? `<text class="tick" x="${x(place)}" y="${HEIGHT - MARGIN.bottom + 16}" text-anchor="middle">${escapeHtml(name)}</text>`
        : "",
    ),
    ...lines.flatMap(({ name, values, marked }) => [
      `<polyline class="join" points="${values.map((value, place) => `${x(place)},${at(value)}`).join(" ")}"/>`,
      ...values.map(
        (value, place) =>
          `<circle class="dot aligned" cx="${x(place)}" cy="${at(value)}" r="2.5"><title>${escapeHtml(`${name}, ${places[place]}: ${value}`)}</title></circle>`,
      ),
      marked === null || values[marked] === undefined
        ? ""
        : `<circle class="ring" cx="${x(marked)}" cy="${at(values[marked])}" r="6"/>`,
    ]),
    "</svg>",
  ].join("\n");
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
