import { z } from "zod";
import type { Staged } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf } from "./aligner.ts";
import { addRotated, procrustesTasks, readied, transformsOnto } from "./procrustes-tasks.ts";
import { refuseUnfit } from "./refuse-unfit.ts";
import { referenceParameter, rotationParameters } from "./rotation-parameters.ts";
import { referenceOf } from "./template-start.ts";

/** Parameters of pairwise Procrustes alignment. */
const PairwiseParameters = z.strictObject({ ...referenceParameter, ...rotationParameters });
type PairwiseParameters = z.output<typeof PairwiseParameters>;

/** Every subject rotated to one of them (Schönemann 1966). */
export const pairwise: Aligner<typeof PairwiseParameters> = {
  name: "pairwise-procrustes",
  label: "Pairwise Procrustes",
  help: "Rotates every subject's voxels to those of one subject that you choose. It is the simplest alignment and the quickest; the noise of the one chosen is in all that follows, which a template of many averages out. The common space is that subject's own.",
  references: ["schonemann1966", "bazeille2021"],
  parameters: PairwiseParameters,
  tasks: procrustesTasks,
  tasksOfFit: (subjects) => 2 * subjects + 1,
  fit,
  addSubject: addRotated,
};

function* fit(subjects: readonly AlignSubject[], parameters: PairwiseParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  const reference = subjects[referenceOf(subjects, parameters)] as AlignSubject;
  const common = { space: reference.samples, voxels: reference.voxels, zscored: false };
  return {
    commonSpace: common.space,
    columns: columnsOf(reference),
    transforms: yield* transformsOnto(yield* readied(subjects), common, parameters),
  };
}
