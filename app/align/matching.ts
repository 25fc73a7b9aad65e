import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf, voxelColumns } from "./aligner.ts";
import { assignment } from "./assignment.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { refuseManyVoxels, refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { applyTransform, type Transform } from "./transform.ts";
import { voxelDifferences } from "./voxel-differences.ts";

const MatchingParameters = z.strictObject({
  iterations: z.int().min(0).max(20).default(2).meta({
    title: "Iterations",
    description: "How often the template is made anew of what was brought to it.",
  }),
});
type MatchingParameters = z.output<typeof MatchingParameters>;

/** An assignment of more takes minutes. */
const MOST_VOXELS = 3000;

interface FitInput {
  readonly samples: Matrix;
  readonly target: Blend;
}

const tasks: TaskTable = {
  ...blendTasks,
  transform: taskCode(fitMatching),
  move: taskCode((linalg, input: FitInput) =>
    applyTransform(linalg, fitMatching(linalg, input), input.samples),
  ),
};

/**
 * Every voxel matched to one of a template, and every one of the template's to one (the Hungarian assignment of
 * nltools' align_states, and fmralign's exact optimal transport; Bazeille et al. 2019): see `templateFit`.
 */
export const matching: Aligner<typeof MatchingParameters> = {
  name: "one-to-one-matching",
  label: "One-to-one matching",
  help: "Matches each voxel, or state, of a subject to one of a template, and no two to the same, so that time courses differ least in all. Nothing is mixed: it is the plainest alignment, for states and components that come in another order in each subject, and a control for methods that mix voxels. All subjects must have the same number of columns, which the common space has too.",
  references: ["bazeille2019", "jonker1987"],
  parameters: MatchingParameters,
  tasks,
  tasksOfFit: (subjects, { iterations }) => subjects + tasksOfTemplateFit(subjects, iterations),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], { iterations }: MatchingParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  refuseOtherVoxels(subjects);
  refuseManyVoxels(subjects, MOST_VOXELS);
  const samples = subjects.map((subject) => subject.samples);
  const moveAll: MoveAll = function* (targets) {
    const tasks = samples.map((own, at) => fitTask("move", own, targets[at] as Blend));
    return (yield tasks) as readonly Matrix[];
  };
  const rule = { iterations, tolerance: 0, leaveOneOut: false, rescaled: true };
  const template = yield* templateFit(samples, moveAll, rule);
  const target: Blend = [{ space: template.commonSpace, weight: 1 }];
  const transforms = (yield samples.map((own) => fitTask("transform", own, target))) as readonly Transform[];
  return { ...template, columns: columnsOf(subjects[0] as AlignSubject), transforms };
}

function* addSubject({ commonSpace, columns }: Alignment, subject: AlignSubject): Staged<Transform> {
  refuseNewcomer(commonSpace, subject);
  refuseOtherVoxels([subject, voxelColumns(columns)]);
  refuseManyVoxels([subject], MOST_VOXELS);
  const task = fitTask("transform", subject.samples, [{ space: commonSpace, weight: 1 }]);
  return ((yield [task]) as readonly [Transform])[0];
}

function fitTask(name: "move" | "transform", samples: Matrix, target: Blend): Task {
  return { name, input: { samples, target } satisfies FitInput };
}

/** The permutation P that makes least of ‖X·P − Y‖² for samples X and template Y. */
function fitMatching(linalg: Linalg, { samples, target }: FitInput): Transform {
  const columnOf = assignment(voxelDifferences(linalg, samples, blend(linalg, target, false)));
  const size = columnOf.length;
  const indices = new Int32Array(size);
  columnOf.forEach((column, voxel) => {
    indices[column] = voxel;
  });
  const starts = Int32Array.from({ length: size + 1 }, (_, at) => at);
  const values = new Float64Array(size).fill(1);
  return {
    offsetIn: new Float64Array(size),
    offsetOut: new Float64Array(size),
    scale: 1,
    map: { kind: "sparse", matrix: { rows: size, columns: size, starts, indices, values } },
  };
}
