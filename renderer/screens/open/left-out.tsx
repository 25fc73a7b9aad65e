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
  const out = [
    ...leaveOut.subjects.map((name) => ({ kind: "subjects" as const, name })),
    ...leaveOut.runs.map((name) => ({ kind: "runs" as const, name })),
  ];
  if (out.length === 0) return null;
  const putBack = (kind: "subjects" | "runs", name: string) =>
    change((plan) => {
      const kept = plan.dataset.leaveOut[kind].filter((one) => one !== name);
      return { ...plan, dataset: { ...plan.dataset, leaveOut: { ...plan.dataset.leaveOut, [kind]: kept } } };
    });
  const why = (kind: "subjects" | "runs", name: string): string => {
    const absent = dataset.absent.some((image) => image[kind === "subjects" ? "subject" : "run"] === name);
    if (absent) return "Not downloaded yet.";
    const cause = problems.find(
      ({ subject, run, severity }) => severity === "error" && (kind === "subjects" ? subject : run) === name,
    );
    return cause?.text ?? "Left out by you.";
  };
  return (
    <>
      <h3>Left out</h3>
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
