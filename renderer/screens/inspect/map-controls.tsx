import { useState } from "react";
import type { Maps } from "#app/contract/maps.ts";
import { type MapKind, mapKinds, mapLabels } from "#renderer/brain/map-kind.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly maps: Maps;
  readonly kind: MapKind;
  readonly onKind: (kind: MapKind) => void;
  /** The threshold as a share of the scale's end. */
  readonly share: number;
  readonly onShare: (share: number) => void;
  readonly end: number;
  readonly place: readonly [number, number, number];
  readonly index: readonly number[];
  readonly voxel: number;
}

/** What is shown, of whom, and where. */
export function MapControls({ maps, kind, onKind, share, onShare, end, place, index, voxel }: Props) {
  const { subject, condition, select } = useSelection();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = place.map((mm) => Math.round(mm)).join(" ");
  function go(text: string) {
    setTyped(null);
    const numbers = text
      .replaceAll("−", "-")
      .match(/-?\d+(\.\d+)?/g)
      ?.map(Number);
    if (numbers?.length === 3) select({ crosshair: numbers as [number, number, number] });
  }
  return (
    <div className="heading controls">
      <h1>Inspect</h1>
      <select aria-label="Map" value={kind} onChange={(event) => onKind(event.target.value as MapKind)}>
        {mapKinds.map((name) => (
          <option key={name} value={name}>
            {mapLabels[name]}
          </option>
        ))}
      </select>
      <select
        aria-label="Condition"
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
        disabled={kind === "mean"}
        value={subject ?? ""}
        onChange={(event) => select({ subject: event.target.value || null })}
      >
        <option value="">{kind === "isc" ? "mean over subjects" : `${maps.subjects[0]} (first)`}</option>
        {maps.subjects.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <label className="threshold">
        |value| ≥ {threeDigits(share * end)}
        <input
          type="range"
          aria-label="Threshold"
          min={0}
          max={0.95}
          step={0.01}
          value={share}
          onChange={(event) => onShare(event.target.valueAsNumber)}
        />
      </label>
      <span className="spring" />
      <label className="quiet">
        mm{" "}
        <input
          className="place"
          aria-label="Place of the crosshair, mm"
          value={typed ?? shown.replaceAll("-", "−")}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={(event) => typed !== null && go(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && go(event.currentTarget.value)}
        />
      </label>
      <span className="quiet voxel">{voxel < 0 ? "outside the region" : `voxel ${index.join(", ")}`}</span>
    </div>
  );
}
