import { scaleLinear } from "d3-scale";
import { percent } from "#app/contract/percent.ts";
import { clippedName, PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { shortNames } from "#renderer/parts/short-names.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { clock, roundTimes, type Scene, type TimeBin } from "#renderer/screens/classify/segment-times.ts";
import { useSelection } from "#renderer/state/selection.ts";

const MARGIN = { left: 72, right: 16, top: 12, bottom: 74 };
const SCENES_HIGH = 22;
const PIXELS_A_TICK = 56;

interface Props {
  readonly bins: readonly TimeBin[];
  readonly anatomical: readonly (number | null)[];
  readonly aligned: readonly (number | null)[];
  readonly chance: number;
  readonly scenes: readonly Scene[];
  readonly chosen: number | null;
  readonly onHover: (words: string) => void;
}

/** How many segments were matched along the runs, before and after, over the scenes that were shown. */
export function SegmentTimeline({ bins, anatomical, aligned, chance, scenes, chosen, onHover }: Props) {
  const { condition, select } = useSelection();
  const [place, { width, height }] = useSize();
  const names = shortNames(scenes.map(({ label }) => label));
  const rows = bins.at(-1)?.end ?? 0;
  const most = Math.max(chance, ...anatomical.map((one) => one ?? 0), ...aligned.map((one) => one ?? 0));
  const x = scaleLinear([0, Math.max(1, rows)], [MARGIN.left, Math.max(MARGIN.left, width - MARGIN.right)]);
  const ground = height - MARGIN.bottom;
  const y = scaleLinear([0, Math.min(1, Math.ceil(most * 10 + 0.2) / 10)], [ground, MARGIN.top]);
  const path = (shares: readonly (number | null)[]) =>
    bins
      .map(({ first, end, run }, at) => {
        const share = shares[at] ?? null;
        if (share === null) return "";
        const joined = at > 0 && bins[at - 1]?.run === run && (shares[at - 1] ?? null) !== null;
        return `${joined ? "L" : "M"}${x(first).toFixed(1)} ${y(share).toFixed(1)}H${x(end).toFixed(1)}`;
      })
      .join("");
  const marked = chosen === null ? null : (bins[chosen] ?? null);
  return (
    <div ref={place} className="chart-place">
      <svg
        width={width}
        height={height}
        className="chart"
        aria-label="Share of segments matched over time"
        onPointerLeave={() => onHover("")}
        onPointerMove={({ nativeEvent }) => {
          const row = x.invert(nativeEvent.offsetX);
          const at = bins.findIndex(({ first, end }) => row >= first && row < end);
          onHover(
            at < 0 ? "" : tell(bins[at] as TimeBin, anatomical[at] ?? null, aligned[at] ?? null, scenes),
          );
        }}
      >
        {scenes
          .filter(({ label }) => label === condition)
          .map(({ first, end }) => (
            <rect
              key={first}
              className="chosen-scene"
              x={x(first)}
              width={x(end) - x(first)}
              y={MARGIN.top}
              height={Math.max(0, ground - MARGIN.top)}
            />
          ))}
        {marked !== null && (
          <rect
            className="chosen-row"
            x={x(marked.first)}
            width={Math.max(2, x(marked.end) - x(marked.first))}
            y={MARGIN.top}
            height={Math.max(0, ground - MARGIN.top)}
          />
        )}
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={MARGIN.left - 6} y={y(tick) + 4} textAnchor="end">
              {Math.round(100 * tick)} %
            </text>
          </g>
        ))}
        <line className="chance" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(chance)} y2={y(chance)} />
        <path className="step anatomical" d={path(anatomical)} />
        <path className="step aligned" d={path(aligned)} />
        {scenes.map(({ label, first, end }, at) => {
          const name = names[at] ?? label;
          const room = x(end) - x(first);
          const letters = Math.floor((room - 4) / PIXELS_A_LETTER);
          return (
            <g key={first}>
              {/* biome-ignore lint/a11y/useSemanticElements: a stretch of a drawing */}
              <rect
                role="button"
                tabIndex={at === 0 ? 0 : -1}
                aria-label={`Scene ${label}`}
                className={label === condition ? "scene chosen" : at % 2 === 0 ? "scene" : "scene odd"}
                x={x(first)}
                width={Math.max(1, room)}
                y={ground + 4}
                height={SCENES_HIGH}
                onClick={() => select({ condition: label === condition ? null : label })}
                onKeyDown={(event) => {
                  if (event.key === "Enter") select({ condition: label === condition ? null : label });
                }}
              >
                <title>{label}</title>
              </rect>
              {letters >= Math.min(3, name.length) && (
                <text className="tick scene-name" x={x(first) + room / 2} y={ground + 19} textAnchor="middle">
                  {clippedName(name, letters)}
                </text>
              )}
            </g>
          );
        })}
        {bins.map(({ first, run }, at) =>
          at > 0 && bins[at - 1]?.run !== run ? (
            <line
              key={first}
              className="border"
              x1={x(first)}
              x2={x(first)}
              y1={MARGIN.top}
              y2={ground + SCENES_HIGH + 6}
            />
          ) : null,
        )}
        {roundTimes(bins, (width - MARGIN.left) / PIXELS_A_TICK).map(({ row, words }) => (
          <text key={row} className="tick" x={x(row)} y={ground + SCENES_HIGH + 18} textAnchor="middle">
            {words}
          </text>
        ))}
        <text
          className="tick"
          textAnchor="middle"
          transform={`translate(14 ${(ground + MARGIN.top) / 2}) rotate(-90)`}
        >
          Segments matched
        </text>
        <text
          className="tick"
          textAnchor="middle"
          x={(MARGIN.left + width - MARGIN.right) / 2}
          y={height - 8}
        >
          Time in the run, minutes:seconds
        </text>
      </svg>
    </div>
  );
}

/** "12:30–12:45, scene-34: 62.5 % aligned, 12.5 % anatomical." */
function tell(
  { from, to, first, end }: TimeBin,
  anatomical: number | null,
  aligned: number | null,
  scenes: readonly Scene[],
): string {
  const own = scenes.filter((scene) => scene.first < end && scene.end > first).map(({ label }) => label);
  const where = [`${clock(from)}–${clock(to)}`, ...new Set(own)].join(", ");
  if (aligned === null || anatomical === null) return `${where}: no segment begins here.`;
  return `${where}: ${percent(aligned)} aligned, ${percent(anatomical)} anatomical.`;
}
