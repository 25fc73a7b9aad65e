import type { ReactNode } from "react";
import type { Maps } from "#app/contract/maps.ts";
import {
  type Correction,
  correctionLabels,
  corrections,
  hasMap,
  isOfAll,
  type MapKind,
  mapKinds,
  mapLabels,
} from "#renderer/brain/map-kind.ts";
import type { RunMaps } from "#renderer/brain/map-source.ts";
import { hint } from "#renderer/commands/command-table.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly maps: Maps;
  readonly arrays: RunMaps;
  /** How many components there are to choose from, where they are what is shown. */
  readonly components: number | null;
  /** Where one looks. */
  readonly children: ReactNode;
}

/** What is shown, of whom, and where. */
export function MapControls({ maps, arrays, components, children }: Props) {
  const { subject, condition, select } = useSelection();
  const { kind, component, correction, change } = useInspectView();
  // Voxels of a volume alone are known to touch.
  const isKnown = (name: Correction) => name !== "cluster" || maps.grid.kind === "volume";
  const kinds = mapKinds.filter((name) => hasMap(name, arrays));
  return (
    <div className="heading controls">
      <h1>Inspect</h1>
      <select
        aria-label="Map"
        value={kind}
        onChange={(event) => change({ kind: event.target.value as MapKind })}
      >
        {kinds.map((name) => (
          <option key={name} value={name}>
            {mapLabels[name]}
          </option>
        ))}
      </select>
      {kind === "above-chance" && (
        <select
          aria-label="Correction for the number of voxels"
          value={correction}
          onChange={(event) => change({ correction: event.target.value as Correction })}
        >
          {corrections.filter(isKnown).map((name) => (
            <option key={name} value={name}>
              p &lt; .05, {correctionLabels[name]}
            </option>
          ))}
        </select>
      )}
      {kind !== "feeds" && kind !== "above-chance" && kind !== "accuracy" && (
        <select
          aria-label="Condition"
          title={`${hint("inspect.previous-condition")}, ${hint("inspect.next-condition")}`}
          disabled={kind === "isc"}
          value={condition ?? maps.conditions[0] ?? ""}
          onChange={(event) => select({ condition: event.target.value })}
        >
          {maps.conditions.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <select
        aria-label="Subject"
        title="Subject (1 to 9)"
        disabled={isOfAll(kind)}
        value={subject ?? ""}
        onChange={(event) => select({ subject: event.target.value || null })}
      >
        <option value="">
          {kind === "isc" || isOfAll(kind) ? "mean over subjects" : `${maps.subjects[0]} (first)`}
        </option>
        {maps.subjects.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {kind === "feeds" && components !== null && (
        <label>
          component{" "}
          <input
            type="number"
            min={0}
            max={components - 1}
            value={component}
            onChange={(event) => {
              const wanted = Math.round(event.target.valueAsNumber) || 0;
              change({ component: Math.max(0, Math.min(components - 1, wanted)) });
            }}
          />
        </label>
      )}
      <span className="spring" />
      {children}
    </div>
  );
}
