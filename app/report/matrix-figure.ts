import { escapeHtml } from "./escape-html.ts";

const SIDE = 320;
const LABEL = 110;
const LONGEST = 16;
/** Numbers are written into cells at least this wide. */
const LEAST_FOR_NUMBERS = 22;
/** Above this shade a number is written in the light colour. */
const DARK = 0.55;

/** A cell as it is drawn. */
export interface MatrixCell {
  /** From −1 to 1. */
  readonly shade: number;
  /** "" where nothing is written in it. */
  readonly text: string;
  readonly told: string;
}

interface MatrixFigure {
  /** Begins the ids in the drawing: one word, its own in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Of the rows, and of the columns. */
  readonly names: readonly string[];
  readonly cell: (row: number, column: number) => MatrixCell;
}

/** A square matrix as an SVG drawing, its names before the rows and under the columns. */
export function matrixFigure({ id, title, description, names, cell }: MatrixFigure): string {
  const size = SIDE / names.length;
  const letters = Math.max(5, Math.min(12, size * 0.8)).toFixed(1);
  const drawn = (row: number, column: number) => {
    const { shade, text, told } = cell(row, column);
    const [x, y] = [LABEL + column * size, row * size];
    const kind = shade < 0 ? "cell low" : "cell";
    const rect = `<rect class="${kind}" x="${px(x + 0.5)}" y="${px(y + 0.5)}" width="${px(size - 1)}" height="${px(size - 1)}" fill-opacity="${Math.abs(shade).toFixed(3)}"><title>${escapeHtml(told)}</title></rect>`;
    if (size < LEAST_FOR_NUMBERS || text === "") return rect;
    return `${rect}<text class="${Math.abs(shade) > DARK ? "count on-dark" : "count"}" x="${px(x + size / 2)}" y="${px(y + size / 2 + 4)}" text-anchor="middle">${escapeHtml(text)}</text>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure matrix" viewBox="0 0 ${LABEL + SIDE + 4} ${SIDE + LABEL}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeHtml(title)}</title>`,
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>`,
    `<rect class="frame" x="${LABEL}" y="0" width="${SIDE}" height="${SIDE}"/>`,
    ...names.map((_, row) => names.map((__, column) => drawn(row, column)).join("")),
    ...names.map((name, at) => {
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
