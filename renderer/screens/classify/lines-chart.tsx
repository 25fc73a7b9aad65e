import { scaleLinear, scalePoint } from "d3-scale";
import { clippedName } from "#renderer/parts/clipped-name.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { useSize } from "#renderer/parts/use-size.ts";

const MARGIN = { left: 72, right: 16, top: 12, bottom: 72 };
/** Names that stand side by side need so many pixels. */
const LEAST_APART = 14;
const LONGEST = 16;

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
  /** The place that is marked, if one is. */
  readonly marked: number | null;
}

interface Props {
  readonly label: string;
  /** What stands at each place, from left to right. */
  readonly places: readonly string[];
  readonly quantity: string;
  readonly lines: readonly Line[];
}

/** Some lines over the same places; a ring where one is marked. */
export function LinesChart({ label, places, quantity, lines }: Props) {
  const [place, { width, height }] = useSize();
  const all = lines.flatMap(({ values }) => values);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = (most - least || Math.abs(most) || 1) * 0.08;
  const y = scaleLinear([least - room, most + room], [height - MARGIN.bottom, MARGIN.top]);
  const x = scalePoint(
    [...places.keys()],
    [MARGIN.left, Math.max(MARGIN.left, width - MARGIN.right)],
  ).padding(0.3);
  const across = (at: number) => x(at) ?? 0;
  const every = Math.max(1, Math.ceil((places.length * LEAST_APART) / Math.max(1, width - MARGIN.left)));
  return (
    <div ref={place} className="chart-place">
      <svg width={width} height={height} className="chart" aria-label={label}>
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
              {Math.abs(tick) >= 1e4 ? threeDigits(tick) : y.tickFormat(5)(tick)}
            </text>
          </g>
        ))}
        {places.map((name, at) =>
          at % every === 0 ? (
            <text
              key={name}
              className="tick"
              textAnchor="end"
              transform={`translate(${across(at) + 4} ${height - MARGIN.bottom + 14}) rotate(-40)`}
            >
              <title>{name}</title>
              {clippedName(name, LONGEST)}
            </text>
          ) : null,
        )}
        {lines.map(({ name, values, marked }) => (
          <g key={name}>
            <polyline
              className="course"
              points={values.map((value, at) => `${across(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ")}
            />
            {values.map((value, at) => (
              <circle
                key={places[at]}
                className={at === marked ? "course-dot marked" : "course-dot"}
                cx={across(at)}
                cy={y(value)}
                r={at === marked ? 6 : 2.5}
              >
                <title>{`${name}, ${places[at]}: ${quantity} ${threeDigits(value)}${at === marked ? ", chosen" : ""}`}</title>
              </circle>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}
