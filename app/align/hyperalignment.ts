import { Fault } from "#app/contract/fault.ts";
import { type Matrix, zeros } from "#app/linalg/matrix.ts";
import type { Aligner, Alignment, AlignSubject } from "./aligner.ts";
import { HyperalignmentParameters } from "./hyperalignment-parameters.ts";
import { factorAll, forwardAll, hyperalignmentTasks, transformAll } from "./hyperalignment-tasks.ts";
import type { Source } from "./procrustes.ts";
import type { Staged } from "./task.ts";
import type { Transform } from "./transform.ts";
import { zscoreColumns } from "./zscore-columns.ts";

/**
 * Procrustes hyperalignment, levels 1 to 3 (Haxby et al. 2011, doi 10.1016/j.neuron.2011.08.026), with
 * PyMVPA's settings but for the weights of `equalWeights`, which PyMVPA reverses by mistake.
 */
export const hyperalignment: Aligner<typeof HyperalignmentParameters> = {
  name: "hyperalignment",
  label: "Hyperalignment",
  citation: "Haxby et al. (2011), Neuron 72, 404–416. doi:10.1016/j.neuron.2011.08.026",
  parameters: HyperalignmentParameters,
  tasks: hyperalignmentTasks,
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], parameters: HyperalignmentParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reference = parameters.reference ?? widest(subjects);
  const commonVoxels = (subjects[reference] as AlignSubject).voxels;
  const sources = yield* factorAll(subjects.map(({ samples }) => samples));
  let aligned: readonly Matrix[] = yield* levelOne(subjects, sources, reference, parameters);
  let common = mean(aligned);
  for (let iteration = 0; iteration < parameters.level2Iterations; iteration++) {
    aligned = yield* levelTwo(sources, aligned, common, parameters);
    common = mean(aligned);
  }
  if (parameters.zscoreCommon) zscoreColumns(common);
  const transforms = yield* transformAll(
    subjects.map(({ voxels }, at) =>
      levelThree(sources[at] as Source, voxels, common, commonVoxels, parameters),
    ),
  );
  return { commonSpace: common, commonVoxels, reference, transforms };
}

/** Level 1: one subject after the other is aligned to the running space, which takes them in. */
function* levelOne(
  subjects: readonly AlignSubject[],
  sources: readonly Source[],
  reference: number,
  { scaling, zscoreCommon: zscore, equalWeights }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const aligned = subjects.map(({ samples }) => samples);
  let common = weightedSum(aligned[reference] as Matrix, 1, aligned[reference] as Matrix, 0);
  if (zscore) zscoreColumns(common);
  let count = 1;
  for (const [at, source] of sources.entries()) {
    if (at === reference) continue;
    const [moved] = (yield* forwardAll([{ source, target: common, scaling, zscore }])) as [Matrix];
    aligned[at] = moved;
    const weight = equalWeights ? count / (count + 1) : 0.5;
    common = weightedSum(common, weight, moved, 1 - weight);
    if (zscore) zscoreColumns(common);
    count += 1;
  }
  return aligned;
}

/** Level 2: every subject is aligned anew, from the original samples, to the mean of the others. */
function* levelTwo(
  sources: readonly Source[],
  aligned: readonly Matrix[],
  common: Matrix,
  { scaling, zscoreCommon: zscore }: HyperalignmentParameters,
): Staged<readonly Matrix[]> {
  const n = sources.length;
  return yield* forwardAll(
    sources.map((source, at) => {
      const target = weightedSum(common, n / (n - 1), aligned[at] as Matrix, -1 / (n - 1));
      if (zscore) zscoreColumns(target);
      return { source, target, scaling, zscore };
    }),
  );
}

/** Level 3: the transform of a subject to the final common space. */
function levelThree(
  source: Source,
  sourceVoxels: Int32Array,
  target: Matrix,
  targetVoxels: Int32Array,
  { scaling, completion }: HyperalignmentParameters,
) {
  return { source, target, scaling, completion, sourceVoxels, targetVoxels };
}

function* addSubject(
  { commonSpace, commonVoxels }: Alignment,
  { samples, voxels }: AlignSubject,
  parameters: HyperalignmentParameters,
): Staged<Transform> {
  if (samples.rows !== commonSpace.rows) {
    throw new Fault("align/different-rows", { detail: `${samples.rows} and ${commonSpace.rows}` });
  }
  const [source] = (yield* factorAll([samples])) as readonly [Source];
  const inputs = [levelThree(source, voxels, commonSpace, commonVoxels, parameters)];
  return ((yield* transformAll(inputs)) as readonly [Transform])[0];
}

function refuseUnfit(subjects: readonly AlignSubject[]): void {
  const rows = subjects.map(({ samples }) => samples.rows);
  if (new Set(rows).size > 1) throw new Fault("align/different-rows", { detail: rows.join(", ") });
  for (const [at, { samples }] of subjects.entries()) {
    if (!samples.data.every(Number.isFinite))
      throw new Fault("align/not-finite", { subject: `subject ${at + 1}` });
  }
}

/** The first of the subjects with most voxels. */
function widest(subjects: readonly AlignSubject[]): number {
  const widths = subjects.map(({ samples }) => samples.columns);
  return widths.indexOf(Math.max(...widths));
}

/** a · weightA + b · weightB. */
function weightedSum(a: Matrix, weightA: number, b: Matrix, weightB: number): Matrix {
  const out = zeros(a.rows, a.columns);
  for (let at = 0; at < out.data.length; at++) {
    out.data[at] = (a.data[at] as number) * weightA + (b.data[at] as number) * weightB;
  }
  return out;
}

function mean(matrices: readonly Matrix[]): Matrix {
  const first = matrices[0] as Matrix;
  const out = zeros(first.rows, first.columns);
  for (const { data } of matrices) {
    for (let at = 0; at < data.length; at++) out.data[at] = (out.data[at] as number) + (data[at] as number);
  }
  for (let at = 0; at < out.data.length; at++) out.data[at] = (out.data[at] as number) / matrices.length;
  return out;
}
