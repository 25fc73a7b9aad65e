import { useEffect, useState } from "react";
import type { Plan, Region, RegionOf } from "#app/contract/plan.ts";
import type { RegionList } from "#app/contract/region-list.ts";
import { bridge } from "#renderer/bridge.ts";
import { ClusterFields } from "#renderer/screens/align/cluster-fields.tsx";
import { LabelList } from "#renderer/screens/align/label-list.tsx";
import { testedRuns } from "#renderer/screens/align/region-words.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { useStudy } from "#renderer/state/study.ts";

interface Props {
  readonly plan: Plan;
  readonly region: RegionOf<"parcels">;
  readonly set: (region: Region) => void;
}

/** Parcels made of the data: how, how many, from which runs, and which of them are the region. */
export function RegionParcels({ plan, region, set }: Props) {
  const dataset = useStudy((study) => study.opened?.dataset);
  const change = usePlanDraft((draft) => draft.change);
  const [list, setList] = useState<RegionList | null>(null);
  const [making, setMaking] = useState(false);
  const [wrong, setWrong] = useState("");
  const made = JSON.stringify([plan.dataset, { ...region, parcels: null }]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other settings make other parcels.
  useEffect(() => {
    setList(null);
    setWrong("");
  }, [made]);
  const runs = (dataset?.runs ?? []).filter((run) => !plan.dataset.leaveOut.runs.includes(run));
  const tested = testedRuns(plan, runs);
  const free = runs.filter((run) => !tested.includes(run));
  const leaks = region.from.some((run) => tested.includes(run));
  async function make() {
    setMaking(true);
    const answer = await bridge.call("region.list", { plan });
    setMaking(false);
    if (!answer.ok) return setWrong(answer.fault.code === "run/cancelled" ? "" : answer.fault.text);
    setList(answer.value);
    // What they are is known now: the preview counts anew.
    change((old) => ({ ...old }));
  }
  const from = (run: string, on: boolean) => {
    const next = runs.filter((one) => (one === run ? on : region.from.includes(one)));
    if (next.length > 0) set({ ...region, from: next, parcels: null });
  };
  if (free.length === 0 && runs.length > 0)
    return (
      <p className="wrong">
        ▲ This protocol tests every run, and parcels made of data that are tested would make the result too
        good. Under Test choose to fit on some runs and test on others.
      </p>
    );
  return (
    <>
      <ClusterFields
        label="Clustering"
        method={region.method}
        count={region.count}
        set={(method, count) => set({ ...region, method, count, parcels: null })}
      >
        {region.method === "kmeans" && (
          <label>
            seed{" "}
            <input
              type="number"
              min={0}
              value={region.seed}
              onChange={(event) =>
                set({
                  ...region,
                  seed: Math.max(0, Math.round(event.target.valueAsNumber) || 0),
                  parcels: null,
                })
              }
            />
          </label>
        )}
      </ClusterFields>
      <fieldset className="choice row" aria-label="Runs that the parcels are made from">
        from
        {runs.map((run) => (
          <label key={run} title={tested.includes(run) ? `${run} is tested` : run}>
            <input
              type="checkbox"
              checked={region.from.includes(run)}
              disabled={tested.includes(run) && !region.from.includes(run)}
              onChange={(event) => from(run, event.target.checked)}
            />{" "}
            {run}
          </label>
        ))}
      </fieldset>
      <div className="row">
        <button type="button" disabled={making || leaks} onClick={() => void make()}>
          Make the parcels
        </button>
        <span className="quiet">
          {making ? "Reading the runs and clustering." : "Needed only to choose among them."}
        </span>
      </div>
      {wrong !== "" && <p className="wrong">▲ {wrong}</p>}
      {list !== null && (
        <LabelList
          label="Parcels"
          list={list}
          chosen={region.parcels ?? list.labels.map(({ value }) => value)}
          choose={(parcels) =>
            set({ ...region, parcels: parcels.length === list.labels.length ? null : [...parcels] })
          }
        />
      )}
    </>
  );
}
