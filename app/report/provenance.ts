import { escapeHtml } from "./escape-html.ts";
import { count, fixed, grouped } from "./numbers.ts";
import type { ReportInput } from "./report-input.ts";

/** Where the numbers come from: versions, seed, time, Plan and inputs, as HTML. */
export function provenance({ plan, origin, dataset, inputs }: ReportInput): string {
  const facts: [string, string][] = [
    ["Dataset", dataset.path],
    ["Concord", origin.concord],
    ["Numerical kernels", origin.kernels],
    ["Seed", String(plan.seed)],
    ["Worker threads", String(origin.workers)],
    ["Started (UTC)", origin.started.replace("T", " ").replace(/\.\d+Z$/, "")],
    ["Took", `${fixed(origin.seconds, 1)} s`],
  ];
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return [
    `<div class="wide"><table aria-label="Provenance"><tbody>${rows.join("\n")}</tbody></table></div>`,
    `<p class="quiet">The same Plan on the same inputs gives the same numbers to the last bit with any number of workers and the same kernels.</p>`,
    `<details><summary>Plan</summary><pre>${escapeHtml(JSON.stringify(plan, null, 2))}</pre></details>`,
    inputs.length === 0 ? "" : inputTable(inputs),
  ].join("\n");
}

function inputTable(inputs: ReportInput["inputs"]): string {
  const rows = inputs.map(
    ({ path, bytes, sha256 }) =>
      `<tr><td>${escapeHtml(path)}</td><td class="number">${grouped(bytes)}</td><td><code>${escapeHtml(sha256)}</code></td></tr>`,
  );
  return [
    `<details><summary>${count(inputs.length, "input file")} with SHA-256</summary>`,
    `<div class="wide"><table><thead><tr><th scope="col">File</th><th scope="col" class="number">Bytes</th><th scope="col">SHA-256</th></tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody></table></div></details>`,
  ].join("\n");
}
