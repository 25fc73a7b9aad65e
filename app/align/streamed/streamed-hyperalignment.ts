import type { Matrix } from "#app/linalg/matrix.ts";
import { sum } from "#app/linalg/matrix.ts";
import type { Staged, Task } from "#app/linalg/task.ts";
import { createPanels, type PanelFile } from "#app/scratch/panel-file.ts";
import { panelSpans } from "#app/scratch/panel-spans.ts";
import type { HyperalignmentParameters } from "../hyperalignment-parameters.ts";
import { levelOrder } from "../level-order.ts";
import type { PanelFit, RowSpan } from "./panel-fit.ts";
import { crossesOf, gramsOf } from "./panel-products.ts";
import type { StreamedAlignment } from "./streamed-alignment.ts";
import type {
  AdvanceInput,
  CoreInput,
  LevelTwoInput,
  OthersInput,
  SpaceInput,
  StartInput,
} from "./streamed-tasks.ts";

/** Of so many spans at a time a worker's sums, T × T for each subject, are in memory. */
const SPANS_AT_ONCE = 2;

/**
 * Hyperalignment as `hyperalignment`, of subjects with the same voxels whose samples lie in files: exact, but for the storage
 * precision of what is moved in between. In memory are T × T matrices, a few for each subject, and a panel of voxels for each
 * worker; spaces between lie in files that `scratch` names. Every fit needs Gram matrices alone.
 */
export function* streamedHyperalignment(
  subjects: readonly PanelFile[],
  parameters: Omit<HyperalignmentParameters, "alpha" | "components" | "weighted" | "reflection">,
  scratch: (name: string) => string,
): Staged<StreamedAlignment> {
  const { zscoreCommon: zscore, scaling, completion, level2Iterations } = parameters;
  const [{ rows, columns: voxels, width }] = subjects as readonly [PanelFile];
  const made = (name: string): PanelFile => {
    const file = { path: scratch(name), rows, columns: voxels, width };
    createPanels(file);
    return file;
  };
  const grams = yield* gramsOf(subjects);
  const spans = (yield grams.map(
    (gram): Task => ({ name: "streamed-span", input: { gram, voxels } }),
  )) as RowSpan[];
  const all = { subjects, spans, voxels, made };
  let aligned = yield* levelOne(all, parameters);
  const space = made("space");
  let gram: Matrix | null = null;
  for (let iteration = 0; iteration < level2Iterations; iteration++) {
    const last = iteration + 1 === level2Iterations;
    const kept = last ? null : subjects.map((_, at) => made(`aligned ${at}, level 2, ${iteration}`));
    gram = yield* levelTwo(all, { aligned, kept, space }, parameters);
    aligned = kept ?? aligned;
  }
  if (gram === null) {
    gram = yield* summed(space, (span): Task => {
      const input: SpaceInput = { aligned, zscore, space, span };
      return { name: "streamed-space", input };
    });
  }
  const target = gram;
  const betweens = yield* crossesOf(subjects, space);
  const fits = (yield spans.map((source, at): Task => {
    const input: CoreInput = {
      source,
      target,
      voxels,
      between: betweens[at] as Matrix,
      scaling,
      completion,
    };
    return { name: "streamed-core", input };
  })) as readonly { core: Matrix[][]; scale: number }[];
  const transforms = fits.map((fit, at) => ({
    ...fit,
    samples: subjects[at] as PanelFile,
    space,
    identity: completion !== "thin",
  }));
  return { space, transforms };
}

interface Streamed {
  readonly subjects: readonly PanelFile[];
  readonly spans: readonly RowSpan[];
  readonly voxels: number;
  readonly made: (name: string) => PanelFile;
}

type Rule = Pick<
  HyperalignmentParameters,
  "zscoreCommon" | "scaling" | "reference" | "order" | "equalWeights"
>;

/** Level 1: see `hyperalignment`. Every subject as aligned, the reference as they are. */
function* levelOne(
  { subjects, spans, voxels, made }: Streamed,
  { zscoreCommon: zscore, scaling, reference, order, equalWeights }: Rule,
): Staged<readonly PanelFile[]> {
  const first = reference ?? 0;
  const aligned = [...subjects];
  const targets = [made("target 0"), made("target 1")] as const;
  let gram = yield* summed(targets[0], (span): Task => {
    const input: StartInput = { samples: subjects[first] as PanelFile, target: targets[0], zscore, span };
    return { name: "streamed-start", input };
  });
  const others = levelOrder(
    [...subjects.keys()].filter((one) => one !== first),
    order,
  );
  for (const [before, at] of others.entries()) {
    const [target, after] = before % 2 === 0 ? targets : [targets[1], targets[0]];
    const next = before + 1 < others.length ? after : null;
    const source = spans[at] as RowSpan;
    const [fit] = (yield [
      { name: "streamed-fit", input: { source, target: gram, voxels, scaling } },
    ]) as readonly [PanelFit];
    const own = made(`aligned ${at}`);
    const weight = equalWeights ? (before + 1) / (before + 2) : 0.5;
    const parts = (yield panelSpans(target).map((span): Task => {
      const input: AdvanceInput = { target, fit, zscore, weight, aligned: own, next, span };
      return { name: "streamed-advance", input };
    })) as readonly (Matrix | null)[];
    if (next !== null) gram = sum(parts as readonly Matrix[]);
    aligned[at] = own;
  }
  return aligned;
}

/** Level 2: every subject is fitted anew to the mean of the others; the Gram matrix of the mean of all, which is written. */
function* levelTwo(
  { spans, voxels }: Streamed,
  files: Pick<LevelTwoInput, "aligned" | "kept" | "space">,
  { zscoreCommon: zscore, scaling }: Rule,
): Staged<Matrix> {
  const { aligned, space } = files;
  const panels = panelSpans(space);
  let targets: readonly Matrix[] | null = null;
  for (let at = 0; at < panels.length; at += SPANS_AT_ONCE) {
    const found = (yield panels.slice(at, at + SPANS_AT_ONCE).map((span): Task => {
      const input: OthersInput = { aligned, zscore, span };
      return { name: "streamed-others", input };
    })) as readonly (readonly Matrix[])[];
    const parts: readonly (readonly Matrix[])[] = targets === null ? found : [targets, ...found];
    targets = spans.map((_, subject) => sum(parts.map((part) => part[subject] as Matrix)));
  }
  const fits = (yield spans.map(
    (source, at): Task => ({
      name: "streamed-fit",
      input: { source, target: targets?.[at], voxels, scaling },
    }),
  )) as readonly PanelFit[];
  return yield* summed(space, (span): Task => {
    const input: LevelTwoInput = { ...files, fits, zscore, span };
    return { name: "streamed-level-two", input };
  });
}

/** A task for each span of a file's panels, whose T × T outputs are added. */
function* summed(
  file: PanelFile,
  task: (span: ReturnType<typeof panelSpans>[number]) => Task,
): Staged<Matrix> {
  return sum((yield panelSpans(file).map(task)) as readonly Matrix[]);
}
