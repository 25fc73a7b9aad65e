import { useEffect, useState } from "react";
import type { Opened } from "#app/contract/calls.ts";
import type { Plan, Region, RegionOf } from "#app/contract/plan.ts";
import type { RegionList } from "#app/contract/region-list.ts";
import { bridge } from "#renderer/bridge.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { LabelList } from "#renderer/screens/align/label-list.tsx";

interface Props {
  readonly opened: Opened;
  readonly plan: Plan;
  readonly region: RegionOf<"labels">;
  readonly set: (region: Region) => void;
}

/** A label image, the table that names its labels, and which of them are the region. */
export function RegionLabels({ opened, plan, region, set }: Props) {
  const { grant, dataset } = opened;
  const [list, setList] = useState<RegionList | null>(null);
  const [wrong, setWrong] = useState("");
  const { path, table } = region;
  const asked = JSON.stringify([plan.dataset, path, table]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is all of the Plan that the list depends on.
  useEffect(() => {
    let current = true;
    setList(null);
    setWrong("");
    void bridge
      .call("region.list", { plan: { ...plan, region: { ...region, labels: [] } } })
      .then((answer) => {
        if (!current) return;
        if (answer.ok) setList(answer.value);
        else if (answer.fault.code !== "run/cancelled") setWrong(answer.fault.text);
      });
    return () => {
      current = false;
    };
  }, [asked]);
  const take = async (image: string) => {
    const found = await bridge.call("region.table", { grant, path: image });
    set({ kind: "labels", path: image, table: found.ok ? found.value.table : null, labels: [] });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another image is another table.
  useEffect(() => {
    if (table === null && region.labels.length === 0) void take(path);
  }, [path]);
  async function browse(what: "labels" | "table") {
    const answer = await bridge.call("plan.choose", { grant, what });
    if (!answer.ok || answer.value === null) return;
    if (what === "labels") await take(answer.value.path);
    else set({ ...region, table: answer.value.path });
  }
  const images = [...new Set([...dataset.atlases, path])];
  return (
    <>
      <div className="row">
        <label>
          Label image{" "}
          <select value={path} title={path} onChange={(event) => void take(event.target.value)}>
            {images.map((image) => (
              <option key={image} value={image}>
                {image}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => void browse("labels")}>
          Choose a file…
        </button>
      </div>
      <div className="row">
        <span className="path" title={table ?? ""}>
          {table === null ? "No table: labels are called by their values." : `Names from ${fileName(table)}`}
        </span>
        <button type="button" onClick={() => void browse("table")}>
          Choose a table…
        </button>
      </div>
      {wrong !== "" && <p className="wrong">▲ {wrong}</p>}
      {list === null && wrong === "" && <p className="quiet">Counting voxels.</p>}
      {list?.resampled && (
        <p className="quiet">The atlas lies on another grid: the nearest of its voxels are taken.</p>
      )}
      {list !== null && (
        <LabelList
          label="Regions"
          list={list}
          chosen={region.labels}
          choose={(labels) => set({ ...region, labels: [...labels] })}
        />
      )}
    </>
  );
}
