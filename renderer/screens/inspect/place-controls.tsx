import { useState } from "react";
import { hint } from "#renderer/commands/command-table.ts";
import { ViewMenu } from "#renderer/screens/inspect/view-menu.tsx";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly place: readonly [number, number, number];
  readonly index: readonly number[];
  readonly voxel: number;
}

/** Where the crosshair is, and how the brains are drawn. */
export function PlaceControls({ place, index, voxel }: Props) {
  const { frame, change } = useInspectView();
  return (
    <>
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
    </>
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
