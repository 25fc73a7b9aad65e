import type { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, taskCode } from "#app/linalg/task.ts";
import { type Aligner, type Alignment, type AlignSubject, columnsOf, voxelColumns } from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { refuseManyVoxels, refuseNewcomer, refuseOtherVoxels, refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { applyTransform, type Transform } from "./transform.ts";

/** How a method brings a subject's voxels to the same voxels of a mean template. */
interface TemplateMap<Parameters> {
  iterations(parameters: Parameters): number;
  /** See `TemplateRule`. */
  readonly rescaled: boolean;
  /** Of methods that hold a number for every pair of voxels. */
  readonly mostVoxels: number | null;
  /** The way of samples (T × V) to a template (T × V). */
  fit(linalg: Linalg, samples: Matrix, template: Matrix, parameters: Parameters): Transform;
}

interface FitInput<Parameters> {
  readonly samples: Matrix;
  readonly target: Blend;
  readonly parameters: Parameters;
}

/** The working parts of a method that needs no more than such a map: see `templateFit`. */
export function templateMethod<Schema extends z.ZodType>({
  iterations,
  rescaled,
  mostVoxels,
  fit: fitMap,
}: TemplateMap<z.output<Schema>>): Pick<Aligner<Schema>, "tasks" | "tasksOfFit" | "fit" | "addSubject"> {
  type Input = FitInput<z.output<Schema>>;
  const fitTo = (linalg: Linalg, { samples, target, parameters }: Input) =>
    fitMap(linalg, samples, blend(linalg, target, false), parameters);
  const task = (name: "move" | "transform", input: Input): Task => ({ name, input });
  return {
    tasks: {
      ...blendTasks,
      transform: taskCode(fitTo),
      move: taskCode((linalg, input: Input) => applyTransform(linalg, fitTo(linalg, input), input.samples)),
    },
    tasksOfFit: (subjects, parameters) => subjects + tasksOfTemplateFit(subjects, iterations(parameters)),
    *fit(subjects, parameters): Staged<Alignment> {
      refuseUnfit(subjects);
      refuseOtherVoxels(subjects);
      if (mostVoxels !== null) refuseManyVoxels(subjects, mostVoxels);
      const samples = subjects.map((subject) => subject.samples);
      const moveAll: MoveAll = function* (targets) {
        const tasks = samples.map((own, at) =>
          task("move", { samples: own, target: targets[at] as Blend, parameters }),
        );
        return (yield tasks) as readonly Matrix[];
      };
      const rule = { iterations: iterations(parameters), tolerance: 0, leaveOneOut: false, rescaled };
      const template = yield* templateFit(samples, moveAll, rule);
      const target: Blend = [{ space: template.commonSpace, weight: 1 }];
      const transforms = (yield samples.map((own) =>
        task("transform", { samples: own, target, parameters }),
      )) as readonly Transform[];
      return { ...template, columns: columnsOf(subjects[0] as AlignSubject), transforms };
    },
    *addSubject({ commonSpace, columns }, subject, parameters): Staged<Transform> {
      refuseNewcomer(commonSpace, subject);
      refuseOtherVoxels([subject, voxelColumns(columns)]);
      if (mostVoxels !== null) refuseManyVoxels([subject], mostVoxels);
      const target: Blend = [{ space: commonSpace, weight: 1 }];
      const { samples } = subject;
      return ((yield [task("transform", { samples, target, parameters })]) as readonly [Transform])[0];
    },
  };
}
