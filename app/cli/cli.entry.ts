import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { Axis } from "#app/contract/arrays.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { exampleName, filmName, wholeBrainName } from "#app/example/example-plan.ts";
import { type Engine, startEngine } from "#app/run/engine.ts";
import { addAnnexCommands } from "./annex-commands.ts";
import { addBackProjectCommand } from "./back-project-command.ts";
import { interruption } from "./interruption.ts";
import { addMethodCommands } from "./method-commands.ts";
import { readPlan } from "./plan-file.ts";
import { addPredictCommand } from "./predict-command.ts";
import { ProgressLine } from "./progress-line.ts";
import { datasetTable, resultTable } from "./tables.ts";
import { keepAxes, readAxes, readSeconds } from "./told-axes.ts";
import { addWeightsCommand } from "./weights-command.ts";
import type { WorkersOption } from "./with-engine.ts";
import { workedPlan } from "./worked-plan.ts";

interface OpenOptions {
  readonly json?: boolean;
  readonly space?: string;
  readonly axes?: readonly Axis[];
  readonly tr?: number;
}

interface Options {
  readonly json?: boolean;
  readonly workers: number;
}

interface ExampleOptions extends Options {
  readonly seed?: number;
  readonly film?: true;
  readonly wholeBrain?: true;
  readonly subjects: number;
  readonly scale: number;
  readonly results: string;
}

const exampleNames = { objects: exampleName, film: filmName, "whole-brain": wholeBrainName };

const root = process.env.CONCORD_ROOT ?? process.cwd();
const data = process.env.CONCORD_DATA ?? join(root, "build", "data");
// A test's server is on this machine.
const allowLoopback = process.env.CONCORD_TEST_LOOPBACK === "1";
const workersOption: WorkersOption = [
  "--workers <number>",
  "worker threads",
  wholeNumber,
  availableParallelism(),
];
const program = new Command("concord")
  .description("Functional alignment of fMRI data: the window's engine on the command line.")
  .addHelpText(
    "after",
    `
A whole Plan, for the Sherlock data of posterior medial cortex:

${workedPlan}

The Plan's JSON Schema is docs/plan.schema.json. CONCORD_KERNELS=portable forces the portable kernels.
`,
  );

program
  .command("open")
  .description("say what a folder of fMRI data holds, and what is odd in it")
  .argument("<folder>", "a folder, or a table that lists images")
  .option("--space <name>", "one of the spaces that it offers images in")
  .option(
    "--axes <names>",
    "of arrays: time,voxels in the order of their axes; kept in a table beside them",
    readAxes,
  )
  .option("--tr <seconds>", "with --axes: the repetition time of the arrays", readSeconds)
  .option("--json", "one JSON object on standard output")
  .action(async (folder: string, { json, space: wanted, axes, tr }: OpenOptions) => {
    if (axes === undefined && tr !== undefined) program.error("error: --tr is told with --axes");
    await withEngine(1, async (engine) => {
      const path = resolve(folder);
      const told = axes === undefined ? path : await keepAxes(engine, path, axes, tr ?? null);
      const dataset = await engine.open(told, wanted ?? null);
      const line = new ProgressLine(json);
      const examination = await engine.examine(dataset, {
        onProgress: ({ done, total }) => line.show(`reading ${done} of ${total}`),
      });
      line.end();
      const { subjects, runs, files, space, spaces, absent } = dataset;
      const problems = [...dataset.problems, ...examination.problems];
      const voxels = Math.max(0, ...examination.files.map((file) => file.voxels));
      const volumes = Object.fromEntries(
        runs.map((run) => [run, files.filter((file) => file.run === run).map((file) => file.volumes)]),
      );
      if (json)
        console.log(JSON.stringify({ subjects, runs, volumes, voxels, space, spaces, absent, problems }));
      else console.log(datasetTable(dataset, voxels, problems));
    });
  });

program
  .command("run")
  .description("run a Plan and write its Results folder")
  .argument("<plan>", "the Plan, a JSON file; a relative dataset path is taken from its folder")
  .requiredOption("--out <folder>", "a new or empty folder for the results")
  .option(...workersOption)
  .option("--json", "one JSON object on standard output")
  .action(async (file: string, options: Options & { out: string }) => {
    const plan = await readPlan(file);
    await withEngine(options.workers, (engine) => runAndTell(engine, plan, resolve(options.out), options));
  });

program
  .command("example")
  .description("make the example study in a folder, run its Plan and write the results beside it")
  .argument("<folder>", "holds the study and its results afterwards; a study that is there is used again")
  .option("--results <name>", "the name of the folder of results in it", "results")
  .option("--seed <number>", "another study of the same kind", wholeNumber)
  .option("--film", "a film in two halves in place of objects in blocks")
  .option("--whole-brain", "the film in whole brains, of 60,000 voxels each")
  .option("--subjects <number>", "how many whole brains", wholeNumber, 16)
  .option("--scale <share>", "smaller brains: a share of the radii of whole ones", shareOfOne, 1)
  .option(...workersOption)
  .option("--json", "one JSON object on standard output")
  .action(async (folder: string, options: ExampleOptions) => {
    await withEngine(options.workers, async (engine) => {
      const kind = options.wholeBrain ? "whole-brain" : options.film ? "film" : "objects";
      const study = join(resolve(folder), exampleNames[kind]);
      const line = new ProgressLine(options.json);
      await engine.example(study, {
        kind,
        size: { subjects: options.subjects, scale: options.scale },
        ...(options.seed !== undefined && { seed: options.seed }),
        onProgress: ({ done, total }) => line.show(`making subject ${done} of ${total}`),
      });
      line.end();
      const plan = engine.suggest(await engine.open(study, null));
      await runAndTell(engine, plan, join(resolve(folder), options.results), options);
    });
  });

addAnnexCommands(program, withEngine);
addMethodCommands(program, withEngine, workersOption);
addPredictCommand(program, withEngine, workersOption);
addWeightsCommand(program, withEngine);
addBackProjectCommand(program, withEngine);

async function runAndTell(engine: Engine, plan: Plan, out: string, { json }: Options): Promise<void> {
  const started = performance.now();
  const line = new ProgressLine(json);
  const result = await engine
    .run(plan, out, { signal: interruption(), onProgress: (progress) => line.progress(progress) })
    .finally(() => line.end());
  const seconds = (performance.now() - started) / 1000;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  if (json) {
    const {
      accuracy,
      reason,
      chance,
      pairs,
      searchlight,
      isc,
      likeness,
      reconstruction,
      choices,
      effect,
      iscTest,
      remarks,
    } = result;
    console.log(
      JSON.stringify({
        accuracy,
        reason,
        chance,
        pairs,
        searchlight,
        timeSegments: withoutRows(result),
        isc,
        likeness,
        reconstruction,
        choices,
        effect,
        permutations: withoutDraws(result),
        iscTest,
        remarks,
        seconds,
        peakBytes,
        results: out,
      }),
    );
    return;
  }
  console.log(resultTable(result));
  console.log(`\nResults: ${out}\nReport:  ${join(out, "report.html")}`);
}

/** What each segment was taken for is in the Results folder. */
function withoutRows({ timeSegments }: EvaluationResult) {
  if (timeSegments === null) return null;
  const { starts: _, taken: __, ...told } = timeSegments;
  return told;
}

/** The draws themselves are in the Results folder. */
function withoutDraws({ permutations }: EvaluationResult) {
  if (permutations === null) return null;
  const { within, anatomical, aligned, difference, ...told } = permutations;
  const found = Object.entries({ within, anatomical, aligned, difference }).flatMap(([name, drawn]) =>
    drawn === undefined
      ? []
      : [[name, { observed: drawn.observed, p: drawn.p, interval: drawn.interval }] as const],
  );
  return { ...told, ...Object.fromEntries(found) };
}

async function withEngine(workers: number, work: (engine: Engine) => Promise<void>): Promise<void> {
  // Standard error holds the two sentences of a fault and nothing else, unless more is asked for.
  const logError = (text: string) => {
    if (process.env.CONCORD_DEBUG) console.error(text);
  };
  const engine = startEngine({ root, data, workers, logError, allowLoopback });
  await work(engine).finally(() => engine.close());
}

/** Brains much smaller have no place for searchlights. */
function shareOfOne(text: string): number {
  const share = Number(text);
  if (share >= 0.2 && share <= 1) return share;
  throw new InvalidArgumentError("It must be a number from 0.2 to 1.");
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 999)
    throw new InvalidArgumentError("It must be a whole number from 1 to 999.");
  return value;
}

/** Who reads no further, as `head` does, has what they wanted. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

/** Ends when the command has: the installed application waits for it. */
export const finished = program.parseAsync().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof Fault) console.error(error.message);
    else {
      console.error(new Fault("internal").message);
      if (process.env.CONCORD_DEBUG) console.error(error);
    }
    process.exitCode = 1;
  },
);
