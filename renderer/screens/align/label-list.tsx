import { useState } from "react";
import type { RegionList } from "#app/contract/region-list.ts";
import { count } from "#renderer/parts/numbers.ts";

interface Props {
  /** What the labels are: "Regions". */
  readonly label: string;
  readonly list: RegionList;
  readonly chosen: readonly number[];
  readonly choose: (chosen: readonly number[]) => void;
}

/** Labels to choose from, with their voxels; a search narrows what all and none mean. */
export function LabelList({ label, list, chosen, choose }: Props) {
  const [sought, setSought] = useState("");
  const shown = list.labels.filter(({ name, value }) =>
    `${name} ${value}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  const known = new Set(chosen);
  const set = (values: readonly number[], on: boolean) => {
    const next = new Set(chosen);
    for (const value of values) {
      if (on) next.add(value);
      else next.delete(value);
    }
    choose(list.labels.map(({ value }) => value).filter((value) => next.has(value)));
  };
  const voxels = list.labels
    .filter(({ value }) => known.has(value))
    .reduce((sum, { brainVoxels }) => sum + brainVoxels, 0);
  const all = shown.map(({ value }) => value);
  return (
    <div className="label-list">
      <div className="row">
        <input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <button type="button" onClick={() => set(all, true)}>
          All
        </button>
        <button type="button" onClick={() => set(all, false)}>
          None
        </button>
        <span className="quiet">
          {known.size} of {list.labels.length} chosen, {count(voxels)} voxels in the brain
        </span>
      </div>
      <ul aria-label={label}>
        {shown.map(({ value, name, voxels: all, brainVoxels }) => (
          <li key={value}>
            <label title={`${name} (${value}): ${count(brainVoxels)} voxels in the brain of ${count(all)}`}>
              <input
                type="checkbox"
                checked={known.has(value)}
                onChange={(event) => set([value], event.target.checked)}
              />
              <span className="path">{name}</span>
              <span className="quiet">{count(brainVoxels)}</span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="quiet">None is called that.</li>}
      </ul>
    </div>
  );
}
