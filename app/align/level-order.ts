import { randomOf, shuffled } from "#app/linalg/random.ts";
import type { HyperalignmentParameters } from "./hyperalignment-parameters.ts";

/** The order in which subjects join the running space of level 1. A shuffle is always the same one. */
export function levelOrder(subjects: readonly number[], order: HyperalignmentParameters["order"]): number[] {
  if (order === "shuffled") return shuffled(subjects, randomOf(0, "order of level 1"));
  return order === "reversed" ? subjects.toReversed() : [...subjects];
}
