import type { Plan } from "#app/contract/plan.ts";
import { type EvaluationResult, methodNames, type Preparation } from "#app/contract/result.ts";
import { resultSentence } from "#app/contract/result-sentence.ts";

/** What a report tells of. */
export interface ReportInput {
  readonly plan: Plan;
  readonly result: EvaluationResult;
  readonly preparation: Preparation;
  readonly datasetName: string;
  readonly versions: { readonly concord: string; readonly kernels: string };
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number | null;
}

const LABELS = {
  within: "Within subject",
  anatomical: "Between subjects, anatomical",
  aligned: "Between subjects, aligned",
};

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
pre { overflow: auto; font-size: 12px; }
`;

/** One self-contained HTML document without scripts. Text from files stands as text. */
export function htmlReport({
  plan,
  result,
  preparation,
  datasetName,
  versions,
  started,
  seconds,
}: ReportInput): string {
  const accuracies = methodNames.map((method) => {
    const found = result.accuracy[method];
    const cells =
      found === null
        ? ["—", "—", result.reason[method] ?? ""]
        : [found.mean.toFixed(3), found.sem.toFixed(3), `${found.claim}; ${found.classifier}`];
    return row([LABELS[method], ...cells]);
  });
  const subjects = preparation.subjects.map((subject) =>
    row([
      subject,
      ...methodNames.map((method) => {
        const own = result.accuracy[method]?.perSubject.find((one) => one.subject === subject);
        return own === undefined ? "—" : own.accuracy.toFixed(3);
      }),
    ]),
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(datasetName)} · Concord</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(datasetName)}</h1>
<p>${escapeHtml(resultSentence(result))}</p>
<p>${preparation.subjects.length} subjects, ${preparation.voxels} voxels, ${result.classes.length} conditions; chance is ${result.chance.toFixed(3)}.</p>
<h2>Accuracy</h2>
<table><thead>${row(["Classification", "Mean", "SEM over subjects", "Claim and classifier"], "th")}</thead><tbody>${accuracies.join("")}</tbody></table>
<h2>By subject</h2>
<table><thead>${row(["Subject", ...methodNames.map((method) => LABELS[method])], "th")}</thead><tbody>${subjects.join("")}</tbody></table>
<h2>Preparation</h2>
<ul>${[`${preparation.dropped.constant} constant and ${preparation.dropped.nonFinite} non-finite voxels were left out.`, ...preparation.trims].map((text) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>
<h2>Plan</h2>
<pre>${escapeHtml(JSON.stringify(plan, null, 2))}</pre>
<p>Concord ${escapeHtml(versions.concord)}, kernels ${escapeHtml(versions.kernels)}, started ${escapeHtml(started)}${seconds === null ? "" : `, ${seconds.toFixed(1)} s`}.</p>
</body>
</html>
`;
}

function row(cells: readonly string[], tag = "td"): string {
  return `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
