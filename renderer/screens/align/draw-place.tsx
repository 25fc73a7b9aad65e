import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Opened } from "#app/contract/calls.ts";
import type { RunFile } from "#app/contract/dataset.ts";
import type { Region } from "#app/contract/plan.ts";
import type { Drawing } from "#renderer/brain/drawing.ts";
import { RegionGrid } from "#renderer/brain/region-grid.ts";
import { bridge } from "#renderer/bridge.ts";
import { fileName } from "#renderer/parts/file-name.ts";
import { count, threeDigits } from "#renderer/parts/numbers.ts";
import { useBrainView } from "#renderer/parts/use-brain-view.ts";
import { DrawTools } from "#renderer/screens/align/draw-tools.tsx";

import { useDrawing } from "#renderer/state/drawing.ts";
import { usePlanDraft } from "#renderer/state/plan-draft.ts";
import { usePreferences } from "#renderer/state/preferences.ts";
import "./draw.css";

interface Props {
  readonly opened: Opened;
  readonly region: Region;
  /** The mask is drawn on its grid. */
  readonly image: RunFile;
}

/** The Plan's region drawn by hand on the dataset's background, in place of the Plan's cards. */
export function DrawPlace({ opened: { grant }, region, image }: Props) {
  const { change, keep, unsaved, tool, size } = useDrawing();
  const { convention, ground } = usePreferences();
  const [nx, ny, nz] = image.grid.dimensions;
  const blank = useCallback(() => new Float32Array(nx * ny * nz), [nx, ny, nz]);
  const { canvas, view, tries, wrong } = useBrainView(grant, image.grid, () => undefined, blank);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [voxels, setVoxels] = useState(0);
  const [told, setTold] = useState("");
  const [asking, setAsking] = useState(false);
  const { path, grid } = image;
  const start = useRef(region);
  const look = useMemo(
    () => ({ radiological: convention === "radiological", ground, crosshair: true, labels: true }),
    [convention, ground],
  );
  useEffect(() => view?.look(look), [view, look]);
  useEffect(() => {
    if (view === null) return;
    let gone = false;
    const made = view.startDrawing(grid, (drawn) => {
      setVoxels(drawn.length);
      setTold("");
      // An empty drawing has nothing to lose.
      keep(path, drawn.length === 0 ? null : drawn);
    });
    const begin = async () => {
      // What was drawn and not saved goes before the Plan's mask.
      let from = useDrawing.getState().unsaved.get(path);
      if (from === undefined && start.current.kind === "mask") {
        const mask = start.current.path;
        const answer = await bridge.call("region.voxels", { grant, image: path, path: mask });
        if (gone) return;
        if (answer.ok) {
          from = answer.value.voxels;
          const nearest = answer.value.resampled ? ", the nearest of its voxels" : "";
          setTold(`Started from ${fileName(mask)}${nearest}.`);
        } else setTold(`▲ ${answer.fault.text}`);
      }
      if (from !== undefined && from.length > 0) {
        made.load(from);
        setVoxels(from.length);
        const places = new RegionGrid(grid, from);
        view.moveTo(places.place(Math.floor(from.length / 2)));
      }
      view.frame(null);
      setDrawing(made);
      change({ shown: made });
    };
    void begin();
    return () => {
      gone = true;
      setDrawing(null);
      change({ shown: null });
    };
  }, [view, grid, path, grant, keep, change]);
  useEffect(() => drawing?.use(tool, size), [drawing, tool, size]);
  const dirty = unsaved.has(path);
  const close = () => change({ open: null });
  async function save() {
    if (drawing === null) return;
    const drawn = drawing.voxels();
    if (drawn.length === 0)
      return setTold("▲ An empty drawing can't be saved: draw at least one voxel of the images.");
    const answer = await bridge.call("region.save", { grant, image: path, voxels: drawn });
    if (!answer.ok) return setTold(`▲ ${answer.fault.text}`);
    if (answer.value === null) return;
    const saved = answer.value.path;
    usePlanDraft.getState().change((old) => ({ ...old, region: { kind: "mask", path: saved } }));
    keep(path, null);
    close();
  }
  const sizes = [0, 1, 2].map((column) =>
    threeDigits(Math.hypot(...[0, 4, 8].map((row) => grid.affine[row + column] ?? 0))).replace(/\.0+$/, ""),
  );
  return (
    <section aria-label="Draw a region" className="draw">
      <div className="heading">
        <h1>Draw a region</h1>
        <span className="spring" />
        {asking ? (
          <span role="alert" className="row">
            <span>The drawing is not saved.</span>
            <button type="button" onClick={() => setAsking(false)}>
              Go on drawing
            </button>
            <button
              type="button"
              onClick={() => {
                keep(path, null);
                close();
              }}
            >
              Throw it away
            </button>
          </span>
        ) : (
          <button type="button" onClick={() => (dirty ? setAsking(true) : close())}>
            Close
          </button>
        )}
        <button type="button" className="primary" disabled={drawing === null} onClick={() => void save()}>
          Save the mask…
        </button>
      </div>
      <div className="row">
        <DrawTools drawing={drawing} />
      </div>
      <p className="told">
        <output className="value-here">
          {count(voxels)} {voxels === 1 ? "voxel" : "voxels"}
        </output>
        <span className={told.startsWith("▲") ? "wrong" : "quiet"} aria-live="polite">
          {told}
        </span>
      </p>
      <div className={`canvas-place ${ground}`}>
        <canvas
          key={tries}
          ref={canvas}
          className={drawing === null ? "coming" : ""}
          aria-label="Slices to draw on"
        />
        {wrong !== "" && <p className="over">▲ {wrong}</p>}
        {wrong === "" && drawing === null && <p className="over">Reading the brain.</p>}
      </div>
      <p className="quiet">
        Every voxel of the images ({sizes.join(" × ")} mm) that a stroke touches is taken, or erased, as a
        whole when the stroke ends: what is shown then is what is counted and saved. The wheel goes through
        the slices, with Ctrl it zooms; the right button pans.
      </p>
    </section>
  );
}
