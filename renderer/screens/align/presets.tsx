import { conditionSamples } from "#app/contract/condition-samples.ts";
import { type Plan, usualBetween } from "#app/contract/plan.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** What the PyMVPA tutorial aligns by; the naturalistic one has a Procrustes of its own. */
const procrustes: Plan["method"] = {
  name: "hyperalignment",
  parameters: {},
  choose: {},
  others: [],
  on: { kind: "samples" },
  pieces: { kind: "whole" },
};

/** Plans of well-known tutorials, on the dataset that is open. */
export function Presets() {
  const change = usePlanDraft((draft) => draft.change);
  const dataset = useStudy((study) => study.opened?.dataset);
  if (dataset === undefined) return null;
  /** A shift that was chosen stays. */
  const conditionsOf = ({ samples: { classify } }: Plan) => {
    const usual = conditionSamples(dataset);
    const kept = usual.kind === "events" && classify.kind === "events";
    return kept ? { ...usual, shiftSeconds: classify.shiftSeconds } : usual;
  };
  const pymvpa = (plan: Plan): Plan => {
    const samples = conditionsOf(plan);
    return {
      ...plan,
      samples: { align: samples, classify: samples },
      selection: { name: "anova", voxels: 100, choose: [] },
      method: procrustes,
      protocol: { name: "leave-one-run-out", ...usualBetween },
      classifier: { name: "linear-svm", cost: "pymvpa" },
      timeSegments: null,
    };
  };
  const sherlock = (plan: Plan): Plan => ({
    ...plan,
    samples: {
      align: { kind: "volumes" },
      classify: conditionsOf(plan),
    },
    selection: null,
    method: { ...procrustes, name: "tutorial-procrustes" },
    protocol: {
      name: "fit-test",
      fit: dataset.runs.slice(0, -1),
      test: dataset.runs.slice(-1),
      ...usualBetween,
    },
    classifier: { name: "nearest-class-correlation" },
    timeSegments: { length: 10 },
  });
  return (
    <span className="presets">
      <span className="quiet">Preset</span>
      <button type="button" onClick={() => change(pymvpa)}>
        PyMVPA tutorial
      </button>
      <button type="button" disabled={dataset.runs.length < 2} onClick={() => change(sherlock)}>
        Sherlock tutorial
      </button>
    </span>
  );
}
