import { absentSubjects } from "#app/contract/absent-subjects.ts";
import type { Dataset, Problem } from "#app/contract/dataset.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

interface Props {
  readonly dataset: Dataset;
  readonly problems: readonly Problem[];
}

/** Each subject and run that is not used and why, with a button that puts it back. */
export function LeftOut({ dataset, problems }: Props) {
  const leaveOut = usePlanDraft((draft) => draft.plan?.dataset.leaveOut);
  const change = usePlanDraft((draft) => draft.change);
  if (leaveOut === undefined) return null;
  // What is not downloaded is listed with its downloads.
  const absent = absentSubjects(dataset);
  const out = [
    ...leaveOut.subjects
      .filter((name) => !absent.includes(name))
      .map((name) => ({ kind: "subjects" as const, name })),
    ...leaveOut.runs.map((name) => ({ kind: "runs" as const, name })),
  ];
  if (out.length === 0) return null;
  const putBack = (kind: "subjects" | "runs", name: string) =>
    change((plan) => {
      const kept = plan.dataset.leaveOut[kind].filter((one) => one !== name);
      return { ...plan, dataset: { ...plan.dataset, leaveOut: { ...plan.dataset.leaveOut, [kind]: kept } } };
    });
  const why = (kind: "subjects" | "runs", name: string): string => {
    const cause = problems.find(
      ({ subject, run, severity }) => severity === "error" && (kind === "subjects" ? subject : run) === name,
    );
    return cause?.text ?? "Left out by you.";
  };
  return (
    <>
      <h2>Left out</h2>
      <ul className="problems">
        {out.map(({ kind, name }) => (
          <li key={`${kind} ${name}`}>
            <strong>{name}</strong>
            <br />
            {why(kind, name)}{" "}
            <button type="button" className="link" onClick={() => putBack(kind, name)}>
              Put it back
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
