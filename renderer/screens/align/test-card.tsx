import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

/** About 15 s at the usual repetition times, as in most studies of films. */
const SEGMENT_LENGTH = 10;

export function TestCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const runs = useStudy((study) => study.opened?.dataset.runs ?? []);
  const { protocol, classifier, timeSegments } = plan;
  const last = runs.at(-1) ?? "";
  const setProtocol = (name: string) =>
    change((old) => ({
      ...old,
      protocol:
        name === "fit-test"
          ? { name, fit: runs.slice(0, -1), test: [last] }
          : { name: name as "leave-one-run-out" | "leave-one-subject-out" },
    }));
  return (
    <Card
      name="Test"
      summary={`${tell(protocol)}; ${classifier.name === "linear-svm" ? "linear SVM" : "nearest class"}${timeSegments === null ? "" : `; time segments of ${timeSegments.length}`}`}
    >
      <label>
        Protocol{" "}
        <select value={protocol.name} onChange={(event) => setProtocol(event.target.value)}>
          <option value="leave-one-run-out">leave one run out for the alignment</option>
          <option value="fit-test">fit on these runs, test on those</option>
          <option value="leave-one-subject-out">anatomical only: leave one subject out over all rows</option>
        </select>
      </label>
      {protocol.name === "fit-test" && (
        <div className="row">
          {runs.map((run) => (
            <label key={run}>
              {run}{" "}
              <select
                value={protocol.fit.includes(run) ? "fit" : protocol.test.includes(run) ? "test" : "none"}
                onChange={(event) => {
                  const without = (list: readonly string[]) => list.filter((one) => one !== run);
                  const role = event.target.value;
                  change((old) => ({
                    ...old,
                    protocol: {
                      name: "fit-test",
                      fit: role === "fit" ? [...without(protocol.fit), run] : without(protocol.fit),
                      test: role === "test" ? [...without(protocol.test), run] : without(protocol.test),
                    },
                  }));
                }}
              >
                <option value="fit">fit</option>
                <option value="test">test</option>
                <option value="none">neither</option>
              </select>
            </label>
          ))}
        </div>
      )}
      <label>
        Classifier{" "}
        <select
          value={
            classifier.name === "linear-svm"
              ? classifier.cost === "pymvpa"
                ? "pymvpa"
                : "svm"
              : classifier.name
          }
          onChange={(event) => {
            const name = event.target.value;
            change((old) => ({
              ...old,
              classifier:
                name === "nearest-class-correlation"
                  ? { name }
                  : { name: "linear-svm", cost: name === "pymvpa" ? "pymvpa" : 1 },
            }));
          }}
        >
          <option value="svm">linear SVM, C = 1</option>
          <option value="pymvpa">linear SVM, PyMVPA's C</option>
          <option value="nearest-class-correlation">nearest class by correlation</option>
        </select>
      </label>
      {protocol.name !== "leave-one-subject-out" && (
        <OptionalNumber
          label="Match time segments of"
          unit={plan.samples.align.kind === "events" ? "samples" : "volumes"}
          value={timeSegments?.length ?? null}
          start={SEGMENT_LENGTH}
          least={1}
          most={1000}
          step={1}
          blockedBy={null}
          onChange={(length) =>
            change((old) => ({
              ...old,
              timeSegments: length === null ? null : { length: Math.round(length) },
            }))
          }
        />
      )}
    </Card>
  );
}

function tell(protocol: Plan["protocol"]): string {
  if (protocol.name === "leave-one-run-out") return "leave one run out";
  if (protocol.name === "leave-one-subject-out") return "leave one subject out, no alignment";
  return `fit on ${protocol.fit.join(", ")}, test on ${protocol.test.join(", ")}`;
}
