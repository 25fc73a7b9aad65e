import { z } from "zod";
import type { Matrix } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, voxelColumns } from "./aligner.ts";
import type { Blend } from "./blend.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { readyRidges, ridgeMoved, ridgeTarget, ridgeTasks, ridgeTransforms } from "./ridge-tasks.ts";
import { scaledRidge } from "./smoother.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { templateIterations } from "./template-parameters.ts";
import { templateStart } from "./template-start.ts";
import type { Transform } from "./transform.ts";

const RidgeParameters = z.strictObject({
  ridge: z
    .number()
    .min(0.0001)
    .max(100_000)
    .nullable()
    .default(0.3)
    .meta({
      title: "Ridge",
      description:
        "How strongly weak directions of a subject are damped, in units of the mean square of its singular values. None: of 0.001 to 100 the one that foretells most of the template, by cross-validation over four blocks of the samples aligned on; it smooths more than serves matching.",
      tries: [0.01, 0.1, 1, 10, 100],
    }),
  iterations: templateIterations,
});
type RidgeParameters = z.output<typeof RidgeParameters>;

/** What is tried where no ridge is given. */
const TRIED = [0.001, 0.01, 0.1, 1, 10, 100];

/** The ridges, as they are added to squares, to choose from for a subject's samples. */
export type RidgesOf = (samples: Matrix) => readonly number[];

/** Ridge regression of a mean template on every subject's voxels (Bazeille et al. 2021): see `templateFit`. */
export const ridge: Aligner<typeof RidgeParameters> = {
  name: "ridge",
  label: "Ridge regression",
  help: "Says each voxel of a mean template by a weighted sum of all of a subject's voxels, with weights kept small. It needs no one-to-one match and takes what noise there is for what it is, but it smooths: what is aligned looks more alike than it is, so judge it by classification and not by ISC. The common space has voxels.",
  references: ["bazeille2021"],
  parameters: RidgeParameters,
  tasks: ridgeTasks,
  // Where no ridge is given, it is chosen for all columns together.
  fitsColumnsAlone: ({ ridge: given }) => given !== null,
  tasksOfFit: (subjects, { iterations }) => 2 * subjects + 1 + tasksOfTemplateFit(subjects + 1, iterations),
  fit: (subjects, { ridge: given, iterations }) =>
    fitRidges(subjects, iterations, (samples) => ridgesOf(samples, given)),
  addSubject,
};

/** The same with ridges of any kind. */
export function* fitRidges(
  subjects: readonly AlignSubject[],
  iterations: number,
  ridges: RidgesOf,
): Staged<Alignment> {
  refuseUnfit(subjects);
  const sources = yield* readyRidges(subjects.map(({ samples }) => ({ samples, ridges: ridges(samples) })));
  const { columns, laid } = templateStart(subjects);
  const moveAll: MoveAll = function* ([target]) {
    return yield* ridgeMoved(sources, yield* ridgeTarget(target as Blend, sources));
  };
  const rule = { iterations, tolerance: 0, leaveOneOut: false, rescaled: false };
  const template = yield* templateFit(laid, moveAll, rule);
  const target = yield* ridgeTarget([{ space: template.commonSpace, weight: 1 }], sources);
  return { ...template, columns, transforms: yield* ridgeTransforms(sources, target) };
}

function* addSubject(
  { commonSpace, columns }: Alignment,
  subject: AlignSubject,
  { ridge: given }: RidgeParameters,
): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  voxelColumns(columns);
  const { samples } = subject;
  const sources = yield* readyRidges([{ samples, ridges: ridgesOf(samples, given) }]);
  const target = yield* ridgeTarget([{ space: commonSpace, weight: 1 }], sources);
  return (yield* ridgeTransforms(sources, target))[0] as Transform;
}

/** λ̄ of X as given, or of what is tried. Samples that don't vary still need a ridge above 0. */
function ridgesOf(samples: Matrix, given: number | null): readonly number[] {
  return (given === null ? TRIED : [given]).map((one) => scaledRidge(samples, one) || one);
}
