import { useEffect, useMemo, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { reachSentence } from "#app/contract/reach-sentence.ts";
import { boxAround } from "#renderer/brain/box.ts";
import { firstVoxel } from "#renderer/brain/map-kind.ts";
import { fetchMaps, type RunMaps } from "#renderer/brain/map-source.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";
import { placeWords, threeDigits } from "#renderer/parts/numbers.ts";
import { BrainPanel } from "#renderer/screens/inspect/brain-panel.tsx";
import { ColourBar } from "#renderer/screens/inspect/colour-bar.tsx";
import { ColumnMaps } from "#renderer/screens/inspect/column-maps.tsx";
import { Courses } from "#renderer/screens/inspect/courses.tsx";
import { MapControls } from "#renderer/screens/inspect/map-controls.tsx";
import { MapPair } from "#renderer/screens/inspect/map-pair.tsx";
import { PlaceControls } from "#renderer/screens/inspect/place-controls.tsx";
import { useFeeding } from "#renderer/screens/inspect/use-feeding.ts";
import { useForetold } from "#renderer/screens/inspect/use-foretold.ts";
import { useMapSides } from "#renderer/screens/inspect/use-map-sides.ts";
import { useInspectView } from "#renderer/state/inspect-view.ts";
import { usePreferences } from "#renderer/state/preferences.ts";
import { useRuns } from "#renderer/state/runs.ts";
import { useSelection } from "#renderer/state/selection.ts";
import "./inspect.css";

/** The shown run on the brain, before and after alignment. */
export function InspectPlace() {
  const shown = useRuns((runs) => runs.shown);
  const [arrays, setArrays] = useState<RunMaps | null>(null);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    setArrays(null);
    setWrong("");
    if (shown === null) return;
    let stale = false;
    fetchMaps(shown.grant, shown.maps, shown.result).then(
      (found) => {
        if (!stale) setArrays(found);
      },
      () => {
        if (!stale) setWrong("The maps of this run can't be read. Run the Plan again.");
      },
    );
    return () => {
      stale = true;
    };
  }, [shown]);
  if (shown === null) return null;
  if (arrays === null)
    return (
      <section aria-label="Maps">
        <h1>Inspect</h1>
        <p className={wrong === "" ? "quiet" : "wrong"}>
          {wrong === "" ? "Reading the maps." : `▲ ${wrong}`}
        </p>
      </section>
    );
  const View = shown.maps.grid.kind === "volume" ? BrainMaps : ColumnMaps;
  return <View key={shown.summary.run} shown={shown} arrays={arrays} />;
}

function BrainMaps({ shown, arrays }: { readonly shown: RunDetail; readonly arrays: RunMaps }) {
  const { maps, grant } = shown;
  const { crosshair, select } = useSelection();
  const { thresholds, overlay, frame, crosshair: lines, labels, resets, change } = useInspectView();
  const { convention, ground } = usePreferences();
  const region = useMemo(() => new RegionGrid(maps.grid, arrays.voxels), [maps, arrays]);
  const regionBox = useMemo(() => boxAround(region.places()), [region]);
  const look = useMemo(
    () => ({ radiological: convention === "radiological", ground, crosshair: lines, labels }),
    [convention, ground, lines, labels],
  );
  const start = useMemo(() => region.place(firstVoxel(maps, arrays)), [region, maps, arrays]);
  const place = crosshair ?? start;
  const { voxel, index } = region.find(place);
  const feeding = useFeeding(shown, arrays, voxel);
  const foretold = useForetold(shown, arrays);
  const { before, after, end, unit, kind, subject, words } = useMapSides(shown, arrays, {
    feeding: feeding.values,
    foretold: foretold.values,
  });
  useEffect(() => {
    if (crosshair === null) select({ crosshair: start });
  }, [crosshair, start, select]);
  useEffect(() => {
    change({ shown: { maps, region } });
    return () => change({ shown: null });
  }, [maps, region, change]);
  const shared = {
    grant,
    grid: maps.grid,
    region,
    threshold: thresholds[unit],
    end,
    unit,
    place,
    voxel,
    visible: overlay,
    look,
    box: frame === "region" ? regionBox : null,
    resets,
    caption: `${words} · colours to ±${threeDigits(end)} ${unit}, |${unit}| ≥ ${thresholds[unit]} · ${placeWords(place)} · ${convention}`,
    onMove: (mm: [number, number, number]) => select({ crosshair: mm }),
  };
  return (
    <section aria-label="Maps" className="inspect">
      <MapControls maps={maps} arrays={arrays} components={feeding.components}>
        <PlaceControls place={place} index={index} voxel={voxel} />
      </MapControls>
      <MapPair
        kind={kind}
        before={before}
        after={after}
        words={kind === "feeds" ? feeding.text : foretold.text}
        reach={reachSentence(shown.plan)}
        draw={(side) => <BrainPanel {...side} {...shared} />}
      />
      <ColourBar
        end={end}
        threshold={thresholds[unit]}
        unit={unit}
        onThreshold={(threshold) => change({ thresholds: { ...thresholds, [unit]: threshold } })}
      />
      <Courses grant={grant} maps={maps} voxel={voxel} subject={subject} />
    </section>
  );
}
