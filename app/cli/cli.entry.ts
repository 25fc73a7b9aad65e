import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { Command } from "commander";
import { Fault } from "#app/contract/fault.ts";
import { Plan } from "#app/contract/plan.ts";
import { bidsReader } from "#app/dataset/bids-reader.ts";
import { startEngine } from "#app/run/engine.ts";
import { accuracyTable, datasetTable } from "./tables.ts";
import { workedPlan } from "./worked-plan.ts";

const root = process.env.CONCORD_ROOT ?? process.cwd();
const program = new Command("concord")
  .description("Functional alignment of fMRI data: the window's engine on the command line.")
  .addHelpText(
    "after",
    `\nA whole Plan, for the Sherlock data of posterior medial cortex:\n\n${workedPlan}\n`,
  );

program
  .command("open")
  .description("say what a folder of fMRI data holds")
  .argument("<folder>")
  .option("--json", "one JSON object on standard output")
  .action(async (folder: string, { json }: { json?: boolean }) => {
    const dataset = await bidsReader.describe(resolve(folder));
    const { subjects, runs, files, problems, space } = dataset;
    const volumes = Object.fromEntries(
      runs.map((run) => [run, files.filter((file) => file.run === run).map((file) => file.volumes)]),
    );
    const voxels = files[0]?.grid.dimensions.reduce((product, extent) => product * extent, 1) ?? 0;
    if (json) console.log(JSON.stringify({ subjects, runs, volumes, voxels, space, problems }));
    else console.log(datasetTable(dataset));
  });

program
  .command("run")
  .description("run a Plan and write its Results folder")
  .argument("<plan>", "the Plan, a JSON file; a relative dataset path is taken from its folder")
  .requiredOption("--out <folder>", "a new or empty folder for the results")
  .option("--workers <number>", "worker threads", String(availableParallelism()))
  .option("--json", "one JSON object on standard output")
  .action(async (file: string, options: { out: string; workers: string; json?: boolean }) => {
    const plan = await readPlan(file);
    const started = performance.now();
    const engine = startEngine(root, Math.max(1, Math.trunc(Number(options.workers)) || 1));
    const running = engine.run(plan, options.out, ({ step, done, total }) => {
      if (!options.json && process.stderr.isTTY)
        process.stderr.write(`\r${step} ${done}${total ? ` of ${total}` : ""}   `);
    });
    const { accuracy, reason, chance } = await running.finally(() => engine.close());
    if (!options.json) console.log(accuracyTable(accuracy, reason, chance));
    else {
      const seconds = (performance.now() - started) / 1000;
      const peakBytes = process.resourceUsage().maxRSS * 1024;
      console.log(
        JSON.stringify({ accuracy, reason, chance, seconds, peakBytes, results: resolve(options.out) }),
      );
    }
  });

async function readPlan(file: string): Promise<Plan> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Fault("plan/invalid", { detail: error instanceof Error ? error.message : String(error) });
  }
  const parsed = Plan.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Fault("plan/invalid", { detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` });
  }
  const { path } = parsed.data.dataset;
  if (isAbsolute(path)) return parsed.data;
  return { ...parsed.data, dataset: { ...parsed.data.dataset, path: join(dirname(resolve(file)), path) } };
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Fault ? error.message : error);
  process.exitCode = 1;
});
