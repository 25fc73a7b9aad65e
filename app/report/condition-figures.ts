import type { EvaluationResult } from "#app/contract/result.ts";
import { type ConditionTable, dissimilarityLabels } from "#app/contract/similarity.ts";
import { escapeHtml } from "./escape-html.ts";
import { matrixFigure } from "./matrix-figure.ts";
import { fixed } from "./numbers.ts";

interface Pair {
  readonly id: string;
  readonly what: string;
  readonly caption: string;
  readonly before: ConditionTable;
  readonly after: ConditionTable | null;
  /** The value without colour, and how far from it the scale ends. */
  readonly zero: number;
  readonly most: number;
}

/** How alike conditions are and how well they are told apart, before and after, drawn; "" where neither was seen. */
export function conditionFigures(result: EvaluationResult): string {
  const pairs = pairsOf(result);
  if (pairs.length === 0) return "";
  return `<h2>Conditions two by two</h2>\n${pairs.map((one) => both(one, result.classes)).join("\n")}\n${modelTable(result)}`;
}

function pairsOf({ similarity, pairs }: EvaluationResult): Pair[] {
  const found: Pair[] = [];
  if (similarity !== null) {
    const { anatomical, aligned, dissimilarity } = similarity;
    const scale = (tables: readonly ConditionTable[]) => ({
      zero: 0,
      most: Math.max(1e-6, ...tables.flat(2).map((value) => Math.abs(value ?? 0))),
    });
    found.push(
      {
        id: "between",
        what: "Correlation between subjects",
        caption:
          "of a subject’s mean pattern of the condition in the row with another subject’s of that in the column, over all pairs of subjects.",
        before: anatomical.between,
        after: aligned.between,
        ...scale([anatomical.between, aligned.between]),
      },
      {
        id: "dissimilarity",
        what: "Dissimilarity within subjects",
        caption: `of two conditions’ mean patterns by ${dissimilarityLabels[dissimilarity]}, mean over subjects.`,
        before: anatomical.dissimilarity,
        after: aligned.dissimilarity,
        ...scale([anatomical.dissimilarity, aligned.dissimilarity]),
      },
    );
  }
  if (pairs?.anatomical !== undefined) {
    found.push({
      id: "apart",
      what: "Accuracy of pairs",
      caption:
        "between subjects: how often two conditions are told apart by a classifier of these two alone; chance, without colour, is one half.",
      before: pairs.anatomical.table,
      after: pairs.aligned?.table ?? null,
      zero: 0.5,
      most: 0.5,
    });
  }
  return found;
}

function both({ id, what, caption, before, after, zero, most }: Pair, names: readonly string[]): string {
  const drawn = (table: ConditionTable, side: string) => `<figure>
${matrixFigure({
  id: `${id}-${side}`,
  title: `${what} ${side} alignment`,
  description: `${what} of ${names.length} conditions ${side} alignment.`,
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
<figcaption>${side === "before" ? "Before alignment" : "After alignment"}</figcaption>
</figure>`;
  return `<div class="matrices">${[drawn(before, "before"), ...(after === null ? [] : [drawn(after, "after")])].join("\n")}</div>
<p class="quiet"><b>${what}</b> ${escapeHtml(caption)}</p>`;
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
