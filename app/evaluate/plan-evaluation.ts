import { Fault } from "#app/contract/fault.ts";
import type { VolumeSpan } from "#app/contract/run-part.ts";
import { choosesVoxels } from "#app/contract/selection.ts";
import { distinct, type Evaluation, type EvaluationInput, labelledRows, rowsIn } from "./evaluation.ts";
import type { Fold } from "./fold.ts";
import { partsOf } from "./fold-labels.ts";
import { rowsOfFold } from "./fold-rows.ts";
import { foldsOf } from "./folds.ts";
import { innerFolds } from "./inner-folds.ts";
import { innerLabels } from "./inner-labels.ts";

/** @throws Fault plan/leak, plan/too-few-runs, plan/no-rows, plan/one-class, events/one-class, dataset/unknown-run, plan/invalid */
export function planEvaluation(input: EvaluationInput): Evaluation {
  const { plan, classify, runs, subjects } = input;
  const folds = foldsOf(plan, runs, subjects);
  const held = new Set(folds.flatMap((fold) => rowsIn(classify, fold.held)));
  const classes = distinct(classify.labels.filter((label, row) => label !== null && held.has(row)));
  if (classes.length < 2) throw new Fault("events/one-class");
  const codes = classify.labels.map((label) => classes.indexOf(label ?? ""));
  const evaluation: Evaluation = { ...input, folds, classes, codes };
  for (const fold of folds) {
    refuseUntestable(evaluation, fold);
    refuseNumbers(evaluation, fold);
  }
  return evaluation;
}

/** Refuses a fold that lacks rows, or that could only be right. @throws Fault plan/no-rows, plan/one-class, plan/invalid */
function refuseUntestable(evaluation: Evaluation, { id, fit, held, scheme }: Fold): void {
  const { plan, align, classify } = evaluation;
  const fold = id;
  if (plan.protocol.name !== "leave-one-subject-out") {
    if (rowsIn(align, fit).length < 1) throw new Fault("plan/no-rows", { fold, does: "align on" });
    if (rowsIn(align, held).length < 1) throw new Fault("plan/no-rows", { fold, does: "test" });
    const led = plan.selection !== null && plan.selection.name !== "between-subject-correlation";
    if (led && labelledRows(evaluation, fit).length === 0) {
      const detail = "selection needs labelled samples in the runs aligned on";
      throw new Fault("plan/invalid", { detail });
    }
  }
  if (plan.protocol.name === "leave-one-subject-out" && (plan.selection?.name ?? "anova") !== "anova") {
    const detail = "leaving one subject out over all rows selects voxels by ANOVA alone";
    throw new Fault("plan/invalid", { detail });
  }
  const labels = distinct(labelledRows(evaluation, held).map((row) => classify.labels[row] as string));
  if (scheme === "A" && labels.length === 1)
    throw new Fault("plan/one-class", { fold, label: labels[0] as string });
}

/** Refuses to choose how many voxels where none could be chosen without what is tried. @throws Fault plan/invalid */
function refuseNumbers(evaluation: Evaluation, fold: Fold): void {
  const { plan, align, classify, codes } = evaluation;
  if (!choosesVoxels(plan.selection)) return;
  if (plan.protocol.name === "leave-one-subject-out") {
    const detail =
      "leaving one subject out over all rows aligns nothing that a number of voxels could be chosen by";
    throw new Fault("plan/invalid", { detail });
  }
  const { name } = plan.selection;
  if (name === "between-subject-correlation") return;
  const { fitted, fittedLengths, learned } = rowsOfFold(evaluation, fold);
  const aligned = {
    lengths: fittedLengths,
    volumes: fitted.map((row) => align.volumes[row] as VolumeSpan),
  };
  const runs = partsOf(learned, fold.fit, classify);
  const volumes = learned.map((row) => classify.volumes[row] as VolumeSpan);
  const enough = innerFolds(fittedLengths).every((inner) => {
    const left = innerLabels(inner, aligned, { runs, volumes });
    const inRun = new Map<number, Set<number>>();
    for (const at of left) {
      const run = name === "anova" ? 0 : (runs[at] as number);
      inRun.set(run, (inRun.get(run) ?? new Set()).add(codes[learned[at] as number] as number));
    }
    const sets = [...inRun.values()];
    if (name === "anova") return sets.some((own) => own.size > 1);
    return sets.some((a, at) =>
      sets.slice(at + 1).some((b) => [...a].filter((code) => b.has(code)).length > 1),
    );
  });
  if (enough) return;
  const wanted = name === "anova" ? "two conditions" : "two conditions in two runs";
  const detail = `how many voxels can't be chosen in ${fold.id}: without the samples that a number is tried on, ${wanted} to rank voxels by are not left; give one number`;
  throw new Fault("plan/invalid", { detail });
}
