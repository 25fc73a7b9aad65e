import { useState } from "react";
import { useSize } from "#renderer/parts/use-size.ts";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";
import { clock, roundTimes, type TimeBin } from "#renderer/screens/classify/segment-times.ts";

const MARGIN = { left: 64, right: 8, top: 8, bottom: 40 };
const PIXELS_A_TICK = 56;

interface Props {
  readonly bins: readonly TimeBin[];
  readonly counts: readonly (readonly number[])[];
  /** The bin whose row is chosen. */
  readonly chosen: number | null;
  readonly choose: (bin: number | null) => void;
  readonly onHover: (words: string) => void;
}

/** When segments were shown, from above to below, by when the others showed what they were taken for. */
export function SegmentMatrix({ bins, counts, chosen, choose, onHover }: Props) {
  const [place, { width, height }] = useSize();
  const [focused, setFocused] = useState(0);
  const side = Math.max(0, Math.min(width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom));
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const at = (row: number) => (row / (bins.at(-1)?.end ?? 1)) * side;
  const spans = bins.map(({ first, end }) => ({ from: at(first), length: at(end - first) }));
  const tell = (i: number, j: number) =>
    `${nameOf(bins[i])}: ${counts[i]?.[j] ?? 0} of ${totals[i] ?? 0} segments taken for ${nameOf(bins[j])}.`;
  return (
    <div ref={place} className="chart-place">
      <svg
        width={width}
        height={height}
        className="chart matrix"
        aria-label="Times of segments by the times that they were taken for"
        onPointerLeave={() => onHover("")}
      >
        {counts.map((row, i) => (
          <g key={bins[i]?.first}>
            {row.map((count, j) => (
              // biome-ignore lint/a11y/useSemanticElements: a cell of a drawing
              <rect
                key={bins[j]?.first}
                role="button"
                tabIndex={i === j && i === focused ? 0 : -1}
                className="cell"
                style={{ fill: scoreColour(shade(count, totals[i] ?? 0)) }}
                x={MARGIN.left + (spans[j]?.from ?? 0)}
                y={MARGIN.top + (spans[i]?.from ?? 0)}
                width={(spans[j]?.length ?? 0) + 0.25}
                height={(spans[i]?.length ?? 0) + 0.25}
                aria-label={tell(i, j)}
                onClick={() => choose(chosen === i ? null : i)}
                onFocus={() => {
                  setFocused(i);
                  onHover(tell(i, j));
                }}
                onKeyDown={(event) => {
                  if (event.key === "Enter") choose(chosen === i ? null : i);
                }}
                onPointerEnter={() => onHover(tell(i, j))}
              />
            ))}
          </g>
        ))}
        {chosen !== null && (
          <rect
            className="chosen-row"
            x={MARGIN.left}
            y={MARGIN.top + (spans[chosen]?.from ?? 0)}
            width={side}
            height={Math.max(2, spans[chosen]?.length ?? 0)}
          />
        )}
        {roundTimes(bins, side / PIXELS_A_TICK).map(({ row, words }) => (
          <g key={row}>
            <text className="tick" x={MARGIN.left - 6} y={MARGIN.top + at(row) + 4} textAnchor="end">
              {words}
            </text>
            <text className="tick" x={MARGIN.left + at(row)} y={MARGIN.top + side + 14} textAnchor="middle">
              {words}
            </text>
          </g>
        ))}
        <text
          className="tick"
          textAnchor="middle"
          transform={`translate(14 ${MARGIN.top + side / 2}) rotate(-90)`}
        >
          Time of the segment
        </text>
        <text className="tick" textAnchor="middle" x={MARGIN.left + side / 2} y={MARGIN.top + side + 32}>
          Time that it was taken for
        </text>
      </svg>
    </div>
  );
}

/** Few of a row make a cell, and those are what is looked for: small shares stand out by their root. */
function shade(count: number, total: number): number {
  return total === 0 ? 0 : Math.sqrt(count / total);
}

function nameOf(bin: TimeBin | undefined): string {
  return bin === undefined ? "" : `${clock(bin.from)}–${clock(bin.to)}`;
}
