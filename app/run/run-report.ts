import type { Dataset } from "#app/contract/dataset.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult, Preparation } from "#app/contract/result.ts";
import { readCredit } from "#app/dataset/bids-credit.ts";
import type { HeldOutMaps } from "#app/evaluate/held-out-maps.ts";
import type { Prepared } from "#app/prepare/prepare.ts";
import { htmlReport } from "#app/report/html-report.ts";
import { iscSummary } from "#app/report/isc-summary.ts";
import { bibliography, methodsMarkdown } from "#app/report/methods-file.ts";
import { methodsText } from "#app/report/methods-text.ts";
import type { InputFile, Origin, RunReport } from "#app/results/run-folder.ts";
import { namedIn } from "./input-files.ts";
import type { PlanMethod } from "./plan-method.ts";
import { cortexFiles } from "./voxel-grid.ts";

interface FinishedRun {
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly method: PlanMethod;
  readonly prepared: Prepared;
  readonly preparation: Preparation;
  readonly result: EvaluationResult;
  readonly maps: HeldOutMaps;
  readonly origin: Origin;
  readonly inputs: readonly InputFile[];
}

/** The report of a finished run, as a page and as text for a paper. */
export async function runReport({
  dataset,
  method,
  prepared,
  maps,
  ...run
}: FinishedRun): Promise<RunReport> {
  const { name, label, references, usesLabels } = method.aligner;
  const credit = await readCredit(dataset.folder);
  const input = {
    ...run,
    dataset: {
      path: dataset.path,
      runs: rowsByRun(prepared),
      repetitionTimeSeconds:
        dataset.files.find((file) => file.repetitionTimeSeconds !== null)?.repetitionTimeSeconds ?? null,
      problems: dataset.problems,
      cortex: cortexFiles(dataset, run.plan).map((path) => namedIn(dataset.folder, path)),
      credit,
    },
    method: { name, label, references, parameters: method.parameters, usesLabels: usesLabels === true },
    isc: maps.after === null ? null : iscSummary(maps.before.isc, maps.after.isc, prepared.subjects.length),
  };
  const methods = methodsText(input);
  return {
    html: htmlReport(input),
    methods: methodsMarkdown(methods, credit),
    bibliography: bibliography(methods.references),
  };
}

function rowsByRun({ align, classify }: Prepared) {
  return [...new Set([...align.runs, ...classify.runs])].map((run) => ({
    run,
    align: align.runs.filter((other) => other === run).length,
    classify: classify.runs.filter((other) => other === run).length,
  }));
}
