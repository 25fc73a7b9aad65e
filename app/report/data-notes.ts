import type { Problem } from "#app/contract/dataset.ts";
import { escapeHtml } from "./escape-html.ts";
import { count, grouped, listed } from "./numbers.ts";
import { regionSentence } from "./region-words.ts";
import type { ReportInput } from "./report-input.ts";

const SEVERITIES: Readonly<Record<Problem["severity"], string>> = {
  note: "Note",
  warning: "Warning",
  error: "Error",
};

/** What was odd about the data and what was done about it, as an HTML list. */
export function dataNotes({ plan, preparation, dataset }: ReportInput): string {
  const { leaveOut, repairs } = plan.dataset;
  const { constant, nonFinite } = preparation.dropped;
  const all = preparation.voxels + constant + nonFinite;
  const done = [
    regionSentence(plan.region, preparation.regionNames, all),
    ...(leaveOut.subjects.length > 0 ? [`Subjects left out: ${listed(leaveOut.subjects)}.`] : []),
    ...(leaveOut.runs.length > 0 ? [`Runs left out: ${listed(leaveOut.runs)}.`] : []),
    ...(repairs.trimToCommonRows
      ? ["The Plan cuts every run to the rows that all subjects have, and repeated volumes at its end."]
      : []),
    constant + nonFinite === 0
      ? `All ${count(preparation.voxels, "voxel")} of the region could be used.`
      : `Of ${count(all, "voxel")} of the region, ${grouped(constant)} were dropped as constant and ${grouped(nonFinite)} as not finite in some subject or run.`,
    ...preparation.trims,
  ];
  return `<ul>${[...done.map(escapeHtml), ...dataset.problems.map(problemHtml)].map((item) => `<li>${item}</li>`).join("\n")}</ul>`;
}

/** The place of a problem goes before its text, which need not name it. */
function problemHtml({ severity, subject, run, text }: Problem): string {
  const place = [subject, run].filter((part) => part !== undefined).join(" ");
  const head = place === "" ? SEVERITIES[severity] : `${SEVERITIES[severity]}, ${place}`;
  return `<span class="problem ${severity}">${escapeHtml(head)}.</span> ${escapeHtml(text)}`;
}
