import type { z } from "zod";
import type { Linalg } from "#app/linalg/linalg.ts";
import type { Matrix } from "#app/linalg/matrix.ts";
import { type Staged, type Task, taskCode } from "#app/linalg/task.ts";
import {
  type Aligner,
  type Alignment,
  type AlignSubject,
  type VoxelColumns,
  voxelColumns,
} from "./aligner.ts";
import { type Blend, blend, blendTasks } from "./blend.ts";
import { refuseNewcomer, refuseUnfit } from "./refuse-unfit.ts";
import { type MoveAll, type TemplateRule, tasksOfTemplateFit, templateFit } from "./template-fit.ts";
import { templateStart } from "./template-start.ts";
import { applyTransform, type Transform } from "./transform.ts";

/** Samples (T × V), and where their voxels lie. */
export type Placed = Pick<AlignSubject, "samples" | "places">;

/** How a method brings a subject's voxels to those of a mean template, which has the voxels of the widest subject. */
interface TemplateMap<Parameters> {
  /** What every map needs and no subject changes, made once of the template's voxels. */
  common?(linalg: Linalg, columns: VoxelColumns, parameters: Parameters): Matrix;
  /** Each subject is moved to the template of all. */
  rule(parameters: Parameters): Omit<TemplateRule, "leaveOneOut">;
  /** What voxels the method does not take: those of all subjects, or of a newcomer and the template. @throws Fault align/… */
  refuse(all: readonly Pick<AlignSubject, "voxels" | "places">[]): void;
  /** The way of a subject to a template. */
  fit(
    linalg: Linalg,
    own: Placed,
    template: Placed,
    parameters: Parameters,
    common: Matrix | null,
  ): Transform;
}

/** What stays the same while a template changes. */
interface Setting<Parameters> {
  readonly columns: VoxelColumns;
  readonly parameters: Parameters;
  readonly common: Matrix | null;
}

interface FitInput<Parameters> extends Setting<Parameters> {
  readonly own: Placed;
  readonly target: Blend;
}

type CommonInput<Parameters> = Omit<Setting<Parameters>, "common">;

/** The working parts of a method that needs no more than such a map: see `templateFit`. */
export function templateMethod<Schema extends z.ZodType>({
  rule,
  refuse,
  common: commonOf,
  fit: fitMap,
}: TemplateMap<z.output<Schema>>): Pick<Aligner<Schema>, "tasks" | "tasksOfFit" | "fit" | "addSubject"> {
  type Parameters = z.output<Schema>;
  type Input = FitInput<Parameters>;
  const fitTo = (linalg: Linalg, { own, target, columns: { places }, parameters, common }: Input) =>
    fitMap(linalg, own, { samples: blend(linalg, target, false), places }, parameters, common);
  const settingOf = function* (input: CommonInput<Parameters>): Staged<Setting<Parameters>> {
    if (commonOf === undefined) return { ...input, common: null };
    const [common] = (yield [{ name: "common", input }]) as readonly [Matrix];
    return { ...input, common };
  };
  const task = (
    name: "move" | "transform",
    { samples, places }: Placed,
    target: Blend,
    setting: Setting<Parameters>,
  ): Task => {
    const input: Input = { ...setting, own: { samples, places }, target };
    return { name, input };
  };
  return {
    tasks: {
      ...blendTasks,
      common: taskCode((linalg, { columns, parameters }: CommonInput<Parameters>) =>
        commonOf?.(linalg, columns, parameters),
      ),
      transform: taskCode(fitTo),
      move: taskCode((linalg, input: Input) =>
        applyTransform(linalg, fitTo(linalg, input), input.own.samples),
      ),
    },
    tasksOfFit: (subjects, parameters) =>
      (commonOf === undefined ? 0 : 1) + subjects + tasksOfTemplateFit(subjects, rule(parameters).iterations),
    *fit(subjects, parameters): Staged<Alignment> {
      refuseUnfit(subjects);
      refuse(subjects);
      const { columns, laid } = templateStart(subjects);
      const setting = yield* settingOf({ columns, parameters });
      const moveAll: MoveAll = function* (targets) {
        const tasks = subjects.map((own, at) => task("move", own, targets[at] as Blend, setting));
        return (yield tasks) as readonly Matrix[];
      };
      const template = yield* templateFit(laid, moveAll, { ...rule(parameters), leaveOneOut: false });
      const target: Blend = [{ space: template.commonSpace, weight: 1 }];
      const transforms = (yield subjects.map((own) =>
        task("transform", own, target, setting),
      )) as readonly Transform[];
      return { ...template, columns, transforms };
    },
    *addSubject({ commonSpace, columns: given }, subject, parameters): Staged<Transform> {
      refuseNewcomer(commonSpace, subject);
      const columns = voxelColumns(given);
      refuse([subject, columns]);
      const target: Blend = [{ space: commonSpace, weight: 1 }];
      const setting = yield* settingOf({ columns, parameters });
      const added = task("transform", subject, target, setting);
      return ((yield [added]) as readonly [Transform])[0];
    },
  };
}
