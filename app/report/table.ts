import { escapeHtml } from "./escape-html.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand to the right, with as many digits each. */
  readonly number?: boolean;
}

interface Table {
  readonly caption: string;
  /** What follows the caption, in quiet words. */
  readonly note: string;
  readonly columns: readonly Column[];
  /** Text by row and column; the first cell heads its row. */
  readonly rows: readonly (readonly string[])[];
  readonly foot?: readonly (readonly string[])[];
}

/** A table as HTML; it scrolls by itself where the page is narrower. */
export function htmlTable({ caption, note, columns, rows, foot = [] }: Table): string {
  const classOf = (at: number) => (columns[at]?.number === true ? ` class="number"` : "");
  const rowOf = (cells: readonly string[]) =>
    `<tr>${cells
      .map((cell, at) =>
        at === 0
          ? `<th scope="row"${classOf(at)}>${escapeHtml(cell)}</th>`
          : `<td${classOf(at)}>${escapeHtml(cell)}</td>`,
      )
      .join("")}</tr>`;
  const heads = columns.map(({ title }, at) => `<th scope="col"${classOf(at)}>${escapeHtml(title)}</th>`);
  return [
    `<div class="wide"><table>`,
    `<caption><b>${escapeHtml(caption)}</b> ${escapeHtml(note)}</caption>`,
    `<thead><tr>${heads.join("")}</tr></thead>`,
    `<tbody>${rows.map(rowOf).join("\n")}</tbody>`,
    foot.length === 0 ? "" : `<tfoot>${foot.map(rowOf).join("\n")}</tfoot>`,
    "</table></div>",
  ].join("\n");
}
