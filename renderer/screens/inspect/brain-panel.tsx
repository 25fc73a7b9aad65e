import { useEffect, useRef, useState } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import type { Box } from "#renderer/brain/box.ts";
import { type BrainLook, BrainView } from "#renderer/brain/brain-view.ts";
import type { MapUnit } from "#renderer/brain/map-kind.ts";
import { fetchBackground } from "#renderer/brain/map-source.ts";
import { mapColumns, mapRows } from "#renderer/brain/map-table.ts";
import type { RegionGrid } from "#renderer/brain/region-grid.ts";
import { FigureMenu } from "#renderer/parts/figure-menu.tsx";
import { count, threeDigits } from "#renderer/parts/numbers.ts";
import { csvOf, saveCanvas, saveText } from "#renderer/parts/save.ts";

/** Graphics that are lost again and again are not coming back. */
const MOST_TRIES = 3;

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
  readonly unit: MapUnit;
  readonly visible: boolean;
  readonly look: BrainLook;
  /** null frames the whole brain. */
  readonly box: Box | null;
  readonly resets: number;
  readonly place: readonly [number, number, number];
  readonly voxel: number;
  /** Written under an exported picture. */
  readonly caption: string;
  readonly onMove: (mm: [number, number, number]) => void;
}

/** One brain with the value under the crosshair. */
export function BrainPanel(props: Props) {
  const { title, name, grid, region, values, threshold, end, unit, visible, look, box, place, voxel } = props;
  const { grant, resets, caption } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<BrainView | null>(null);
  const [tries, setTries] = useState(1);
  const [wrong, setWrong] = useState("");
  const [bare, setBare] = useState(false);
  const onMove = useRef(props.onMove);
  onMove.current = props.onMove;
  useEffect(() => {
    const own = canvas.current;
    if (own === null || tries > MOST_TRIES) return;
    let gone = false;
    let made: BrainView | null = null;
    const lost = () => {
      setView(null);
      setTries(tries + 1);
      if (tries === MOST_TRIES)
        setWrong(
          "The graphics stopped and did not come back. Close other programs that use them, and restart.",
        );
    };
    own.addEventListener("webglcontextlost", lost);
    fetchBackground(grant)
      .then((background) => {
        setBare(background === null);
        const ground = background ?? region.spread(new Float32Array(region.places().length).fill(1));
        return BrainView.on(own, ground, grid, (mm) => onMove.current(mm));
      })
      .then(
        (ready) => {
          made = ready;
          if (gone) ready.close();
          else setView(ready);
        },
        () =>
          setWrong(
            "The brain can't be drawn: there is no WebGL 2 here. Numbers and time courses still serve.",
          ),
      );
    return () => {
      gone = true;
      own.removeEventListener("webglcontextlost", lost);
      made?.close();
    };
  }, [grant, grid, region, tries]);
  useEffect(() => {
    view?.show(values === null || !visible ? null : region.spread(values), threshold, end);
  }, [view, values, visible, region, threshold, end]);
  useEffect(() => view?.look(look), [view, look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset frames anew what was panned and turned
  useEffect(() => view?.frame(box), [view, box, resets]);
  const [x, y, z] = place;
  useEffect(() => view?.moveTo([x, y, z]), [view, x, y, z]);
  const shown = values?.reduce((sum, own) => sum + (Math.abs(own) >= threshold ? 1 : 0), 0) ?? 0;
  return (
    <figure className="brain" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        <span className="value-here">{valueWords(values, voxel, unit)}</span>
        <span className="quiet">{count(shown)} voxels shown</span>
        {bare && (
          <span className="quiet" title="The dataset does not name a space that a brain is known for.">
            no brain known
          </span>
        )}
        <FigureMenu
          label={`Export of ${title}`}
          actions={[
            {
              name: "CSV…",
              perform:
                values === null
                  ? null
                  : () => void saveText(`map-${name}.csv`, csvOf(mapColumns, mapRows(region, values))),
            },
            {
              name: "PNG…",
              perform:
                view === null
                  ? null
                  : () => void saveCanvas(`brain-${name}.png`, view.picture(`${title} · ${caption}`)),
            },
          ]}
        />
      </figcaption>
      <div className={`canvas-place ${look.ground}`}>
        <canvas
          key={tries}
          ref={canvas}
          className={view === null ? "coming" : ""}
          aria-label={`${title}: slices through the crosshair`}
        />
        {wrong !== "" && <p className="over">▲ {wrong}</p>}
        {wrong === "" && view === null && <p className="over">Reading the brain.</p>}
      </div>
    </figure>
  );
}

function valueWords(values: Float32Array | null, voxel: number, unit: MapUnit): string {
  if (voxel < 0 || values === null) return "outside the region";
  const value = values[voxel] ?? Number.NaN;
  return Number.isNaN(value) ? "not in the common space" : `${threeDigits(value)} ${unit}`;
}
