import type { EvaluationSamples } from "#app/evaluate/evaluation.ts";
import type { SampleSet } from "#app/prepare/sample-set.ts";

/** A set of samples of so many voxels as an evaluation takes it. */
export function evaluationSamples(
  { data, rows, runs, labels, volumes }: SampleSet,
  voxels: number,
): EvaluationSamples {
  return { subjects: data.map((values) => ({ rows, columns: voxels, data: values })), runs, labels, volumes };
}
