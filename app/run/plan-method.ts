import { applyTask } from "#app/align/align-tasks.ts";
import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { viewOf } from "#app/align/component-view.ts";
import { Fault } from "#app/contract/fault.ts";
import type { Plan } from "#app/contract/plan.ts";
import type { AlignMethod, Moved } from "#app/evaluate/evaluate-fold.ts";
import { renamed } from "#app/linalg/task.ts";

/** The method that a Plan names, with its parameters filled in. */
export interface PlanMethod {
  readonly aligner: Aligner;
  readonly align: AlignMethod;
  /** All of them, defaults filled in. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tasksOfFit: (subjects: number) => number;
}

/** @throws Fault plan/invalid for an unknown method or a parameter out of its range */
export function methodOf({ method }: Plan): PlanMethod {
  const aligner = aligners[method.name];
  if (aligner === undefined) throw new Fault("plan/invalid", { detail: `there is no method ${method.name}` });
  const parsed = aligner.parameters.safeParse(method.parameters);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Fault("plan/invalid", {
      detail: `method.parameters.${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    });
  }
  const parameters = parsed.data;
  return {
    aligner,
    parameters: parameters as Readonly<Record<string, unknown>>,
    tasksOfFit: (subjects) => aligner.tasksOfFit(subjects, parameters),
    align: function* ({ samples, voxels, held }) {
      const subjects = samples.map((matrix, at) => ({
        samples: matrix,
        voxels: voxels[at] as Int32Array,
      }));
      const fit = aligner.fit(subjects, parameters);
      const { commonSpace, columns, transforms } = yield* renamed(fit, (task) => `${aligner.name}/${task}`);
      const moved = (yield transforms.map((transform, at) =>
        applyTask({ transform, samples: held(at) }),
      )) as Moved["moved"];
      if (columns.kind === "voxels")
        return { moved, weights: null, voxels: columns.voxels, projection: null };
      const { weights } = columns;
      return { moved, weights, ...(yield* viewOf(subjects, commonSpace, weights)) };
    },
  };
}
