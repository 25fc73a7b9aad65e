import { useState } from "react";
import type { Maps } from "#app/contract/maps.ts";
import { type MapKind, mapKinds, mapLabels } from "#renderer/brain/map-kind.ts";
import { hint } from "#renderer/commands/command-table.ts";
import { ViewMenu } from "#renderer/screens/inspect/view-menu.tsx";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly maps: Maps;
  readonly place: readonly [number, number, number];
  readonly index: readonly number[];
  readonly voxel: number;
}

/** What is shown, of whom, and where. */
export function MapControls({ maps, place, index, voxel }: Props) {
  const { subject, condition, select } = useSelection();
  const { kind, frame, change } = useInspectView();
  return (
    <div className="heading controls">
      <h1>Inspect</h1>
      <select
        aria-label="Map"
        value={kind}
        onChange={(event) => change({ kind: event.target.value as MapKind })}
      >
        {mapKinds.map((name) => (
          <option key={name} value={name}>
            {mapLabels[name]}
          </option>
        ))}
      </select>
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
      <select
        aria-label="Subject"
        title="Subject (1 to 9)"
        disabled={kind === "mean"}
        value={subject ?? ""}
        onChange={(event) => select({ subject: event.target.value || null })}
      >
        <option value="">{kind === "isc" ? "mean over subjects" : `${maps.subjects[0]} (first)`}</option>
        {maps.subjects.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span className="spring" />
      <PlaceField place={place} />
      <span className="voxel">{voxel < 0 ? "outside the region" : `voxel ${index.join(", ")}`}</span>
      <fieldset className="choice" aria-label="What the brains are framed to">
        {(["region", "brain"] as const).map((name) => (
          <button
            key={name}
            type="button"
            title={hint("inspect.frame")}
            aria-pressed={frame === name}
            onClick={() => change({ frame: name })}
          >
            {name === "region" ? "Fit region" : "Fit brain"}
          </button>
        ))}
      </fieldset>
      <ViewMenu />
    </div>
  );
}

/** The crosshair's place: three numbers typed or pasted in any form. */
function PlaceField({ place }: { readonly place: readonly [number, number, number] }) {
  const select = useSelection((selection) => selection.select);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = place.map((mm) => Math.round(mm).toString().replace("-", "−")).join(", ");
  function go(text: string) {
    setTyped(null);
    const numbers = text
      .replaceAll("−", "-")
      .match(/-?\d+(\.\d+)?/g)
      ?.map(Number);
    if (numbers?.length === 3) select({ crosshair: numbers as [number, number, number] });
  }
  return (
    <label>
      <input
        className="place"
        aria-label="Place of the crosshair, mm"
        value={typed ?? shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={(event) => typed !== null && go(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && go(event.currentTarget.value)}
      />{" "}
      mm
    </label>
  );
}
