import { join, resolve } from "node:path";
import { annexStatus } from "#app/annex/annex-status.ts";
import { cloneDataset } from "#app/annex/clone.ts";
import { fetchFiles } from "#app/annex/fetch-files.ts";
import { knownDataset, knownDatasets } from "#app/annex/known-datasets.ts";
import type {
  AnnexStatus,
  CloneProgress,
  FetchOutcome,
  FetchProgress,
  KnownDataset,
} from "#app/contract/annex.ts";
import type { AxesQuestion, ToldAxes } from "#app/contract/arrays.ts";
import type { ConditionFit, FitRequest } from "#app/contract/condition-fit.ts";
import type { Dataset, Examination, Grid } from "#app/contract/dataset.ts";
import type { MethodForm } from "#app/contract/method.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { Preview } from "#app/contract/preview.ts";
import type { Progress } from "#app/contract/progress.ts";
import type { RegionList } from "#app/contract/region-list.ts";
import type { EvaluationResult } from "#app/contract/result.ts";
import type { Surfaces } from "#app/contract/surface.ts";
import { arraysAt } from "#app/dataset/array-files.ts";
import { findAtlasTable } from "#app/dataset/atlas-table.ts";
import { axesQuestions } from "#app/dataset/axes-questions.ts";
import { voxelsInside } from "#app/dataset/mask-voxels.ts";
import { describeDataset } from "#app/dataset/readers.ts";
import { tellAxes } from "#app/dataset/tell-axes.ts";
import type { BrainSize, ExampleKind } from "#app/example/example-study.ts";
import { loadLinalg } from "#app/linalg/load.ts";
import { examineDataset } from "#app/prepare/examination.ts";
import { maskImage } from "#app/results/mask-image.ts";
import { type Run, readReport, readRun } from "#app/results/run-folder.ts";
import { type BackProjection, type BackProjectionAsked, backProjection } from "./back-projection.ts";
import { ExaminedRows } from "./examined-rows.ts";
import { ensureExample } from "./example-study.ts";
import { type ColumnAsked, type FeedingVoxels, feedingVoxels } from "./feeding-voxels.ts";
import { fitConditionsOf } from "./fit-conditions-run.ts";
import { type ForetoldAsked, type ForetoldPattern, foretoldPattern } from "./foretold-pattern.ts";
import { LastTransform } from "./last-transform.ts";
import { listRegions } from "./list-regions.ts";
import { MadeParcels } from "./made-parcels.ts";
import { methodForms } from "./method-forms.ts";
import { Pool } from "./pool.ts";
import { previewPlan } from "./preview.ts";
import { runPlan } from "./run-plan.ts";
import { runSurfaces } from "./run-surfaces.ts";
import { type SelfTest, selfTest } from "./self-test.ts";
import { suggestPlan } from "./suggest-plan.ts";

interface Watch<Told> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (told: Told) => void;
}

/**
 * All that the window, the command line and a cluster job ask for. Each may be given one argument more, the watch: no
 * other may be left out, or the watch of a call from another process would be taken for it.
 */
export interface Engine {
  readonly workers: number;
  readonly kernels: "native" | "portable";
  /** In the named one of its spaces, or in its reader's choice. */
  open(path: string, space: string | null): Promise<Dataset>;
  examine(dataset: Dataset, watch?: Watch<{ done: number; total: number }>): Promise<Examination>;
  /** What to ask of the arrays in a file or folder whose axes can't be told; none where it has no such arrays. */
  axesQuestions(path: string): Promise<AxesQuestion[]>;
  /** Keeps the answers in a table beside the file or folder: its path, to be opened. */
  tellAxes(told: ToldAxes): Promise<string>;
  methods(): MethodForm[];
  suggest(dataset: Dataset): Plan;
  /** The table beside a label image, as a full path. */
  findTable(dataset: Dataset, path: string): Promise<string | null>;
  /** The labels of a Plan's atlas, or its parcels. */
  regions(plan: Plan, watch?: Watch<{ done: number; total: number }>): Promise<RegionList>;
  /** The voxels of a grid inside a mask (a full path), ascending. */
  maskVoxels(wanted: {
    readonly grid: Grid;
    readonly path: string;
  }): Promise<{ voxels: Int32Array; resampled: boolean }>;
  /** A mask of these voxels of a grid, as the bytes of a gzipped NIfTI file. */
  maskFile(wanted: { readonly grid: Grid; readonly voxels: Int32Array }): Promise<Uint8Array>;
  /** Rows that only reading shows to be no good count until their dataset was examined. */
  preview(plan: Plan): Promise<Preview>;
  run(plan: Plan, folder: string, watch?: Watch<Progress>): Promise<EvaluationResult>;
  /** Which condition each sample of a subject's run fits best in the common space of a Plan. */
  fitConditions(
    asked: { readonly plan: Plan; readonly request: FitRequest },
    watch?: Watch<Progress>,
  ): Promise<ConditionFit>;
  /** How much each of a subject's voxels feeds a column of the common space of a run that kept its transforms. */
  columnWeights(asked: ColumnAsked): Promise<FeedingVoxels>;
  /** Samples of that common space in a subject's own voxels. */
  backProject(asked: BackProjectionAsked): Promise<BackProjection>;
  /** A subject's pattern of a condition as the others' samples foretell it, in the subject's own voxels. */
  foretell(asked: ForetoldAsked): Promise<ForetoldPattern>;
  read(folder: string): Promise<Run>;
  /** The shapes of a run's hemispheres; null of one that is not known, or whose file is gone or another by now. */
  surfaces(folder: string): Promise<Surfaces>;
  report(folder: string): Promise<string>;
  /** What of a git-annex dataset is on this disk, file by file. */
  /** Datasets that are offered by name; or the one that a text names. */
  known(text: string): KnownDataset[];
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
  /** Makes an example study in `folder` unless it is there. */
  example(
    folder: string,
    options?: Watch<{ done: number; total: number }> & {
      readonly seed?: number;
      readonly kind?: ExampleKind;
      readonly size?: BrainSize;
    },
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
  const parcels = new MadeParcels();
  const transforms = new LastTransform();
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
      const total = dataset.files.length;
      let done = 0;
      onProgress?.({ done, total });
      const onTask = () => onProgress?.({ done: ++done, total });
      const examination = await started().drive(examineDataset(dataset), { signal, onTask });
      examined.keep(dataset, examination);
      return examination;
    },
    axesQuestions: async (path) => axesQuestions(await arraysAt(path)),
    tellAxes,
    methods: methodForms,
    suggest: suggestPlan,
    async preview(plan) {
      const { path, space } = plan.dataset;
      return previewPlan(await describeDataset(path, space), plan, workers, examined, parcels);
    },
    findTable: ({ folder }, path) => findAtlasTable(resolve(folder, path)),
    async regions(plan, watch) {
      const { path, space } = plan.dataset;
      return listRegions(await describeDataset(path, space), plan, parcels, started(), watch);
    },
    async maskVoxels({ grid, path }) {
      const { indices, resampled } = await voxelsInside(grid, [path]);
      return { voxels: indices, resampled };
    },
    maskFile: ({ grid, voxels }) => maskImage(grid, voxels),
    run: (plan, folder, watch) => runPlan(plan, folder, linalg, started(), watch),
    fitConditions: ({ plan, request }, watch) => fitConditionsOf(plan, request, started(), watch),
    columnWeights: (asked) => feedingVoxels(asked, transforms),
    backProject: (asked) => backProjection(asked, transforms, linalg),
    foretell: (asked) => foretoldPattern(asked, transforms, linalg),
    read: readRun,
    surfaces: async (folder) => runSurfaces(await readRun(folder)),
    report: readReport,
    known(text) {
      if (text === "") return [...knownDatasets];
      const found = knownDataset(text);
      return found === null ? [] : [found];
    },
    status: (path, { signal } = {}) => annexStatus(path, signal),
    fetch: ({ dataset, paths, verify = false }, watch = {}) =>
      fetchFiles(dataset, paths, { ...watch, verify, allowLoopback }),
    clone: ({ url, folder }, watch = {}) => cloneDataset(url, folder, { ...watch, allowLoopback }),
    selfTest: () => selfTest(linalg),
    example: (folder, options = {}) => ensureExample(folder, data, options),
    close: async () => pool?.close(),
  };
}
