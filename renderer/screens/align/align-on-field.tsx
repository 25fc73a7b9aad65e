import type { AlignOn } from "#app/contract/plan.ts";
import { ClusterFields, MadeInFold } from "#renderer/screens/align/cluster-fields.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

type Choice = "samples" | "connectivity" | "hybrid";

/** Of a card's summary: ", by connectivity with 50 parcels". */
export function alignOnWords(on: AlignOn): string {
  if (on.kind === "samples") return "";
  return `, by ${on.hybrid ? "samples and " : ""}connectivity with ${on.targets} parcels`;
}

/** Whether subjects are brought together by their samples, by their connectivity or by both. */
export function AlignOnField({ on }: { readonly on: AlignOn }) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: AlignOn) => change((old) => ({ ...old, method: { ...old.method, on: next } }));
  const choose = (kind: Choice) => {
    if (kind === "samples") return set({ kind });
    const targets = on.kind === "samples" ? 50 : on.targets;
    const method = on.kind === "samples" ? "ward" : on.method;
    set({ kind: "connectivity", method, targets, hybrid: kind === "hybrid" });
  };
  const chosen: Choice = on.kind === "samples" ? "samples" : on.hybrid ? "hybrid" : "connectivity";
  return (
    <>
      <label>
        By{" "}
        <select
          aria-label="What subjects are aligned by"
          value={chosen}
          onChange={(event) => choose(event.target.value as Choice)}
        >
          <option value="samples">the samples, moment by moment</option>
          <option value="connectivity">connectivity with parcels of the region</option>
          <option value="hybrid">both (hybrid)</option>
        </select>
      </label>
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
    </>
  );
}
