import { useEffect, useRef, useState } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import { BrainView } from "#renderer/brain/brain-view.ts";
import { fetchBackground } from "#renderer/brain/map-source.ts";
import type { RegionGrid } from "#renderer/brain/region-grid.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { saveCanvas } from "#renderer/parts/save.ts";
import { ColourBar } from "#renderer/screens/inspect/colour-bar.tsx";

interface Props {
  readonly title: string;
  readonly name: string;
  readonly grant: string;
  readonly grid: Grid;
  readonly region: RegionGrid;
  /** V. */
  readonly values: Float32Array | null;
  readonly threshold: number;
  readonly end: number;
  readonly diverging: boolean;
  readonly visible: boolean;
  readonly place: readonly [number, number, number];
  readonly voxel: number;
  readonly onMove: (mm: [number, number, number]) => void;
}

/** One brain with its colour bar and the value under the crosshair. */
export function BrainPanel(props: Props) {
  const { title, name, grant, grid, region, values, threshold, end, diverging, visible, place, voxel } =
    props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<BrainView | null>(null);
  const [wrong, setWrong] = useState("");
  const onMove = useRef(props.onMove);
  onMove.current = props.onMove;
  useEffect(() => {
    const own = canvas.current;
    if (own === null) return;
    let gone = false;
    const lost = (event: Event) => {
      event.preventDefault();
      setWrong("The graphics stopped. Go to another place and come back.");
    };
    own.addEventListener("webglcontextlost", lost);
    fetchBackground(grant)
      .then((background) => BrainView.on(own, background, (mm) => onMove.current(mm)))
      .then(
        (made) => {
          if (!gone) setView(made);
        },
        () =>
          setWrong(
            "The brain can't be drawn: there is no WebGL 2 here. Numbers and time courses still serve.",
          ),
      );
    return () => {
      gone = true;
      own.removeEventListener("webglcontextlost", lost);
      own.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
    };
  }, [grant]);
  useEffect(() => {
    if (view === null) return;
    const overlay =
      values === null || !visible ? null : { grid, values: region.spread(values), threshold, end, diverging };
    void view.show(overlay);
  }, [view, values, visible, grid, region, threshold, end, diverging]);
  const [x, y, z] = place;
  useEffect(() => view?.moveTo([x, y, z]), [view, x, y, z]);
  const value = voxel < 0 ? null : (values?.[voxel] ?? null);
  const shown = values?.reduce((sum, own) => sum + (Math.abs(own) >= threshold ? 1 : 0), 0) ?? 0;
  return (
    <figure className="brain" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        <span className="value-here">
          {value === null
            ? "outside the region"
            : Number.isNaN(value)
              ? "not in the common space"
              : threeDigits(value)}
        </span>
        <span className="quiet">{shown} voxels shown</span>
        <span className="exports">
          <button
            type="button"
            disabled={view === null}
            onClick={() => view !== null && void saveCanvas(`brain-${name}.png`, view.picture())}
          >
            PNG
          </button>
        </span>
      </figcaption>
      <div className="canvas-place">
        <canvas ref={canvas} aria-label={`${title}: slices through the crosshair`} />
        {wrong !== "" && <p className="wrong over">▲ {wrong}</p>}
      </div>
      <ColourBar end={end} threshold={threshold} diverging={diverging} />
    </figure>
  );
}
