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
  /** On voxels at these places, V × 3 in mm; null where there are none. */
  readonly align: (places: Float64Array | null) => AlignMethod;
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
    align: (places) => alignOn(aligner, parameters, places),
  };
}

function alignOn(aligner: Aligner, parameters: unknown, places: Float64Array | null): AlignMethod {
  return function* ({ samples, voxels, held }) {
    const subjects = samples.map((matrix, at) => {
      const own = voxels[at] as Int32Array;
      return { samples: matrix, voxels: own, places: places === null ? null : placesOf(places, own) };
    });
    const fit = aligner.fit(subjects, parameters);
    const { commonSpace, columns, transforms } = yield* renamed(fit, (task) => `${aligner.name}/${task}`);
    const moved = (yield transforms.map((transform, at) =>
      applyTask({ transform, samples: held(at) }),
    )) as Moved["moved"];
    if (columns.kind === "voxels") return { moved, weights: null, voxels: columns.voxels, projection: null };
    const { weights } = columns;
    return { moved, weights, ...(yield* viewOf(subjects, commonSpace, weights)) };
  };
}

function placesOf(places: Float64Array, voxels: Int32Array): Float64Array {
  return Float64Array.from({ length: 3 * voxels.length }, (_, at) => {
    return places[3 * (voxels[Math.floor(at / 3)] as number) + (at % 3)] as number;
  });
}
