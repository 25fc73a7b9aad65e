import { useEffect, useMemo, useState } from "react";
import type { RunDetail } from "#app/contract/calls.ts";
import { type MapKind, mapValues, scaleEnd } from "#renderer/brain/map-kind.ts";
import { fetchMaps, type RunMaps } from "#renderer/brain/map-source.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";
import { BrainPanel } from "#renderer/screens/inspect/brain-panel.tsx";
import { MapControls } from "#renderer/screens/inspect/map-controls.tsx";
import { TimeCourses } from "#renderer/screens/inspect/time-courses.tsx";
import { useRuns } from "#renderer/state/runs.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** Left to right, back to front, down to up. */
const AXES = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowDown: [1, -1],
  ArrowUp: [1, 1],
  PageDown: [2, -1],
  PageUp: [2, 1],
} as const;
const FAR = 10;

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
  const [kind, setKind] = useState<MapKind>("pattern");
  const [share, setShare] = useState(0);
  const [visible, setVisible] = useState(true);
  const region = useMemo(() => new RegionGrid(maps.grid, arrays.voxels), [maps, arrays]);
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
  const end = scaleEnd(before, after);
  const threshold = share * end;
  const place = crosshair ?? region.place(Math.floor(arrays.voxels.length / 2));
  const { voxel, index } = region.find(place);
  useEffect(() => {
    if (crosshair === null) select({ crosshair: region.place(Math.floor(arrays.voxels.length / 2)) });
  }, [crosshair, region, arrays, select]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const move = AXES[event.key as keyof typeof AXES];
      if (move !== undefined) {
        event.preventDefault();
        select({ crosshair: region.step(place, move[0], move[1] * (event.shiftKey ? FAR : 1)) });
      }
      const step = event.key === "]" ? 1 : event.key === "[" ? -1 : 0;
      const next = maps.conditions[choice.condition + step];
      if (step !== 0 && next !== undefined) select({ condition: next });
      const chosen = maps.subjects[Number(event.key) - 1];
      if (chosen !== undefined) select({ subject: chosen });
      if (event.key.toLowerCase() === "v") setVisible((now) => !now);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  const shared = {
    grant,
    grid: maps.grid,
    region,
    threshold,
    end,
    place,
    voxel,
    visible,
    diverging: kind !== "isc",
    onMove: (mm: [number, number, number]) => select({ crosshair: mm }),
  };
  return (
    <section aria-label="Maps" className="inspect">
      <MapControls
        maps={maps}
        kind={kind}
        onKind={setKind}
        share={share}
        onShare={setShare}
        end={end}
        place={place}
        index={index}
        voxel={voxel}
      />
      <div className="brains">
        <BrainPanel title="Before alignment" name="before" values={before} {...shared} />
        {after === null ? (
          <p className="quiet empty">This protocol aligns nothing, so there is no map after alignment.</p>
        ) : (
          <BrainPanel title="After alignment" name="after" values={after} {...shared} />
        )}
      </div>
      <div className="courses">
        <TimeCourses grant={grant} maps={maps} side="before" voxel={voxel} />
        {maps.aligned && <TimeCourses grant={grant} maps={maps} side="after" voxel={voxel} />}
      </div>
    </section>
  );
}
