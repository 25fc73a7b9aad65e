import { resolve } from "node:path";
import type { Command } from "commander";
import type { ConditionFit, FitRequest } from "#app/contract/condition-fit.ts";
import { fitSentence } from "#app/contract/result-sentence.ts";
import { refuseFolder, writeResults } from "#app/results/results-folder.ts";
import { concordVersion } from "#app/run/version.ts";
import { interruption } from "./interruption.ts";
import { readPlan } from "./plan-file.ts";
import { ProgressLine } from "./progress-line.ts";
import type { WithEngine, WorkersOption } from "./with-engine.ts";

interface Options {
  readonly subject: string;
  readonly run: string;
  readonly data?: string;
  readonly samples: FitRequest["samples"];
  readonly newSubject?: boolean;
  readonly out: string;
  readonly workers: number;
  readonly json?: boolean;
}

/** The command that compares a run of a subject with a Plan's common space. */
export function addPredictCommand(program: Command, withEngine: WithEngine, workers: WorkersOption): void {
  program
    .command("predict")
    .description(
      "say which condition each sample of a subject's run fits best, by the common space of a Plan",
    )
    .argument("<plan>", "the Plan, a JSON file")
    .requiredOption("--subject <name>", "the subject to compare: sub-01; their labels are not used")
    .requiredOption("--run <name>", "the run to compare, which is not aligned on")
    .option("--data <folder>", "the dataset that the run is of, where it is not the Plan's; on the same grid")
    .option(
      "--samples <kind>",
      "volumes: the samples as they are aligned on; or events: as they are classified, whose labels are not used",
      "volumes",
    )
    .option("--new-subject", "build the space without the subject, and add them to it")
    .requiredOption("--out <folder>", "a new or empty folder for predictions.tsv and prediction.json")
    .option(...workers)
    .option("--json", "one JSON object on standard output")
    .addHelpText(
      "after",
      "\nExample: concord predict plan.json --subject sub-03 --run task-movie2 --samples events --out sub-03\n",
    )
    .action(async (file: string, options: Options) => {
      const { subject, run, data, samples, newSubject = false, out, json } = options;
      if (samples !== "volumes" && samples !== "events")
        program.error("error: --samples is volumes or events");
      const plan = await readPlan(file);
      await refuseFolder(out);
      const request: FitRequest = {
        subject,
        run,
        data: data === undefined ? null : resolve(data),
        samples,
        newSubject,
      };
      const line = new ProgressLine(json);
      await withEngine(options.workers, async (engine) => {
        const fit = await engine
          .fitConditions(
            { plan, request },
            {
              signal: interruption(),
              onProgress: (progress) => line.progress(progress),
            },
          )
          .finally(() => line.end());
        await writeResults(out, {
          "predictions.tsv": predictionTable(fit),
          "prediction.json": `${JSON.stringify({ version: 1, concord: concordVersion, plan, request, ...fit }, null, 2)}\n`,
        });
        console.log(json ? JSON.stringify(fit) : `${subject}, ${fit.run}: ${fitSentence(fit)}`);
      });
    });
}

/** A line a sample: its onset, the best condition, its lead, the subject's own label, and the score of each condition. */
export function predictionTable({ conditions, rows }: ConditionFit): string {
  const cell = (value: string | number | null) => String(value ?? "n/a").replace(/[\t\r\n]/g, " ");
  const lines = rows.map(({ onset, best, margin, label, scores }) =>
    [onset, best, margin, label, ...conditions.map((_, at) => scores?.[at] ?? null)].map(cell).join("\t"),
  );
  return `${[["onset", "best", "margin", "label", ...conditions].map(cell).join("\t"), ...lines].join("\n")}\n`;
}
