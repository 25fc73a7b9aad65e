import { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { sparseDiagonal } from "#app/linalg/sparse-matrix.ts";
import { type Staged, type Task, type TaskTable, taskCode } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf, voxelColumns } from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { applyTransform, type Transform } from "./transform.ts";

const DiagonalParameters = z.strictObject({
  iterations: z.int().min(0).max(20).default(2).meta({
    title: "Iterations",
    description: "How often the template is made anew of what was brought to it.",
  }),
});
type DiagonalParameters = z.output<typeof DiagonalParameters>;

interface FitInput {
  readonly samples: Matrix;
  readonly target: Blend;
}

const tasks: TaskTable = {
  ...blendTasks,
  transform: taskCode(fitDiagonal),
  move: taskCode((linalg, input: FitInput) =>
    applyTransform(linalg, fitDiagonal(linalg, input), input.samples),
  ),
};

/** Every voxel brought to itself in a mean template by a factor (Bazeille et al. 2021): see `templateFit`. */
export const diagonal: Aligner<typeof DiagonalParameters> = {
  name: "diagonal",
  label: "Diagonal",
  help: "Multiplies each voxel by one number so that it comes as near as it can to the same voxel of a mean template. It moves nothing: it is a control that shows how much of a gain comes from scale alone, and, as samples are z-scored, it is little but for voxels that are turned round. All subjects must have the same voxels.",
  references: ["bazeille2021"],
  parameters: DiagonalParameters,
  tasks,
  tasksOfFit: (subjects, { iterations }) => subjects + tasksOfTemplateFit(subjects, iterations),
  fit,
  addSubject,
};

function* fit(subjects: readonly AlignSubject[], { iterations }: DiagonalParameters): Staged<Alignment> {
  refuseUnfit(subjects);
  refuseOtherVoxels(subjects);
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
  const task = fitTask("transform", subject.samples, [{ space: commonSpace, weight: 1 }]);
  return ((yield [task]) as readonly [Transform])[0];
}

function fitTask(name: "move" | "transform", samples: Matrix, target: Blend): Task {
  return { name, input: { samples, target } satisfies FitInput };
}

/** ⟨x, y⟩/⟨x, x⟩ of each voxel's centred samples x and the template's y; 0 where x is constant. */
function fitDiagonal(linalg: Linalg, { samples, target }: FitInput): Transform {
  const { matrix: own, means: offsetIn } = linalg.centre(samples);
  const { matrix: template, means: offsetOut } = linalg.centre(blend(linalg, target, false));
  const [along, squares] = [new Float64Array(own.columns), new Float64Array(own.columns)];
  for (let at = 0, column = 0; at < own.data.length; at++) {
    const value = own.data[at] as number;
    along[column] = (along[column] as number) + value * (template.data[at] as number);
    squares[column] = (squares[column] as number) + value * value;
    column = column + 1 === own.columns ? 0 : column + 1;
  }
  const factors = along.map((sum, column) =>
    (squares[column] as number) > 0 ? sum / (squares[column] as number) : 0,
  );
  return { offsetIn, offsetOut, scale: 1, map: { kind: "sparse", matrix: sparseDiagonal(factors) } };
}
