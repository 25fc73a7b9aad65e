import type { FitCourse } from "#app/contract/result.ts";
import { type Matrix, scaled } from "#app/linalg/matrix.ts";
import type { Staged } from "#app/linalg/task.ts";
import { norm } from "#app/linalg/vector.ts";
import { type Blend, blendSpace, meanOf, meanOfOthers } from "./blend.ts";

/** Brings every subject's samples into the space of a template, each of its own: T × V_template. */
export type MoveAll = (targets: readonly Blend[]) => Staged<readonly Matrix[]>;

/** What comes of it: T × V_template, and how it changed. */
export interface Template {
  readonly commonSpace: Matrix;
  readonly course: FitCourse;
}

/** How a template is made of what is moved to it. */
export interface TemplateRule {
  /** At most so many. */
  readonly iterations: number;
  /** It is done when the template changes by no more than this share of its norm. */
  readonly tolerance: number;
  /** Whether each subject is moved to the mean of the others alone. */
  readonly leaveOneOut: boolean;
  /** Whether the mean is brought to the mean norm of what is moved: maps that shrink would let it dwindle. */
  readonly rescaled: boolean;
}

/** How many tasks `templateFit` yields, unless it is done before, if so many move all subjects. */
export function tasksOfTemplateFit(moving: number, iterations: number): number {
  return 1 + (moving + 1) * iterations;
}

/**
 * A template that starts as the mean of the subjects as they lie (T × V_template each), and so often as told becomes the
 * mean of what is moved to it: generalised Procrustes analysis where the maps are rotations (Gower 1975), and fmralign's
 * template whatever they are (Bazeille et al. 2021). Every subject is then to be fitted to it as it is; fmralign's fits
 * are those to the template before it.
 */
export function* templateFit(
  laid: readonly Matrix[],
  moveAll: MoveAll,
  { iterations, tolerance, leaveOneOut, rescaled }: TemplateRule,
): Staged<Template> {
  const n = laid.length;
  const templateOf = (moved: readonly Matrix[], mean: Matrix): Matrix => {
    const norms = moved.reduce((sum, own) => sum + norm(own), 0) / n;
    return rescaled && norms > 0 ? scaled(mean, norms / norm(mean)) : mean;
  };
  let moved = laid;
  let mean = yield* blendSpace(meanOf(moved), false);
  let template = templateOf(moved, mean);
  const changes: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const one: Blend = [{ space: template, weight: 1 }];
    const targets = moved.map((own) => (leaveOneOut ? meanOfOthers(mean, own, n) : one));
    moved = yield* moveAll(targets);
    mean = yield* blendSpace(meanOf(moved), false);
    const next = templateOf(moved, mean);
    const change = distance(next, template) / (norm(template) || 1);
    template = next;
    changes.push(change);
    if (change <= tolerance) break;
  }
  return { commonSpace: template, course: { quantity: "change of the template", values: changes } };
}

function distance(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += ((a.data[at] as number) - (b.data[at] as number)) ** 2;
  return Math.sqrt(sum);
}
