import { type Reference, referenceLine } from "#app/contract/references.ts";
import { type EvaluationResult, methodNames } from "#app/contract/result.ts";
import {
  iscTestSentence,
  meaningSentence,
  permutationSentence,
  resultSentence,
} from "#app/contract/result-sentence.ts";
import { accuracyFigure } from "./accuracy-figure.ts";
import { accuracyTable, changeSentence, subjectTable } from "./accuracy-tables.ts";
import { conditionFigures } from "./condition-figures.ts";
import { confusionFigure } from "./confusion-figure.ts";
import { dataNotes } from "./data-notes.ts";
import { drawsFigure } from "./draws-figure.ts";
import { escapeHtml } from "./escape-html.ts";
import { fitFigures } from "./fit-figures.ts";
import { iscFigure } from "./isc-figure.ts";
import { methodLabels } from "./method-labels.ts";
import { methodsText } from "./methods-text.ts";
import { grouped, percent } from "./numbers.ts";
import { provenance } from "./provenance.ts";
import type { ReportInput } from "./report-input.ts";
import { reportStyle } from "./report-style.ts";

/** Nothing is loaded and nothing runs, whatever a name in the data might hold. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One self-contained HTML document without scripts, for a screen or paper. Text from files stands as text. */
export function htmlReport(input: ReportInput): string {
  const { result, preparation, origin, dataset, plan, isc } = input;
  const { subjects } = preparation;
  const name = escapeHtml(origin.datasetName);
  const aligned = plan.protocol.name !== "leave-one-subject-out";
  const title = aligned ? `${escapeHtml(origin.method)} of ${name}` : `Classification in ${name}`;
  const methods = methodsText(input);
  const facts: [string, string][] = [
    ["Subjects", grouped(subjects.length)],
    ["Runs", grouped(dataset.runs.length)],
    ["Voxels", grouped(preparation.voxels)],
    ["Conditions", grouped(result.classes.length)],
    ["Chance", percent(result.chance)],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Concord</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${escapeHtml(origin.started.slice(0, 10))} · Concord ${escapeHtml(origin.concord)}</p>
</header>
<main>
<p class="lead">${escapeHtml(resultSentence(result))}</p>
<p class="quiet">${escapeHtml(meaningSentence(result))}</p>
<dl class="facts">${facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${escapeHtml(value)}</dd></div>`).join("")}</dl>
<h2>Classification</h2>
${accuracyTable(result)}
<p>${escapeHtml([changeSentence(result, subjects), permutationSentence(result), iscTestSentence(result), ...result.remarks].filter(Boolean).join(" "))}</p>
<figure>
${accuracyFigure(result)}
<figcaption><b>Figure 1. Accuracy.</b> Each dot is a subject, joined across classifications; bars beside them are the mean and its standard error; the dashed line is chance. Subjects share one common space, so their accuracies are not independent and the standard error describes them only.</figcaption>
</figure>
${subjectTable(result, subjects)}
${confusions(result)}
${drawsFigure(result)}
${conditionFigures(result)}
${
  isc === null
    ? ""
    : `<h2>Inter-subject correlation</h2>
<figure>
${iscFigure(isc, subjects)}
<figcaption><b>Figure 3. Inter-subject correlation of samples held out from alignment,</b> each subject with the mean of the others, averaged over ${grouped(isc.voxels)} voxels by Fisher’s z.</figcaption>
</figure>`
}
${fitFigures(result)}
<h2>The data and what was done to them</h2>
${dataNotes(input)}
<h2>Methods, for a paper</h2>
<div class="methods">
${methods.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")}
</div>
<h2>References</h2>
${references(methods.references, dataset.credit)}
<h2>Provenance</h2>
${provenance(input)}
</main>
<footer>Made by Concord from the run’s own record. The methods text may be used freely (CC0).</footer>
</body>
</html>
`;
}

function confusions({ confusion, classes }: EvaluationResult): string {
  const made = methodNames.flatMap((name) => {
    const counts = confusion[name];
    return counts === undefined ? [] : [{ name, counts }];
  });
  if (made.length === 0) return "";
  const figures = made.map(
    ({ name, counts }) => `<figure>
${confusionFigure({ id: `confusion-${name}`, title: `Confusion matrix: ${methodLabels[name]}`, classes, counts })}
<figcaption>${methodLabels[name]}</figcaption>
</figure>`,
  );
  return `<div class="matrices">${figures.join("\n")}</div>
<p class="quiet"><b>Figure 2. Confusion.</b> Rows: true condition; columns: predicted; shade: share of the row; all subjects together.</p>`;
}

function references(cited: readonly Reference[], credit: readonly string[]): string {
  const items = cited.map((reference) => {
    const link = `https://doi.org/${reference.doi}`;
    const line = escapeHtml(referenceLine(reference));
    return reference.doi === ""
      ? `<li>${line}</li>`
      : `<li>${line.replace(escapeHtml(link), `<a href="${link}">${link}</a>`)}</li>`;
  });
  const data = credit.map((text) => `<li>Data: ${escapeHtml(text)}</li>`);
  return `<ol class="references">${[...items, ...data].join("\n")}</ol>`;
}
