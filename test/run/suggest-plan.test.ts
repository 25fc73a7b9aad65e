import { describe, expect, test } from "vitest";
import type { Dataset } from "#app/contract/dataset.ts";
import { usualBetween } from "#app/contract/plan.ts";
import { methodForms } from "#app/run/method-forms.ts";
import { suggestPlan } from "#app/run/suggest-plan.ts";

function dataset(events: Dataset["events"], masks: string[] = []): Dataset {
  return {
    path: "/data/study",
    folder: "/data/study",
    name: "study",
    reader: "bids",
    space: null,
    spaces: [],
    preprocessing: "told",
    subjects: ["sub-01", "sub-02"],
    runs: events.map(({ run }) => run),
    files: [],
    participants: {},
    broken: [],
    absent: [],
    masks,
    atlases: [],
    events,
    backgroundPath: null,
    surfaces: null,
    cortex: null,
    problems: [],
  };
}

const column = (...values: string[]) => [{ name: "trial_type", values }];

describe("the Plan to start from", () => {
  test("leaves one run out where every run has the same conditions", () => {
    const plan = suggestPlan(
      dataset([
        { run: "run-1", columns: column("face", "house") },
        { run: "run-2", columns: column("house", "face") },
      ]),
    );
    expect(plan.protocol).toStrictEqual({ name: "leave-one-run-out", ...usualBetween });
    expect(plan.samples.align.kind).toBe("events");
    expect(plan.region).toStrictEqual({ kind: "brain" });
  });

  test("aligns on volumes of the first runs and tests the last where conditions differ", () => {
    const plan = suggestPlan(
      dataset(
        [
          { run: "part-1", columns: column("scene 1") },
          { run: "part-2", columns: column("scene 2") },
        ],
        ["masks/desc-pmc_mask.nii.gz"],
      ),
    );
    expect(plan.protocol).toStrictEqual({
      name: "fit-test",
      fit: ["part-1"],
      test: ["part-2"],
      ...usualBetween,
    });
    expect(plan.samples.align).toStrictEqual({ kind: "volumes" });
    expect(plan.classifier.name).toBe("nearest-class-correlation");
    expect(plan.region).toStrictEqual({ kind: "mask", path: "masks/desc-pmc_mask.nii.gz" });
  });
});

test("the form of hyperalignment has a field for each parameter", () => {
  const form = methodForms().find(({ name }) => name === "hyperalignment");
  expect(form?.label).toBe("Hyperalignment");
  expect(form?.parameters.map(({ name, kind }) => `${name} ${kind}`)).toStrictEqual([
    "level2Iterations number",
    "reference number",
    "order choice",
    "zscoreCommon switch",
    "equalWeights switch",
    "alpha number",
    "components number",
    "weighted switch",
    "scaling switch",
    "reflection switch",
    "completion choice",
  ]);
  expect(form?.parameters[0]).toMatchObject({ default: 1, least: 0, most: 20, whole: true, optional: false });
  expect(form?.parameters[1]).toMatchObject({ default: null, optional: true, least: 0 });
});
