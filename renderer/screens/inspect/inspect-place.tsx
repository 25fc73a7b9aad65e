import { useEffect, useMemo, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { boxAround } from "#renderer/brain/box.ts";
import {
  firstVoxel,
  type MapChoice,
  mapLabels,
  mapValues,
  scaleEnd,
  unitOf,
} from "#renderer/brain/map-kind.ts";
import { fetchMaps, type RunMaps } from "#renderer/brain/map-source.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";
import { placeWords, threeDigits } from "#renderer/parts/numbers.ts";
import { BrainPanel } from "#renderer/screens/inspect/brain-panel.tsx";
import { ColourBar } from "#renderer/screens/inspect/colour-bar.tsx";
import { Courses } from "#renderer/screens/inspect/courses.tsx";
import { MapControls } from "#renderer/screens/inspect/map-controls.tsx";

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
    fetchMaps(shown.grant, shown.maps).then(
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
  return <Maps key={shown.summary.run} shown={shown} arrays={arrays} />;
}

function Maps({ shown, arrays }: { readonly shown: RunDetail; readonly arrays: RunMaps }) {
  const { maps, grant } = shown;
  const { subject, condition, crosshair, select } = useSelection();
  const { kind, thresholds, overlay, frame, crosshair: lines, labels, resets, change } = useInspectView();
  const { convention, ground } = usePreferences();
  const region = useMemo(() => new RegionGrid(maps.grid, arrays.voxels), [maps, arrays]);
  const regionBox = useMemo(() => boxAround(region.places()), [region]);
  const choice = useMemo(
    () => ({
      kind,
      subject: subject === null ? (kind === "isc" ? -1 : 0) : Math.max(0, maps.subjects.indexOf(subject)),
      condition: Math.max(0, maps.conditions.indexOf(condition ?? "")),
    }),
    [kind, subject, condition, maps],
  );
  const before = useMemo(() => mapValues(maps, arrays, "before", choice), [maps, arrays, choice]);
  const after = useMemo(() => mapValues(maps, arrays, "after", choice), [maps, arrays, choice]);
  const look = useMemo(
    () => ({ radiological: convention === "radiological", ground, crosshair: lines, labels }),
    [convention, ground, lines, labels],
  );
  const end = useMemo(() => scaleEnd(before, after), [before, after]);
  const unit = unitOf(kind);
  const start = useMemo(() => region.place(firstVoxel(maps, arrays)), [region, maps, arrays]);
  const place = crosshair ?? start;
  const { voxel, index } = region.find(place);
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
    caption: `${mapLabels[kind]}, ${captionOf(maps, choice)} · colours to ±${threeDigits(end)} ${unit}, |${unit}| ≥ ${thresholds[unit]} · ${placeWords(place)} · ${convention}`,
    onMove: (mm: [number, number, number]) => select({ crosshair: mm }),
  };
  return (
    <section aria-label="Maps" className="inspect">
      <MapControls maps={maps} place={place} index={index} voxel={voxel} />
      <div className="brains">
        <BrainPanel title="Before alignment" name="before" values={before} {...shared} />
        {after === null ? (
          <p className="quiet empty">This protocol aligns nothing, so there is no map after alignment.</p>
        ) : (
          <BrainPanel title="After alignment" name="after" values={after} {...shared} />
        )}
      </div>
      <ColourBar
        end={end}
        threshold={thresholds[unit]}
        unit={unit}
        onThreshold={(threshold) => change({ thresholds: { ...thresholds, [unit]: threshold } })}
      />
      <Courses grant={grant} maps={maps} voxel={voxel} subject={Math.max(0, choice.subject)} />
    </section>
  );
}

function captionOf(
  { subjects, conditions }: RunDetail["maps"],
  { kind, subject, condition }: MapChoice,
): string {
  const whose = kind === "mean" || subject < 0 ? `${subjects.length} subjects` : (subjects[subject] ?? "");
  return kind === "isc" ? whose : `${conditions[condition]}, ${whose}`;
}
