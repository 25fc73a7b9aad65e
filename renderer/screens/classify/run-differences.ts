import type { Plan } from "#app/contract/plan.ts";
import { type MethodName, methodNames } from "#app/contract/result.ts";
import { type Measure, subjectValue } from "#renderer/screens/classify/measures.ts";

/** A method in two runs. */
export interface MethodBeside {
  readonly method: MethodName;
  readonly here: number;
  readonly there: number;
  /** Of the subjects in both: how many, and how many are higher here, and there. */
  readonly subjects: number;
  readonly higherHere: number;
  readonly higherThere: number;
}

/** What both runs have of a measure. */
export function methodsBeside(here: Measure, there: Measure): MethodBeside[] {
  return methodNames.flatMap((method) => {
    const [own, other] = [here.byMethod[method], there.byMethod[method]];
    if (own === null || other === null) return [];
    const pairs = own.perSubject.flatMap(({ subject, value }) => {
      const beside = subjectValue(there, method, subject);
      return beside === null ? [] : [{ value, beside }];
    });
    return [
      {
        method,
        here: own.mean,
        there: other.mean,
        subjects: pairs.length,
        higherHere: pairs.filter(({ value, beside }) => value > beside).length,
        higherThere: pairs.filter(({ value, beside }) => value < beside).length,
      },
    ];
  });
}

const partNames: Readonly<Record<string, string>> = {
  dataset: "data",
  region: "region",
  cleaning: "cleaning",
  samples: "samples",
  selection: "selection of voxels",
  method: "method",
  protocol: "protocol",
  classifier: "classifier",
  seed: "seed",
};

/** In what two Plans differ that accuracies depend on. */
export function planDifferences(here: Plan, there: Plan): string[] {
  return Object.keys(partNames).flatMap((part) => {
    const of = (plan: Plan) => JSON.stringify(plan[part as keyof Plan]);
    return of(here) === of(there) ? [] : [partNames[part] as string];
  });
}
