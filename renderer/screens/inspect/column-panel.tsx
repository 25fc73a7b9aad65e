import { type PointerEvent, useCallback, useMemo, useRef, useState } from "react";
import { columnNoun } from "#app/contract/column-noun.ts";
import type { Grid } from "#app/contract/dataset.ts";
import { columnAt, columnWords } from "#renderer/brain/columns.ts";
import { countShown, type MapUnit } from "#renderer/brain/map-kind.ts";
import { columnRows, columnTableHead } from "#renderer/brain/map-table.ts";
import { signedColour } from "#renderer/brain/signed-colours.ts";
import { FigureMenu } from "#renderer/parts/figure-menu.tsx";
import { count, threeDigits } from "#renderer/parts/numbers.ts";
import { csvOf, saveCanvas, savePng, saveText, svgOf } from "#renderer/parts/save.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { columnBars, largestColumns } from "#renderer/screens/inspect/column-bars.ts";
import { type ShownSurface, SurfacePicture } from "#renderer/screens/inspect/surface-picture.tsx";
import { valueWords } from "#renderer/screens/inspect/value-words.ts";

const LISTED = 100;
/** The names of structures stand above the bars. */
const NAMES_PIXELS = 16;
const BARS_PIXELS = 120;
const STRIP_PIXELS = NAMES_PIXELS + BARS_PIXELS;
const NAME_PIXELS = 90;
const BAR_PIXELS = 2;

interface Props {
  readonly title: string;
  readonly name: string;
  readonly grid: Grid;
  /** What the vertices lie on; null where bars along the columns stand for it. */
  readonly surface: ShownSurface | null;
  /** V: which column of the grid each of the region's is. */
  readonly voxels: Int32Array;
  /** V. */
  readonly values: Float32Array | null;
  readonly threshold: number;
  readonly end: number;
  readonly unit: MapUnit;
  readonly visible: boolean;
  /** Of the region's columns. */
  readonly chosen: number;
  readonly words: string;
  readonly onChoose: (column: number) => void;
}

/** One map along the columns, with those of the largest values listed under it. */
export function ColumnPanel(props: Props) {
  const { title, name, grid, surface, voxels, values, threshold, unit, chosen, words, onChoose } = props;
  const strip = useRef<SVGSVGElement>(null);
  const largest = useMemo(() => (values === null ? [] : largestColumns(values, LISTED)), [values]);
  const shown = values === null ? 0 : countShown(values, threshold);
  const [picture, setPicture] = useState<(() => HTMLCanvasElement) | null>(null);
  const hear = useCallback((take: (() => HTMLCanvasElement) | null) => setPicture(() => take), []);
  const withStrip = (use: (svg: SVGSVGElement) => void) => () => {
    if (strip.current !== null) use(strip.current);
  };
  return (
    <figure className="brain columns" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        <span className="value-here">{valueWords(values, chosen, unit)}</span>
        <span className="quiet">
          {count(shown)} {columnNoun(grid).many} shown
        </span>
        <FigureMenu
          label={`Export of ${title}`}
          actions={[
            {
              name: "CSV…",
              perform:
                values === null
                  ? null
                  : () =>
                      void saveText(
                        `map-${name}.csv`,
                        csvOf(columnTableHead(grid), columnRows(grid, voxels, values)),
                      ),
            },
            ...(surface === null
              ? [
                  { name: "SVG…", perform: withStrip((svg) => void saveText(`map-${name}.svg`, svgOf(svg))) },
                  { name: "PNG…", perform: withStrip((svg) => void savePng(`map-${name}.png`, svg)) },
                ]
              : [
                  {
                    name: "PNG…",
                    perform: picture === null ? null : () => void saveCanvas(`map-${name}.png`, picture()),
                  },
                ]),
          ]}
        />
      </figcaption>
      {surface === null ? (
        <Strip {...props} strip={strip} label={`${title}: ${words}`} />
      ) : (
        <SurfacePicture
          key={surface.side}
          {...props}
          surface={surface}
          label={`${title}: ${words}`}
          onReady={hear}
        />
      )}
      <ol className="largest" aria-label={`Largest values, ${title.toLowerCase()}`}>
        {largest.map((column) => (
          <li key={column}>
            <button
              type="button"
              className="link"
              aria-current={column === chosen}
              onClick={() => onChoose(column)}
            >
              <span>{columnWords(grid, voxels[column] ?? 0)}</span>
              <span>
                {threeDigits(values?.[column] ?? Number.NaN)} {unit}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </figure>
  );
}

interface StripProps extends Props {
  readonly strip: React.RefObject<SVGSVGElement | null>;
  readonly label: string;
}

/** The values as bars about zero, and where one structure's columns end. */
function Strip({
  grid,
  voxels,
  values,
  threshold,
  end,
  visible,
  chosen,
  onChoose,
  strip,
  label,
}: StripProps) {
  const [place, { width }] = useSize();
  const bars = useMemo(
    () => (values === null || width === 0 ? [] : columnBars(values, Math.floor(width / BAR_PIXELS))),
    [values, width],
  );
  const borders = useMemo(() => structureStarts(grid, voxels), [grid, voxels]);
  const x = (column: number) => (column / Math.max(1, voxels.length)) * width;
  const y = (value: number) =>
    NAMES_PIXELS + (BARS_PIXELS / 2) * (1 - Math.max(-1, Math.min(1, value / end)));
  function choose(event: PointerEvent<SVGSVGElement>) {
    if (event.buttons !== 1 || width === 0) return;
    const part = (event.clientX - event.currentTarget.getBoundingClientRect().left) / width;
    const bar = bars[Math.floor(part * bars.length)];
    // A pixel stands for many columns: the one that it shows is meant.
    if (bar != null) onChoose(bar.column);
  }
  return (
    <div ref={place} className="strip">
      <svg
        ref={strip}
        className="chart"
        width={width}
        height={STRIP_PIXELS}
        role="img"
        aria-label={label}
        onPointerDown={choose}
        onPointerMove={choose}
      >
        <line className="grid" x1={0} x2={width} y1={y(0)} y2={y(0)} />
        {visible &&
          bars.map(
            (bar, at) =>
              bar !== null &&
              Math.abs(bar.value) >= threshold && (
                <rect
                  key={bar.column}
                  x={(at * width) / bars.length}
                  width={width / bars.length}
                  y={Math.min(y(bar.value), y(0))}
                  height={Math.abs(y(bar.value) - y(0))}
                  fill={signedColour(bar.value, end)}
                />
              ),
          )}
        {borders.map(({ name, at }, border) => (
          <g key={`${name} ${at}`}>
            {at > 0 && <line className="border" x1={x(at)} x2={x(at)} y1={0} y2={STRIP_PIXELS} />}
            {x(borders[border + 1]?.at ?? voxels.length) - x(at) >= NAME_PIXELS && (
              <text className="tick" x={x(at) + 4} y={12}>
                {name}
              </text>
            )}
          </g>
        ))}
        <line className="here" x1={x(chosen + 0.5)} x2={x(chosen + 0.5)} y1={0} y2={STRIP_PIXELS} />
      </svg>
    </div>
  );
}

/** Where in the region each structure starts. */
function structureStarts(grid: Grid, voxels: Int32Array): { name: string; at: number }[] {
  const starts: { name: string; at: number }[] = [];
  voxels.forEach((column, at) => {
    const { structure } = columnAt(grid, column);
    if (structure !== "" && structure !== starts.at(-1)?.name) starts.push({ name: structure, at });
  });
  return starts;
}
