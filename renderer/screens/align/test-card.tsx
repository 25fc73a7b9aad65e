import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { ProtocolFields, protocolWords } from "#renderer/screens/align/protocol-fields.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** About 15 s at the usual repetition times, as in most studies of films. */
const SEGMENT_LENGTH = 10;

export function TestCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const { protocol, classifier, timeSegments } = plan;
  return (
    <Card
      name="Test"
      summary={`${protocolWords(protocol)}; ${classifier.name === "linear-svm" ? "linear SVM" : "nearest class"}${timeSegments === null ? "" : `; time segments of ${timeSegments.length}`}`}
    >
      <ProtocolFields plan={plan} />
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
