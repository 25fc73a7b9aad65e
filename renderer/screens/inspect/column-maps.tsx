import { useEffect, useMemo, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { columnNoun } from "#app/contract/column-noun.ts";
import { reachSentence } from "#app/contract/reach-sentence.ts";
import { columnWords } from "#renderer/brain/columns.ts";
import { firstVoxel } from "#renderer/brain/map-kind.ts";
import type { RunMaps } from "#renderer/brain/map-source.ts";
import { faces } from "#renderer/brain/surface-view.ts";
import { count } from "#renderer/parts/numbers.ts";
import { ColourBar } from "#renderer/screens/inspect/colour-bar.tsx";
import { ColumnPanel } from "#renderer/screens/inspect/column-panel.tsx";
import { Courses } from "#renderer/screens/inspect/courses.tsx";
import { MapControls } from "#renderer/screens/inspect/map-controls.tsx";
import { MapPair } from "#renderer/screens/inspect/map-pair.tsx";
import { useFeeding } from "#renderer/screens/inspect/use-feeding.ts";
import { useForetold } from "#renderer/screens/inspect/use-foretold.ts";
import { useMapSides } from "#renderer/screens/inspect/use-map-sides.ts";
import { useSurfaces } from "#renderer/screens/inspect/use-surfaces.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Props {
  readonly shown: RunDetail;
  readonly arrays: RunMaps;
}

/** A run whose columns have no place in a volume: its maps along the columns, in the order of the files. */
export function ColumnMaps({ shown, arrays }: Props) {
  const { maps, grant } = shown;
  const { column, select } = useSelection();
  const { thresholds, overlay, change } = useInspectView();
  const start = useMemo(() => firstVoxel(maps, arrays), [maps, arrays]);
  // A column chosen in a larger region may not be in this one.
  const chosen = column === null || column >= maps.voxels ? start : column;
  const feeding = useFeeding(shown, arrays, chosen);
  const foretold = useForetold(shown, arrays);
  const { before, after, end, unit, kind, subject, words } = useMapSides(shown, arrays, {
    feeding: feeding.values,
    foretold: foretold.values,
  });
  useEffect(() => {
    if (column !== chosen) select({ column: chosen });
  }, [column, chosen, select]);
  useEffect(() => {
    change({ shown: { maps, region: null } });
    return () => change({ shown: null });
  }, [maps, change]);
  const { surface, known, setSide, setFace } = useSurfaces(
    shown.summary.run,
    maps.grid,
    arrays.voxels[chosen] ?? 0,
  );
  const threshold = thresholds[unit];
  const shared = {
    grid: maps.grid,
    surface,
    voxels: arrays.voxels,
    threshold,
    end,
    unit,
    chosen,
    visible: overlay,
    words,
    onChoose: (next: number) => select({ column: next }),
  };
  const { many } = columnNoun(maps.grid);
  return (
    <section aria-label="Maps" className="inspect">
      <MapControls maps={maps} arrays={arrays} components={feeding.components}>
        <ColumnField voxels={arrays.voxels} chosen={chosen} onChoose={shared.onChoose} />
        <span className="column-words">{columnWords(maps.grid, arrays.voxels[chosen] ?? 0)}</span>
        {surface !== null && (
          <>
            <Choice label="Hemisphere" all={known} chosen={surface.side} onChoose={setSide} />
            <Choice label="Side" all={faces} chosen={surface.face} onChoose={setFace} />
          </>
        )}
      </MapControls>
      {surface === null && (
        <p className="quiet">
          These {count(maps.voxels)} {many} are not the voxels of one volume, so the maps are drawn along
          them, in the order of the files. ← and → go from one to the next.
          {maps.grid.kind === "surface" &&
            " To see them on the cortex, put its surfaces (GIfTI: inflated, pial…) into a folder “surfaces” of the dataset and run again."}
        </p>
      )}
      <MapPair
        kind={kind}
        before={before}
        after={after}
        words={kind === "feeds" ? feeding.text : foretold.text}
        reach={reachSentence(shown.plan)}
        draw={(side) => <ColumnPanel {...side} {...shared} />}
      />
      <ColourBar
        end={end}
        threshold={threshold}
        unit={unit}
        onThreshold={(next) => change({ thresholds: { ...thresholds, [unit]: next } })}
      />
      <Courses grant={grant} maps={maps} voxel={chosen} subject={subject} />
    </section>
  );
}

interface ChoiceProps<Name extends string> {
  readonly label: string;
  readonly all: readonly Name[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}

/** Buttons of which one is down: "Left", "Right". */
function Choice<Name extends string>({ label, all, chosen, onChoose }: ChoiceProps<Name>) {
  return (
    <fieldset className="choice" aria-label={label}>
      {all.map((name) => (
        <button key={name} type="button" aria-pressed={name === chosen} onClick={() => onChoose(name)}>
          {name.charAt(0).toUpperCase() + name.slice(1)}
        </button>
      ))}
    </fieldset>
  );
}

interface FieldProps {
  /** V: which column of the grid each of the region's is, ascending. */
  readonly voxels: Int32Array;
  readonly chosen: number;
  readonly onChoose: (column: number) => void;
}

/** The chosen column as the files count it, from 0; what is typed finds the region's next one from there. */
function ColumnField({ voxels, chosen, onChoose }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  function go(text: string) {
    setTyped(null);
    const wanted = Number(text.replaceAll(",", ""));
    const next = text.trim() === "" ? -1 : voxels.findIndex((column) => column >= wanted);
    if (next >= 0) onChoose(next);
  }
  return (
    <label>
      column{" "}
      <input
        className="place"
        inputMode="numeric"
        value={typed ?? String(voxels[chosen] ?? 0)}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={(event) => typed !== null && go(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && go(event.currentTarget.value)}
      />
    </label>
  );
}
