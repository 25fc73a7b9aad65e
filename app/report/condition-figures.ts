import { type Tables, tablesOf } from "#app/contract/condition-tables.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { ConditionTable } from "#app/contract/similarity.ts";
import { escapeHtml } from "./escape-html.ts";
import { matrixFigure } from "./matrix-figure.ts";
import { fixed } from "./numbers.ts";

/** What was found two by two, before and after, drawn; "" where nothing was. */
export function conditionFigures(result: EvaluationResult): string {
  const tables = tablesOf(result);
  if (tables.length === 0) return "";
  return `<h2>Conditions two by two</h2>\n${tables.map(both).join("\n")}\n${modelTable(result)}`;
}

function both({ name, file, note, names, before, after, zero, most, told }: Tables): string {
  const drawn = (table: ConditionTable, side: "before" | "after") => `<figure>
${matrixFigure({
  id: `${file}-${side}`,
  title: `${name} ${side} alignment`,
  description: `${name}, ${names.length} by ${names.length}, ${side} alignment.`,
  names,
  cell: (row, column) => {
    const value = table[row]?.[column] ?? null;
    const words = value === null ? "" : fixed(value, 2).replace(/^(−?)0\./, "$1.");
    return {
      shade: value === null ? 0 : Math.max(-1, Math.min(1, (value - zero) / most)),
      text: words,
      told: `${names[row]} with ${names[column]}: ${value === null ? "never together" : fixed(value, 3)}`,
    };
  },
})}
<figcaption>${side === "before" ? "Before alignment" : "After alignment"}. ${escapeHtml(told[side])}</figcaption>
</figure>`;
  return `<div class="matrices">${[drawn(before, "before"), ...(after === null ? [] : [drawn(after, "after")])].join("\n")}</div>
<p class="quiet"><b>${escapeHtml(name)}.</b> ${escapeHtml(note)}</p>`;
}

/** Models beside the noise ceiling; "" where there are none. */
function modelTable({ similarity }: EvaluationResult): string {
  const models = similarity?.anatomical.models ?? [];
  if (similarity === null || models.length === 0) return "";
  const mean = (values: readonly (number | null)[]) => {
    const found = values.filter((value) => value !== null);
    return found.length === 0 ? "—" : fixed(found.reduce((sum, value) => sum + value, 0) / found.length, 2);
  };
  const ceiling = ({ agreement }: typeof similarity.aligned) =>
    agreement === null ? "—" : `${mean(agreement.lower)} to ${mean(agreement.upper)}`;
  const rows = models.map(
    ({ name, perSubject }, at) =>
      `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${mean(perSubject)}</td><td class="number">${mean(similarity.aligned.models[at]?.perSubject ?? [])}</td></tr>`,
  );
  return `<div class="wide"><table>
<caption><b>Models.</b> Spearman’s correlation of each subject’s dissimilarities with the model’s, mean over subjects.</caption>
<thead><tr><th scope="col">Model</th><th scope="col" class="number">Before</th><th scope="col" class="number">After</th></tr></thead>
<tbody>${rows.join("\n")}</tbody>
<tfoot><tr><th scope="row">Noise ceiling</th><td class="number">${ceiling(similarity.anatomical)}</td><td class="number">${ceiling(similarity.aligned)}</td></tr></tfoot>
</table></div>`;
}
