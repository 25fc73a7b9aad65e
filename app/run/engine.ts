import { join } from "node:path";
import { annexStatus } from "#app/annex/annex-status.ts";
import { cloneDataset } from "#app/annex/clone.ts";
import { fetchFiles } from "#app/annex/fetch-files.ts";
import type { AnnexStatus, CloneProgress, FetchOutcome, FetchProgress } from "#app/contract/annex.ts";
import type { Dataset, Examination } from "#app/contract/dataset.ts";
import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Preview } from "#app/contract/preview.ts";
import type { Progress } from "#app/contract/progress.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import { describeDataset, readerOf } from "#app/dataset/readers.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { type Run, readReport, readRun } from "#app/results/run-folder.ts";
import { ExaminedRows } from "./examined-rows.ts";
import { ensureExample } from "./example-study.ts";
import { methodForms } from "./method-forms.ts";
import { Pool } from "./pool.ts";
import { previewPlan } from "./preview.ts";
import { runPlan } from "./run-plan.ts";
import { type SelfTest, selfTest } from "./self-test.ts";
import { suggestPlan } from "./suggest-plan.ts";

interface Watch<Told> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (told: Told) => void;
}

/** All that the window, the command line and a cluster job ask for. */
export interface Engine {
  readonly workers: number;
  readonly kernels: "native" | "portable";
  open(path: string): Promise<Dataset>;
  examine(dataset: Dataset, watch?: Watch<{ done: number; total: number }>): Promise<Examination>;
  methods(): MethodForm[];
  suggest(dataset: Dataset): Plan;
  /** Rows that only reading shows to be no good count until their dataset was examined. */
  preview(plan: Plan): Promise<Preview>;
  run(plan: Plan, folder: string, watch?: Watch<Progress>): Promise<EvaluationResult>;
  read(folder: string): Promise<Run>;
  report(folder: string): Promise<string>;
  /** What of a git-annex dataset is on this disk, file by file. */
  status(path: string, watch?: Watch<never>): Promise<AnnexStatus>;
  /** Downloads files (relative to the dataset); an abort is a pause. `verify` reads those that are there too. */
  fetch(
    wanted: { readonly dataset: string; readonly paths: readonly string[]; readonly verify?: boolean },
    watch?: Watch<FetchProgress>,
  ): Promise<FetchOutcome>;
  /** Clones a dataset into a new or empty folder, without the contents that git-annex holds. */
  clone(
    wanted: { readonly url: string; readonly folder: string },
    watch?: Watch<CloneProgress>,
  ): Promise<void>;
  /** Whether the kernels compute. */
  selfTest(): SelfTest;
  /** Makes the example study in `folder` unless it is there. */
  example(
    folder: string,
    options?: Watch<{ done: number; total: number }> & { readonly seed?: number },
  ): Promise<void>;
  close(): Promise<void>;
}

/**
 * `root` holds the built worker (out/node) and the addon; `data` the template. The pool starts on first use. `logError`
 * hears what no user should meet.
 */
export function startEngine({
  root,
  data,
  workers,
  allowLoopback = false,
  logError = console.error,
}: {
  readonly root: string;
  readonly data: string;
  readonly workers: number;
  /** Lets downloads come from this machine: for tests. */
  readonly allowLoopback?: boolean;
  readonly logError?: (text: string) => void;
}): Engine {
  const linalg = loadLinalg(root);
  const examined = new ExaminedRows();
  let pool: Pool | null = null;
  const started = () => {
    pool ??= new Pool(join(root, "out", "node", "worker.cjs"), root, workers, { log: logError });
    return pool;
  };
  return {
    workers,
    kernels: linalg.name,
    open: describeDataset,
    async examine(dataset, { signal, onProgress } = {}) {
      const tell = (done: number, total: number) => onProgress?.({ done, total });
      const examination = await readerOf(dataset).examine(dataset, tell, signal);
      examined.keep(dataset, examination);
      return examination;
    },
    methods: methodForms,
    suggest: suggestPlan,
    preview: async (plan) => previewPlan(await describeDataset(plan.dataset.path), plan, workers, examined),
    run: (plan, folder, watch) => runPlan(plan, folder, linalg, started(), watch),
    read: readRun,
    report: readReport,
    status: (path, { signal } = {}) => annexStatus(path, signal),
    fetch: ({ dataset, paths, verify = false }, watch = {}) =>
      fetchFiles(dataset, paths, { ...watch, verify, allowLoopback }),
    clone: ({ url, folder }, watch = {}) => cloneDataset(url, folder, { ...watch, allowLoopback }),
    selfTest: () => selfTest(linalg),
    example: (folder, options = {}) => ensureExample(folder, data, options),
    close: async () => pool?.close(),
  };
}
