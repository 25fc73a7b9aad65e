import { useCallback, useEffect } from "react";
import type { Grid } from "#app/contract/dataset.ts";
import type { Box } from "#renderer/brain/box.ts";
import type { BrainLook } from "#renderer/brain/brain-view.ts";
import { countShown, type MapUnit } from "#renderer/brain/map-kind.ts";
import { mapColumns, mapRows } from "#renderer/brain/map-table.ts";
import type { RegionGrid } from "#renderer/brain/region-grid.ts";
import { FigureMenu } from "#renderer/parts/figure-menu.tsx";
import { count } from "#renderer/parts/numbers.ts";
import { csvOf, saveCanvas, saveText } from "#renderer/parts/save.ts";
import { useBrainView } from "#renderer/parts/use-brain-view.ts";
import { valueWords } from "#renderer/screens/inspect/value-words.ts";

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
  const silhouette = useCallback(
    () => region.spread(new Float32Array(region.places().length).fill(1)),
    [region],
  );
  const { canvas, view, tries, wrong, bare } = useBrainView(grant, grid, props.onMove, silhouette);
  useEffect(() => {
    // Of correlations, none of which is just 0, it says that one is not above chance.
    const spread = values === null || !visible ? null : region.spread(values, unit === "r");
    view?.show(spread, threshold, end);
  }, [view, values, visible, region, unit, threshold, end]);
  useEffect(() => view?.look(look), [view, look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reset frames anew what was panned and turned
  useEffect(() => view?.frame(box), [view, box, resets]);
  const [x, y, z] = place;
  useEffect(() => view?.moveTo([x, y, z]), [view, x, y, z]);
  const shown = values === null ? 0 : countShown(values, threshold);
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
