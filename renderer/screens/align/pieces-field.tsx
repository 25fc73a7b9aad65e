import type { Pieces } from "#app/contract/plan.ts";
import { ClusterFields, MadeInFold } from "#renderer/screens/align/cluster-fields.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { SphereFields } from "#renderer/screens/align/sphere-fields.tsx";
import { TriedNumbers } from "#renderer/screens/align/tried-numbers.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** What a choice of pieces starts with: about a hundred voxels in each. */
const starts: Record<Pieces["kind"], Pieces> = {
  whole: { kind: "whole" },
  parcels: { kind: "parcels", method: "ward", count: 20 },
  searchlights: { kind: "searchlights", radiusMm: 9, spacingMm: null, radiiMm: [], keep: 1 },
};

/** Half as wide, as wide, and half as wide again. */
function triedRadii(radiusMm: number): number[] {
  return [0.5, 1, 1.5].map((times) => Math.round(10 * times * radiusMm) / 10);
}

/** Of a card's summary: ", in 20 parcels". */
export function piecesWords(pieces: Pieces): string {
  if (pieces.kind === "parcels") return `, in ${pieces.count} parcels`;
  if (pieces.kind !== "searchlights") return "";
  const radii = pieces.radiiMm.length === 0 ? `${pieces.radiusMm}` : `${pieces.radiiMm.join(" or ")}`;
  return `, in searchlights of ${radii} mm`;
}

/** Whether the method is used on the region as a whole, in parcels or in searchlights. */
export function PiecesField({ pieces }: { readonly pieces: Pieces }) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: Pieces) => change((old) => ({ ...old, method: { ...old.method, pieces: next } }));
  return (
    <>
      <label>
        Align{" "}
        <select
          aria-label="What is aligned at a time"
          value={pieces.kind}
          onChange={(event) => set(starts[event.target.value as Pieces["kind"]])}
        >
          <option value="whole">the region as a whole</option>
          <option value="parcels">parcels, each on its own</option>
          <option value="searchlights">searchlights, put together</option>
        </select>
      </label>
      {pieces.kind === "parcels" && (
        <>
          <ClusterFields
            label="Clustering of what is aligned"
            method={pieces.method}
            count={pieces.count}
            set={(method, count) => set({ ...pieces, method, count })}
          />
          <MadeInFold />
        </>
      )}
      {pieces.kind === "searchlights" && (
        <>
          <SphereFields
            spheres={pieces}
            spacingLabel="Not at every voxel: centres at most"
            mostSpacingMm={Math.min(pieces.radiusMm, ...pieces.radiiMm)}
            radiusTried={pieces.radiiMm.length > 0}
            set={({ radiusMm, spacingMm }) => {
              const near = spacingMm === null ? null : Math.min(spacingMm, radiusMm);
              set({ ...pieces, radiusMm, spacingMm: near });
            }}
          />
          <TriedNumbers
            what="the radius"
            label="Radii to try, mm"
            values={pieces.radiiMm}
            start={() => triedRadii(pieces.radiusMm)}
            fits={(value) => value >= 0.1 && value <= 100}
            set={(radiiMm) => set({ ...pieces, radiiMm })}
          />
          <OptionalNumber
            label="Only the voxels of each that go best with other subjects' voxels"
            unit="% of them"
            value={pieces.keep === 1 ? null : Math.round(100 * pieces.keep)}
            start={40}
            least={5}
            most={95}
            step={5}
            blockedBy={null}
            onChange={(given) => set({ ...pieces, keep: given === null ? 1 : given / 100 })}
          />
        </>
      )}
    </>
  );
}
