import type { AlignOn } from "#app/contract/plan.ts";
import { ClusterFields, MadeInFold } from "#renderer/screens/align/cluster-fields.tsx";
import { OptionalNumber } from "#renderer/screens/align/optional-number.tsx";
import { SphereFields } from "#renderer/screens/align/sphere-fields.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

type By = "samples" | "connectivity" | "hybrid";
type Connectivity = Exclude<AlignOn, { readonly kind: "samples" }>;

/** What a choice of targets starts with. */
const starts: Record<Connectivity["kind"], Connectivity> = {
  connectivity: { kind: "connectivity", method: "ward", targets: 50, hybrid: false },
  seeds: { kind: "seeds", radiusMm: 9, spacingMm: 9, components: null, hybrid: false },
};

/** Of a card's summary: ", by connectivity with 50 parcels". */
export function alignOnWords(on: AlignOn): string {
  if (on.kind === "samples") return "";
  const targets = on.kind === "seeds" ? "seeds" : `${on.targets} parcels`;
  return `, by ${on.hybrid ? "samples and " : ""}connectivity with ${targets}`;
}

/** Whether subjects are brought together by their samples, by their connectivity or by both. */
export function AlignOnField({ on }: { readonly on: AlignOn }) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: AlignOn) => change((old) => ({ ...old, method: { ...old.method, on: next } }));
  const choose = (by: By) => {
    if (by === "samples") return set({ kind: by });
    set({ ...(on.kind === "samples" ? starts.connectivity : on), hybrid: by === "hybrid" });
  };
  const chosen: By = on.kind === "samples" ? "samples" : on.hybrid ? "hybrid" : "connectivity";
  return (
    <>
      <label>
        By{" "}
        <select
          aria-label="What subjects are aligned by"
          value={chosen}
          onChange={(event) => choose(event.target.value as By)}
        >
          <option value="samples">the samples, moment by moment</option>
          <option value="connectivity">connectivity within the region</option>
          <option value="hybrid">both (hybrid)</option>
        </select>
      </label>
      {on.kind !== "samples" && (
        <label>
          Connectivity with{" "}
          <select
            aria-label="Targets of connectivity"
            value={on.kind}
            onChange={({ target }) =>
              set({ ...starts[target.value as Connectivity["kind"]], hybrid: on.hybrid })
            }
          >
            <option value="connectivity">parcels made of the data</option>
            <option value="seeds">what lies around seeds</option>
          </select>
        </label>
      )}
      {on.kind === "connectivity" && (
        <>
          <ClusterFields
            label="Clustering of the targets of connectivity"
            method={on.method}
            count={on.targets}
            set={(method, targets) => set({ ...on, method, targets })}
          />
          <MadeInFold />
        </>
      )}
      {on.kind === "seeds" && (
        <>
          <SphereFields
            spheres={on}
            spacingLabel="Not at every voxel: seeds at most"
            mostSpacingMm={100}
            set={(spheres) => set({ ...on, ...spheres })}
          />
          <OptionalNumber
            label="In place of each seed's mean: its first"
            unit="components, aligned between subjects"
            value={on.components}
            start={3}
            least={1}
            most={20}
            step={1}
            blockedBy={null}
            onChange={(components) => set({ ...on, components })}
          />
        </>
      )}
    </>
  );
}
