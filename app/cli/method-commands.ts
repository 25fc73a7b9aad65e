import { join, resolve } from "node:path";
import type { Command } from "commander";
import { Fault } from "#app/contract/fault.ts";
import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult, Scores } from "#app/contract/result.ts";
import type { Engine } from "#app/run/engine.ts";
import { methodHelp } from "#app/run/method-help.ts";
import { interruption } from "./interruption.ts";
import { readPlan } from "./plan-file.ts";
import { ProgressLine } from "./progress-line.ts";
import { share } from "./tables.ts";
import type { WithEngine, WorkersOption } from "./with-engine.ts";

interface CompareOptions {
  readonly out: string;
  readonly workers: number;
  readonly methods?: string;
  readonly json?: boolean;
}

/** One method on the same Plan: what it reached, or why it did not. */
interface Row {
  readonly method: string;
  readonly seconds: number;
  readonly result: EvaluationResult | null;
  readonly fault: string | null;
}

/** The commands about methods of alignment: methods and compare. */
export function addMethodCommands(program: Command, withEngine: WithEngine, workers: WorkersOption): void {
  program
    .command("methods")
    .description("say what methods of alignment there are, their parameters and papers")
    .argument("[name]", "one of them")
    .option("--json", "one JSON array on standard output")
    .action(async (name: string | undefined, { json }: { json?: boolean }) => {
      await withEngine(1, async (engine) => {
        const forms = chosen(engine.methods(), name);
        console.log(json ? JSON.stringify(forms) : forms.map(methodHelp).join("\n"));
      });
    });

  program
    .command("compare")
    .description("run one Plan with several methods of alignment and print a table")
    .argument("<plan>", "the Plan, a JSON file, whose method is left aside")
    .requiredOption("--out <folder>", "a folder for the results: one Results folder in it for each method")
    .option("--methods <names>", "the methods, separated by commas; all without it")
    .option(...workers)
    .option("--json", "one JSON array on standard output")
    .action(async (file: string, options: CompareOptions) => {
      const plan = await readPlan(file);
      await withEngine(options.workers, (engine) => compare(engine, plan, options));
    });
}

async function compare(engine: Engine, plan: Plan, { out, methods, json }: CompareOptions): Promise<void> {
  const names = methods?.split(",") ?? engine.methods().map(({ name }) => name);
  for (const name of names) chosen(engine.methods(), name);
  const signal = interruption();
  const line = new ProgressLine(json);
  const rows: Row[] = [];
  for (const method of names) {
    const started = performance.now();
    const own: Plan = {
      ...plan,
      // What was set for the Plan's own method holds for it alone.
      method:
        method === plan.method.name
          ? plan.method
          : { ...plan.method, name: method, parameters: {}, choose: {} },
    };
    const ended = (result: EvaluationResult | null, fault: string | null) =>
      rows.push({ method, seconds: (performance.now() - started) / 1000, result, fault });
    try {
      const result = await engine.run(own, join(resolve(out), method), {
        signal,
        onProgress: (progress) => line.progress(progress, `${method}: `),
      });
      ended(result, null);
    } catch (error) {
      if (!(error instanceof Fault) || signal.aborted) throw error;
      ended(null, error.message);
    } finally {
      line.end();
    }
  }
  console.log(json ? JSON.stringify(rows.map(numbersOf)) : compareTable(rows));
}

function chosen(forms: readonly MethodForm[], name: string | undefined): readonly MethodForm[] {
  if (name === undefined) return forms;
  const found = forms.filter((form) => form.name === name);
  if (found.length === 0) throw new Fault("plan/invalid", { detail: `there is no method ${name}` });
  return found;
}

function numbersOf({ method, seconds, result, fault }: Row) {
  const { accuracy, timeSegments = null, isc = null } = result ?? {};
  return { method, seconds, fault, accuracy, timeSegments, isc };
}

/** A line a method, under one of the anatomical baseline, as a table in Markdown. */
function compareTable(rows: readonly Row[]): string {
  const first = rows.find(({ result }) => result !== null)?.result ?? null;
  const line = (
    name: string,
    result: EvaluationResult | null,
    side: "anatomical" | "aligned",
    last: string,
  ) =>
    `| ${[
      name,
      shares(result?.timeSegments?.[side]),
      shares(result?.accuracy[side] ?? undefined),
      shares(result?.isc?.[side]),
      last,
    ].join(" | ")} |`;
  const segments = first?.timeSegments;
  const faults = rows.flatMap(({ method, fault }) => (fault === null ? [] : [`${method}: ${fault}`]));
  return [
    `| method | time segments | ${first?.classes.length ?? 0} conditions | ISC | seconds |`,
    "| --- | --- | --- | --- | --- |",
    line("anatomical", first, "anatomical", ""),
    ...rows.map(({ method, result, seconds }) => line(method, result, "aligned", seconds.toFixed(1))),
    `| chance | ${segments === undefined || segments === null ? "" : segments.chance.toFixed(4)} | ${first?.chance.toFixed(3) ?? ""} | | |`,
    ...(faults.length > 0 ? ["", ...faults] : []),
  ].join("\n");
}

function shares(scores: Pick<Scores, "mean" | "sem"> | undefined): string {
  return scores === undefined ? "–" : share(scores);
}
