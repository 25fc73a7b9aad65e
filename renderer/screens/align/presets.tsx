import type { Plan } from "#app/contract/plan.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** Plans of well-known tutorials, on the dataset that is open. */
export function Presets() {
  const change = usePlanDraft((draft) => draft.change);
  const dataset = useStudy((study) => study.opened?.dataset);
  if (dataset === undefined) return null;
  const columns = dataset.events.flatMap((run) => run.columns.map(({ name }) => name));
  const column = columns.includes("trial_type") ? "trial_type" : (columns[0] ?? "trial_type");
  const shiftOf = (plan: Plan) =>
    plan.samples.classify.kind === "events" ? plan.samples.classify.shiftSeconds : 5;
  const pymvpa = (plan: Plan): Plan => {
    const samples = { kind: "events" as const, shiftSeconds: shiftOf(plan), column };
    return {
      ...plan,
      samples: { align: samples, classify: samples },
      selection: { name: "anova", voxels: 100 },
      protocol: { name: "leave-one-run-out" },
      classifier: { name: "linear-svm", cost: "pymvpa" },
    };
  };
  const sherlock = (plan: Plan): Plan => ({
    ...plan,
    samples: {
      align: { kind: "volumes" },
      classify: { kind: "events", shiftSeconds: shiftOf(plan), column },
    },
    selection: null,
    protocol: {
      name: "fit-test",
      fit: dataset.runs.slice(0, -1),
      test: dataset.runs.slice(-1),
    },
    classifier: { name: "nearest-class-correlation" },
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
