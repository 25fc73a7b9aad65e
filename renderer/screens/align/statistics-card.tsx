import type { Plan } from "#app/contract/plan.ts";
import { iscTestLabels, type Statistics } from "#app/contract/statistics.ts";
import { count } from "#renderer/parts/numbers.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { DrawsField } from "#renderer/screens/align/draws-field.tsx";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";

/** How sure a result will be, and what it stands beside. */
export function StatisticsCard({ plan }: { readonly plan: Plan }) {
  const change = usePlanDraft((draft) => draft.change);
  const { permutations, confidence, shiftedTime, isc } = plan.statistics;
  const set = (next: Partial<Statistics>) =>
    change((old) => ({ ...old, statistics: { ...old.statistics, ...next } }));
  const aligns = plan.protocol.name !== "leave-one-subject-out";
  return (
    <Card
      name="Statistics"
      summary={[
        `${Math.round(100 * confidence)} % intervals`,
        permutations === null ? "labels not drawn anew" : `${count(permutations.count)} draws of the labels`,
        ...(aligns
          ? [shiftedTime ? "beside alignment on shifted times" : "no baseline of shifted times"]
          : []),
      ].join("; ")}
    >
      <DrawsField
        label="Draw labels anew"
        unit="times"
        value={permutations?.count ?? null}
        onChange={(count) =>
          set({
            permutations:
              count === null ? null : { repeat: "classifier", stopEarly: false, ...permutations, count },
          })
        }
      />
      {permutations !== null && (
        <>
          <label>
            Each time, do again{" "}
            <select
              value={permutations.repeat}
              onChange={({ target }) =>
                set({ permutations: { ...permutations, repeat: target.value as typeof permutations.repeat } })
              }
            >
              <option value="classifier">training and testing</option>
              <option value="whole">all: selection, alignment, training and testing</option>
            </select>
          </label>
          <label>
            <input
              type="checkbox"
              checked={permutations.stopEarly}
              onChange={({ target }) => set({ permutations: { ...permutations, stopEarly: target.checked } })}
            />{" "}
            stop once it is sure on which side of .05 each p lies
          </label>
        </>
      )}
      <DrawsField
        label="Hold correlations between subjects against chance, voxel by voxel"
        unit="draws"
        value={isc?.count ?? null}
        onChange={(count) =>
          set({
            isc: count === null ? null : { test: "phase-randomisation", clusterP: 0.001, ...isc, count },
          })
        }
      />
      {isc !== null && (
        <label>
          Draws are of{" "}
          <select
            value={isc.test}
            onChange={({ target }) => set({ isc: { ...isc, test: target.value as typeof isc.test } })}
          >
            {Object.entries(iscTestLabels).map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Intervals of{" "}
        <select
          value={String(confidence)}
          onChange={({ target }) => set({ confidence: Number(target.value) })}
        >
          {[...new Set([0.9, 0.95, 0.99, confidence])].map((share) => (
            <option key={share} value={String(share)}>
              {`${Math.round(1000 * share) / 10} %`}
            </option>
          ))}
        </select>
      </label>
      {aligns && (
        <label>
          <input
            type="checkbox"
            checked={shiftedTime}
            onChange={({ target }) => set({ shiftedTime: target.checked })}
          />{" "}
          also align with the subjects' times shifted against each other: what alignment gives by itself
        </label>
      )}
    </Card>
  );
}
