import { numbersOfVoxels, type Selection, selectionLabels } from "#app/contract/selection.ts";
import { TriedNumbers } from "#renderer/screens/align/tried-numbers.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** Of a card's summary: "500 voxels by ANOVA over conditions". */
export function selectionWords(selection: Selection | null): string {
  if (selection === null) return "all voxels";
  return `${numbersOfVoxels(selection).join(" or ")} voxels by ${selectionLabels[selection.name]}`;
}

/** Which voxels are kept in each fold, and how many. */
export function SelectionField({ selection }: { readonly selection: Selection | null }) {
  const change = usePlanDraft((draft) => draft.change);
  const set = (next: Selection | null) => change((old) => ({ ...old, selection: next }));
  return (
    <>
      <label>
        Voxels{" "}
        <select
          aria-label="Voxels that are kept"
          value={selection?.name ?? "all"}
          onChange={({ target: { value } }) =>
            set(
              value === "all"
                ? null
                : { voxels: 500, choose: [], ...selection, name: value as Selection["name"] },
            )
          }
        >
          <option value="all">all of the region</option>
          {Object.entries(selectionLabels).map(([name, label]) => (
            <option key={name} value={name}>
              highest by {label}, inside each fold
            </option>
          ))}
        </select>
      </label>
      {selection !== null && selection.choose.length === 0 && (
        <label>
          How many{" "}
          <input
            type="number"
            min={2}
            value={selection.voxels}
            onChange={({ target }) =>
              set({ ...selection, voxels: Math.max(2, Math.round(target.valueAsNumber) || 2) })
            }
          />
        </label>
      )}
      {selection !== null && (
        <TriedNumbers
          what="how many"
          label="Numbers of voxels to try"
          values={selection.choose}
          start={() => [0.5, 1, 2].map((times) => Math.max(2, Math.round(times * selection.voxels)))}
          fits={(value) => Number.isInteger(value) && value >= 2}
          set={(choose) => set({ ...selection, choose })}
        />
      )}
    </>
  );
}
