import { z } from "zod";
import { CloneProgress, FetchOutcome, FetchProgress, KnownDataset } from "./annex.ts";
import { AxesQuestion, ToldAxes } from "./arrays.ts";
import { ConditionFit, FitRequest } from "./condition-fit.ts";
import { Dataset, Examination } from "./dataset.ts";
import { Maps } from "./maps.ts";
import { MethodForm } from "./method.ts";
import { DatasetChoices, Plan } from "./plan.ts";
import { Preview } from "./preview.ts";
import { Progress } from "./progress.ts";
import { RegionList } from "./region-list.ts";
import { EvaluationResult, Preparation } from "./result.ts";
import { Surfaces } from "./surface.ts";

/** A random name of what the user opened or a run made. Maps are fetched as volume://<grant>/<file>. */
const Grant = z.string().regex(/^[0-9a-f]{32}$/);
const RunId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
const Voxels = z.custom<Int32Array>((given) => given instanceof Int32Array);
const Path = z.string().min(1).max(4096);

/** A fault as it crosses: `code` is a FaultCode, or "internal" for what nobody foresaw. */
export const FaultMessage = z.strictObject({
  code: z.string(),
  values: z.record(z.string(), z.string()).readonly(),
  text: z.string(),
});
export type FaultMessage = z.infer<typeof FaultMessage>;

/** An opened dataset. volume://<grant>/background is its background image, a NIfTI file (MNI152 where it has none). */
export const Opened = z.strictObject({ grant: Grant, dataset: Dataset });
export type Opened = z.infer<typeof Opened>;

/** One run in the run list, newest first. */
export const RunSummary = z.strictObject({
  run: RunId,
  datasetName: z.string(),
  datasetPath: z.string(),
  /** The method's label: "Hyperalignment". */
  method: z.string(),
  /** ISO 8601, UTC. */
  started: z.string(),
  state: z.enum(["running", "done", "failed", "cancelled"]),
  fault: FaultMessage.nullable(),
  /** Mean accuracy after alignment, a fraction; null where there is none. */
  aligned: z.number().nullable().default(null),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** A whole Results folder; its arrays are volume://<grant>/<mapFiles…>, volume://<grant>/background the brain. */
export const RunDetail = z.strictObject({
  summary: RunSummary,
  grant: Grant,
  folder: z.string(),
  plan: Plan,
  result: EvaluationResult,
  preparation: Preparation,
  maps: Maps,
});
export type RunDetail = z.infer<typeof RunDetail>;

/** Every call the window may make; checked at the border on the way in and on the way out. */
export const calls = {
  "dataset.choose": {
    input: z.strictObject({ what: z.enum(["folder", "file"]) }),
    output: Opened.nullable(),
  },
  "dataset.open": { input: z.strictObject({ path: Path }), output: Opened },
  /** Opens the example study, making it the first time. */
  "dataset.example": { input: z.strictObject({}), output: Opened },
  /** Reads all voxels: slower than opening. Fails quietly with "cancelled" when another dataset is opened. */
  "dataset.examine": { input: z.strictObject({ grant: Grant }), output: Examination },
  "dataset.recent": {
    input: z.strictObject({}),
    output: z.array(z.strictObject({ path: z.string(), name: z.string() })).readonly(),
  },
  /** Keeps what the user chose of a dataset, for the next time it is opened. */
  "dataset.remember": {
    input: z.strictObject({ grant: Grant, choices: DatasetChoices }),
    output: z.strictObject({}),
  },
  /** What to ask of the arrays of a file or folder that was refused with array/axes-unknown. */
  "arrays.list": {
    input: z.strictObject({ path: Path }),
    output: z.array(AxesQuestion).readonly(),
  },
  /** Keeps the answers in a table beside that file or folder, and opens it. */
  "arrays.tell": { input: ToldAxes, output: Opened },
  /**
   * Fetches files that git-annex holds back, verified and put where git-annex keeps them. Fails quietly with
   * "cancelled" when it is paused: what arrived is kept, and the same call goes on.
   */
  "annex.fetch": {
    input: z.strictObject({ grant: Grant, paths: z.array(Path).max(100_000) }),
    output: FetchOutcome,
  },
  "annex.pause": { input: z.strictObject({}), output: z.strictObject({}) },
  /** Datasets that are offered by name; or the one that a name, an OpenNeuro number or an address names. */
  "annex.known": {
    input: z.strictObject({ text: z.string().max(2048) }),
    output: z.array(KnownDataset).readonly(),
  },
  /**
   * Asks for a folder and clones a dataset by its name, OpenNeuro number or address into it: names, not contents. Null
   * when the user thinks better of it.
   */
  "annex.clone": {
    input: z.strictObject({ address: z.string().min(1).max(2048) }),
    output: Opened.nullable(),
  },
  /** Asks for a file that a Plan names: of a region, or a model of conditions; the path as a Plan wants it. */
  "plan.choose": {
    input: z.strictObject({ grant: Grant, what: z.enum(["mask", "labels", "table", "model"]) }),
    output: z.strictObject({ path: z.string() }).nullable(),
  },
  /** The table beside a label image, as a Plan wants it; null where there is none. */
  "region.table": {
    input: z.strictObject({ grant: Grant, path: Path }),
    output: z.strictObject({ table: z.string().nullable() }),
  },
  /**
   * The labels of the atlas of a Plan, or its parcels, which reads the images of its runs. Fails quietly with
   * "cancelled" when it is asked again.
   */
  "region.list": { input: z.strictObject({ plan: Plan }), output: RegionList },
  /** The voxels inside a mask on the grid of one of the dataset's images (its path in `image`), to be drawn on. */
  "region.voxels": {
    input: z.strictObject({ grant: Grant, image: Path, path: Path }),
    output: z.strictObject({ voxels: Voxels, resampled: z.boolean() }),
  },
  /**
   * Asks where to save a mask of these voxels (linear, on the grid of the image in `image`) and writes it as NIfTI, whole
   * or not at all; the path as a Plan wants it, null when the user thinks better of it.
   */
  "region.save": {
    input: z.strictObject({
      grant: Grant,
      image: Path,
      voxels: Voxels.refine(({ length }) => length > 0),
    }),
    output: z.strictObject({ path: z.string() }).nullable(),
  },
  "method.list": { input: z.strictObject({}), output: z.array(MethodForm).readonly() },
  /**
   * The Plan to start from for a dataset: the example's own, else what its runs and events suggest; with what was chosen
   * of the dataset before.
   */
  "plan.suggest": { input: z.strictObject({ grant: Grant }), output: Plan },
  "plan.preview": { input: z.strictObject({ plan: Plan }), output: Preview },
  "run.start": { input: z.strictObject({ plan: Plan }), output: z.strictObject({ run: RunId }) },
  "run.cancel": { input: z.strictObject({ run: RunId }), output: z.strictObject({}) },
  /** The Plan of any run, also of one that failed. */
  "run.plan": { input: z.strictObject({ run: RunId }), output: Plan },
  "run.list": { input: z.strictObject({}), output: z.array(RunSummary).readonly() },
  "run.read": { input: z.strictObject({ run: RunId }), output: RunDetail },
  /** The shapes that a run's vertices lie on, where they are known. */
  "run.surfaces": { input: z.strictObject({ run: RunId }), output: Surfaces },
  /**
   * How much each of a subject's voxels feeds a column of the common space of a run that kept its transforms: by the
   * column's number or, where columns are voxels, by its voxel.
   */
  "run.weights": {
    input: z.strictObject({
      run: RunId,
      subject: z.string().min(1),
      column: z.union([z.int().min(0), z.strictObject({ voxel: z.int().min(0) })]),
    }),
    output: z.strictObject({
      fold: z.string(),
      column: z.int(),
      width: z.int(),
      columnVoxel: z.int().nullable(),
      voxels: Voxels,
      weights: z.custom<Float64Array>((given) => given instanceof Float64Array),
    }),
  },
  /**
   * A subject's pattern of a condition as the other subjects' samples tested foretell it, in the subject's own voxels, by the
   * transforms that a run kept.
   */
  "run.foretold": {
    input: z.strictObject({ run: RunId, subject: z.string().min(1), condition: z.string() }),
    output: z.strictObject({
      voxels: Voxels,
      values: z.custom<Float64Array>((given) => given instanceof Float64Array),
      way: z.enum(["orthogonal", "ridge"]),
      folds: z.int(),
    }),
  },
  /** The report as one self-contained HTML document without scripts. */
  "run.report": { input: z.strictObject({ run: RunId }), output: z.strictObject({ html: z.string() }) },
  /** Asks for the folder of a dataset that a run to compare is of; null when the user thinks better of it. */
  "conditions.choose": {
    input: z.strictObject({}),
    output: Dataset.pick({ path: true, name: true, subjects: true, runs: true }).nullable(),
  },
  /**
   * Which condition each sample of a subject's run fits best in the common space of a Plan. Fails quietly with "cancelled"
   * when it is stopped or asked again.
   */
  "conditions.fit": { input: z.strictObject({ plan: Plan, request: FitRequest }), output: ConditionFit },
  "conditions.stop": { input: z.strictObject({}), output: z.strictObject({}) },
  /** Shows a run's Results folder in the system's file manager. */
  "run.reveal": { input: z.strictObject({ run: RunId }), output: z.strictObject({}) },
  /** Asks where to save and writes whole or not at all; null when the user thinks better of it. */
  "file.save": {
    input: z.strictObject({
      name: z.string().regex(/^[^/\\:*?"<>|]{1,120}\.(csv|svg|png|html|json)$/),
      content: z.union([z.string().max(64e6), z.instanceof(Uint8Array)]),
    }),
    output: z.strictObject({ path: z.string() }).nullable(),
  },
} as const;

/** What the application's menu asks the window to do: names of its commands. */
export const menuCommands = [
  "study.choose",
  "study.chooseFile",
  "study.get",
  "study.example",
  "help.shortcuts",
] as const;
export type MenuCommand = (typeof menuCommands)[number];

/** What the window is told without asking. */
export const events = {
  "menu.command": z.strictObject({ command: z.enum(menuCommands) }),
  "run.progress": z.strictObject({ run: RunId, progress: Progress }),
  /** A run reached done, failed or cancelled. */
  "run.ended": RunSummary,
  /** Opened without the window's asking: the example at a first start, or a file that the system hands over. */
  "dataset.opened": Opened,
  /** Why a file that the system handed over was not. */
  "dataset.refused": FaultMessage,
  /** The engine stopped and a new one starts: finished steps are kept. */
  "engine.lost": z.strictObject({ text: z.string() }),
  "engine.ready": z.strictObject({
    workers: z.int(),
    kernels: z.enum(["native", "portable"]),
  }),
  /** How far the making of the example study is, in subjects. */
  "dataset.making": z.strictObject({ done: z.number(), total: z.number() }),
  "annex.fetching": FetchProgress,
  "annex.cloning": CloneProgress,
  /** How far a conditions.fit is. */
  "conditions.fitting": Progress,
  /** How far a dataset.examine is. */
  "dataset.examining": z.strictObject({ grant: Grant, done: z.number(), total: z.number() }),
} as const;

export type Call = keyof typeof calls;
export type Input<C extends Call> = z.input<(typeof calls)[C]["input"]>;
export type Output<C extends Call> = z.output<(typeof calls)[C]["output"]>;
export type EventName = keyof typeof events;
export type Payload<E extends EventName> = z.output<(typeof events)[E]>;
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: FaultMessage };
