import type { Plan } from "#app/contract/plan.ts";
import { dissimilarityLabels } from "#app/contract/similarity.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { SimilarityFields } from "#renderer/screens/align/similarity-fields.tsx";
import { SphereFields } from "#renderer/screens/align/sphere-fields.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** About 15 s at the usual repetition times, as in most studies of films. */
const SEGMENT_LENGTH = 10;
const USUAL_PATCHES = 40;
const USUAL_RADIUS_MM = 9;

/** What is measured of what is held out, beside accuracy and correlation between subjects. */
export function MeasuresCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const { pairs, searchlight, timeSegments, connectivity, similarity, reconstruction } = plan;
  const aligns = plan.protocol.name !== "leave-one-subject-out";
  const set = (next: Partial<Plan>) => change((old) => ({ ...old, ...next }));
  return (
    <Card name="Measures" summary={summaryOf(plan)}>
      <label>
        <input type="checkbox" checked={pairs} onChange={({ target }) => set({ pairs: target.checked })} />{" "}
        Tell every pair of conditions apart on its own
      </label>
      <div className="row">
        <label>
          <input
            type="checkbox"
            checked={searchlight !== null}
            onChange={({ target }) =>
              set({ searchlight: target.checked ? { radiusMm: USUAL_RADIUS_MM, spacingMm: null } : null })
            }
          />{" "}
          Classify in the sphere around each voxel
        </label>
        {searchlight !== null && (
          <SphereFields
            spheres={searchlight}
            spacingLabel="Not around every voxel: centres at most"
            mostSpacingMm={100}
            set={(spheres) => set({ searchlight: spheres })}
          />
        )}
      </div>
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
            set({ timeSegments: length === null ? null : { length: Math.round(length) } })
          }
        />
      )}
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
          set({ connectivity: patches === null ? null : { patches: Math.max(2, Math.round(patches)) } })
        }
      />
      {aligns && (
        <>
          <SimilarityFields settings={similarity} />
          <label>
            <input
              type="checkbox"
              checked={reconstruction}
              onChange={({ target }) => set({ reconstruction: target.checked })}
            />{" "}
            Foretell each subject's held-out samples from the others'
          </label>
        </>
      )}
    </Card>
  );
}

function summaryOf(plan: Plan): string {
  const { pairs, searchlight, timeSegments, connectivity, similarity, reconstruction } = plan;
  const aligns = plan.protocol.name !== "leave-one-subject-out";
  const { models, dissimilarity } = similarity;
  return [
    "accuracy",
    ...(pairs ? ["pairs of conditions"] : []),
    ...(searchlight === null ? [] : [`spheres of ${searchlight.radiusMm} mm`]),
    ...(aligns && timeSegments !== null ? [`time segments of ${timeSegments.length}`] : []),
    ...(aligns ? [`conditions by ${dissimilarityLabels[dissimilarity]}`] : []),
    ...(models.length === 0 ? [] : [models.length === 1 ? "one model" : `${models.length} models`]),
    ...(connectivity === null ? [] : [`connectivity of ${connectivity.patches} patches`]),
    ...(aligns && reconstruction ? ["samples foretold"] : []),
  ].join("; ");
}
