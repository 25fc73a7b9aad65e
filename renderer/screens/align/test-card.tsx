import { classifierLabels } from "#app/contract/classifier.ts";
import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { ClassifierField } from "#renderer/screens/align/classifier-field.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { ProtocolFields, protocolWords } from "#renderer/screens/align/protocol-fields.tsx";
import { SimilarityFields } from "#renderer/screens/align/similarity-fields.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** About 15 s at the usual repetition times, as in most studies of films. */
const SEGMENT_LENGTH = 10;

const USUAL_PATCHES = 40;

export function TestCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const { protocol, classifier, timeSegments, reconstruction, pairs, similarity, connectivity } = plan;
  const aligns = protocol.name !== "leave-one-subject-out";
  return (
    <Card
      name="Test"
      summary={[
        protocolWords(protocol),
        classifierLabels[classifier.name],
        ...(pairs ? ["pairs of conditions"] : []),
        ...(similarity.models.length === 0
          ? []
          : [
              similarity.models.length === 1
                ? "one model of conditions"
                : `${similarity.models.length} models of conditions`,
            ]),
        ...(connectivity === null ? [] : [`connectivity of ${connectivity.patches} patches`]),
        ...(timeSegments === null ? [] : [`time segments of ${timeSegments.length}`]),
        ...(aligns && reconstruction ? ["samples foretold"] : []),
      ].join("; ")}
    >
      <ProtocolFields plan={plan} />
      <ClassifierField classifier={classifier} />
      <label>
        <input
          type="checkbox"
          checked={pairs}
          onChange={({ target }) => change((old) => ({ ...old, pairs: target.checked }))}
        />{" "}
        Also tell every pair of conditions apart on its own
      </label>
      {aligns && (
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
      {aligns && <SimilarityFields settings={similarity} />}
      <OptionalNumber
        label="Measure connectivity between subjects of"
        unit="patches"
        value={connectivity?.patches ?? null}
        start={USUAL_PATCHES}
        least={2}
        most={400}
        step={1}
        blockedBy={null}
        onChange={(patches) =>
          change((old) => ({
            ...old,
            connectivity: patches === null ? null : { patches: Math.max(2, Math.round(patches)) },
          }))
        }
      />
      {aligns && (
        <label>
          <input
            type="checkbox"
            checked={reconstruction}
            onChange={({ target }) => change((old) => ({ ...old, reconstruction: target.checked }))}
          />{" "}
          Foretell each subject's held-out samples from the others'
        </label>
      )}
    </Card>
  );
}
