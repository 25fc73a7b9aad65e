import { describe, expect, test } from "vitest";
import { aligners } from "#app/align/aligners.ts";
import { inVolume } from "#app/align/searchlights.ts";
import { Classifier } from "#app/contract/classifier.ts";
import { methodNames } from "#app/contract/result.ts";
import { evaluateFold } from "#app/evaluate/evaluate-fold.ts";
import type { Evaluation } from "#app/evaluate/evaluation.ts";
import { relabelled } from "#app/evaluate/relabel.ts";
import { accuracyMaps, searchlightResult } from "#app/evaluate/searchlight/accuracy-maps.ts";
import { meanInterval } from "#app/evaluate/statistics/mean-interval.ts";
import { summarise } from "#app/evaluate/summary.ts";
import { methodOf } from "#app/run/plan-method.ts";
import { spheresIn } from "#app/run/spheres-in.ts";
import { evaluationOf, planFor, SPACE, turnedStudy } from "#test/evaluate/turned-study.ts";
import { inline } from "#test/run/inline.ts";

/** `npm run nightly` takes more. */
const SEEDS = Number(process.env.CONCORD_CHANCE_SEEDS ?? 10);
/** Of all cases together, how often one may lie beside chance by chance. */
const ALPHA = 0.01;

const between = ["same subjects, new data", "new subject"].flatMap((claim) =>
  ["A", "B"].map((scheme) => ({ claim, scheme })),
);
const protocols = [
  ...[
    { name: "leave-one-run-out" },
    { name: "leave-one-block-out", blocks: 2, gapVolumes: 1 },
    { name: "fit-test", fit: ["run-1", "run-3"], test: ["run-2"] },
  ].flatMap((split) => between.map((own) => ({ ...split, ...own }))),
  { name: "leave-one-subject-out" },
];

/** Settings for the small study. */
const quick: Readonly<Record<string, object>> = {
  srm: { components: 4, iterations: 3 },
  "deterministic-srm": { components: 4, iterations: 3 },
  "semi-supervised-srm": { components: 4, iterations: 2 },
  "robust-srm": { components: 4, iterations: 3 },
  "weighted-mcca": { components: 4 },
  "individual-tuning": { components: 4 },
  "spectral-transport": { modes: 3 },
  "fused-gromov-wasserstein": { templateIterations: 1 },
};

interface Case {
  readonly title: string;
  readonly change: Record<string, unknown>;
}

const selection = { name: "anova", voxels: 16 };
const cases: readonly Case[] = [
  ...protocols.map((protocol) => ({
    title: JSON.stringify(protocol),
    change: { protocol, selection },
  })),
  ...Object.keys(aligners).flatMap((name) =>
    ["A", "B"].map((scheme) => ({
      title: `${name}, scheme ${scheme}`,
      change: {
        method: { name, parameters: quick[name] ?? {} },
        protocol: { name: "fit-test", fit: ["run-1", "run-3"], test: ["run-2"], scheme },
      },
    })),
  ),
  ...["stability", "between-subject-correlation"].map((name) => ({
    title: `voxels by ${name}`,
    change: {
      selection: { name, voxels: 12 },
      protocol: { name: "leave-one-run-out", scheme: "B" },
    },
  })),
  ...["A", "B"].map((scheme) => ({
    title: `as many voxels as are chosen, scheme ${scheme}`,
    change: {
      selection: { name: "anova", voxels: 12, choose: [6, 24] },
      protocol: { name: "leave-one-run-out", scheme },
    },
  })),
  ...Classifier.options.map((option) => ({
    title: option.shape.name.value,
    change: { classifier: { name: option.shape.name.value }, selection },
  })),
  ...["A", "B"].map((scheme) => ({
    title: `pairs of conditions and spheres, scheme ${scheme}`,
    change: {
      pairs: true,
      searchlight: { radiusMm: 3, spacingMm: 4 },
      protocol: { name: "leave-one-run-out", scheme },
    },
  })),
];

/** Mean accuracy less chance, by method and measure, of labels drawn anew by each seed. */
async function excess(evaluation: Evaluation): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  const note = (name: string, value: number) => found.set(name, [...(found.get(name) ?? []), value]);
  const align = methodOf(evaluation.plan).over(SPACE);
  for (let seed = 0; seed < SEEDS; seed++) {
    const drawn = relabelled(evaluation, seed);
    const outcomes = [];
    for (const fold of drawn.folds) outcomes.push(await inline.drive(evaluateFold(drawn, fold, align)));
    const { accuracy, chance, pairs } = summarise(drawn, outcomes);
    for (const name of methodNames) {
      const [own, apart] = [accuracy[name], pairs?.[name]];
      if (own !== null) note(name, own.mean - chance);
      if (apart !== undefined) note(`pairs, ${name}`, apart.mean - 0.5);
    }
    const spheres = searchlightResult(drawn, accuracyMaps(drawn, outcomes));
    if (spheres !== null) note("spheres before", spheres.before.mean - chance);
    if (spheres?.after) note("spheres after", spheres.after.mean - chance);
  }
  return found;
}

/** Subjects share a space and are not independent: seeds are, and the interval is over them. */
function besideChance(values: readonly number[], cases: number): boolean {
  const [low, high] = meanInterval(values, 1 - ALPHA / cases);
  return low > 0 || high < 0;
}

const study = turnedStudy({ noise: 0.3, repeats: 2 });
/** Pairs and spheres are of two cases. */
const tests = methodNames.length * (cases.length + 2) + 4;

describe(`with labels that say nothing, over ${SEEDS} seeds, accuracy is chance`, () => {
  test.each(cases)("under $title", async ({ change }) => {
    const plan = planFor(change);
    const evaluation = evaluationOf(plan, study);
    const spheres = plan.searchlight && spheresIn(inVolume(SPACE.places as Float64Array), plan.searchlight);
    const found = await excess({ ...evaluation, spheres });
    expect(found.size).toBeGreaterThan(0);
    for (const [name, values] of found)
      expect([name, besideChance(values, tests)]).toStrictEqual([name, false]);
  });
});

test("and is not where what is tested was selected and trained on", async () => {
  const plan = planFor({ selection, protocol: { name: "leave-one-run-out", scheme: "B" } });
  const honest = evaluationOf(plan, study);
  // No Plan makes such folds.
  const leaky = {
    ...honest,
    folds: honest.folds.map((fold) => ({ ...fold, fit: [...fold.fit, ...fold.held] })),
  };
  const found = await excess(leaky);
  expect(besideChance(found.get("within") ?? [], tests)).toBe(true);
});
