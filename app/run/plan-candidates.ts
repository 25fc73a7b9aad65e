import type { Aligner } from "#app/align/aligner.ts";
import { aligners } from "#app/align/aligners.ts";
import { SEARCHLIGHTS_LABEL } from "#app/align/in-searchlights.ts";
import { Fault } from "#app/contract/fault.ts";
import { wanted } from "#app/contract/parameter-problem.ts";
import type { Pieces, Plan } from "#app/contract/plan.ts";
import { choosesVoxels, numbersOfVoxels } from "#app/contract/selection.ts";
import { combinations } from "./combinations.ts";
import { methodForms } from "./method-forms.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** One way to align that a Plan names; of several each fold chooses one, on the rows aligned on. */
export interface PlanCandidate {
  /** What sets it apart from the others: the method's name, parameters, the radius of searchlights, how many voxels. */
  readonly values: Parameters;
  readonly aligner: Aligner;
  /** All of them, defaults filled in. */
  readonly parameters: Parameters;
  readonly pieces: Pieces;
  /** How many voxels are kept; null where that is not chosen. */
  readonly voxels: number | null;
}

/** At most so many are tried in a fold. */
const MOST = 100;

/** @throws Fault plan/invalid for an unknown method or parameter, plan/parameter for one out of its range, align/no-searchlights, align/different-voxels */
export function candidatesOf({ method, selection, protocol, keepTransforms }: Plan): PlanCandidate[] {
  const { name, parameters, choose, others, pieces } = method;
  if (others.length > 0 && keepTransforms)
    throw invalid(
      "method.others: the transforms of several methods are not kept as one; switch off keepTransforms",
    );
  const methods = [
    { aligner: alignerOf(name), parameters, choose },
    ...others.map((other) => ({ aligner: alignerOf(other), parameters: {}, choose: {} })),
  ];
  const numbers = choosesVoxels(selection) ? numbersOfVoxels(selection) : [null];
  const found = methods.flatMap(({ aligner, parameters: given, choose: tried }) =>
    combinations(tried).flatMap((values) => {
      const all = parametersOf(aligner, { ...given, ...values });
      return piecesOf(pieces).flatMap(({ radius, own }) =>
        numbers.map((voxels) => ({
          values: {
            ...(others.length === 0 ? {} : { method: aligner.name }),
            ...values,
            ...(radius === null ? {} : { radiusMm: radius }),
            ...(voxels === null ? {} : { voxels }),
          },
          aligner,
          parameters: all,
          pieces: own,
          voxels,
        })),
      );
    }),
  );
  if (found.length > MOST)
    throw invalid(`method.choose: ${found.length} combinations, and at most ${MOST} are tried`);
  const selects = selection !== null && protocol.name !== "leave-one-subject-out";
  for (const one of found) {
    const local = one.pieces.kind === "searchlights";
    if (selects && (local || one.aligner.needsSameVoxels))
      throw new Fault("align/different-voxels", {
        method: local ? SEARCHLIGHTS_LABEL : one.aligner.label,
        detail: "and the Plan selects voxels in each",
      });
    if (local && one.aligner.makesComponents?.(one.parameters))
      throw new Fault("align/no-searchlights", { method: one.aligner.label });
  }
  return found;
}

/** The pieces with each of the radii to try. */
function piecesOf(pieces: Pieces): { readonly radius: number | null; readonly own: Pieces }[] {
  if (pieces.kind !== "searchlights") return [{ radius: null, own: pieces }];
  const { radiiMm, ...others } = pieces;
  const all = radiiMm.length === 0 ? [pieces.radiusMm] : radiiMm;
  return all.map((radiusMm) => {
    if ((pieces.spacingMm ?? 0) > radiusMm)
      throw invalid(
        `method.pieces.spacingMm: ${pieces.spacingMm} is more than the radius of ${radiusMm}, and voxels between searchlights would be in none`,
      );
    return { radius: radiiMm.length === 0 ? null : radiusMm, own: { ...others, radiusMm, radiiMm: [] } };
  });
}

function alignerOf(name: string): Aligner {
  const found = aligners[name];
  if (found === undefined) throw invalid(`there is no method ${name}`);
  return found;
}

function parametersOf(aligner: Aligner, given: Parameters): Parameters {
  const parsed = aligner.parameters.safeParse(given);
  if (parsed.success) return parsed.data as Parameters;
  const issue = parsed.error.issues[0];
  const forms = methodForms().find(({ name }) => name === aligner.name)?.parameters ?? [];
  const parameter = forms.find(({ name }) => name === issue?.path[0]);
  if (parameter !== undefined) {
    const { name, label } = parameter;
    throw new Fault("plan/parameter", { name, label, wanted: wanted(parameter) });
  }
  throw invalid(`method.parameters.${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function invalid(detail: string): Fault {
  return new Fault("plan/invalid", { detail });
}
