import type { Plan } from "#app/contract/plan.ts";
import type { Classifier } from "./classifier.ts";
import { loadLinearSvm } from "./linear-svm.ts";
import { nearestClass } from "./nearest-class.ts";

/** The classifier that a Plan names. libsvm is loaded on first use. */
export async function classifierOf(spec: Plan["classifier"]): Promise<Classifier> {
  return spec.name === "linear-svm" ? loadLinearSvm(spec.cost) : nearestClass;
}
