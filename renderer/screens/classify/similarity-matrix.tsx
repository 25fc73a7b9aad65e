import { useState } from "react";
import type { ConditionTable } from "#app/contract/similarity.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { ColumnLabels, LONGEST_LABEL, labelRoom } from "#renderer/screens/classify/column-labels.tsx";
import { RowLabel } from "#renderer/screens/classify/row-label.tsx";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";

/** Numbers are written into cells wider than this. */
const LEAST_FOR_NUMBERS = 32;

interface Props {
  readonly label: string;
  readonly table: ConditionTable;
  /** The value without colour, and how far from it the scale of colours ends. */
  readonly zero: number;
  readonly most: number;
  readonly names: readonly string[];
  readonly chosen: string | null;
  /** Called with the number of a row whose cell is chosen. */
  readonly choose: (row: number) => void;
}

/** Conditions × conditions, or patches × patches; a cell chooses that of its row. */
export function SimilarityMatrix({ label, table, zero, most, names, chosen, choose }: Props) {
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState<readonly [number, number] | null>(null);
  const margin = labelRoom(names);
  const side = Math.max(0, Math.min(width - margin - 4, height - margin - 20));
  const size = side / names.length;
  return (
    <div ref={place} className="chart-place">
      <svg
        width={width}
        height={height}
        className="chart matrix"
        aria-label={label}
        onPointerLeave={() => setHovered(null)}
      >
        {table.map((row, i) => (
          <g key={names[i]}>
            <RowLabel
              name={names[i] ?? ""}
              x={margin - 6}
              y={(i + 0.5) * size}
              height={size}
              longest={LONGEST_LABEL}
              bold={chosen === names[i]}
            />
            {row.map((value, j) => (
              <g key={names[j]}>
                {/* biome-ignore lint/a11y/useSemanticElements: a cell of a drawing */}
                <rect
                  role="button"
                  tabIndex={i === 0 && j === 0 ? 0 : -1}
                  className="cell"
                  style={{ fill: value === null ? "none" : scoreColour((value - zero) / most) }}
                  x={margin + j * size + 0.5}
                  y={i * size + 0.5}
                  width={Math.max(0, size - 1)}
                  height={Math.max(0, size - 1)}
                  aria-label={tell(names, i, j, value)}
                  onClick={() => choose(i)}
                  onKeyDown={(event) => {
                    if (event.key === "Enter") choose(i);
                  }}
                  onPointerEnter={() => setHovered([i, j])}
                  onFocus={() => setHovered([i, j])}
                />
                {size >= LEAST_FOR_NUMBERS && value !== null && (
                  <text
                    className={Math.abs((value - zero) / most) > 0.55 ? "count on-dark" : "count"}
                    x={margin + (j + 0.5) * size}
                    y={(i + 0.5) * size + 4}
                    textAnchor="middle"
                  >
                    {twoDigits(value)}
                  </text>
                )}
              </g>
            ))}
          </g>
        ))}
        <ColumnLabels classes={names} x={margin} size={size} y={side} chosen={chosen} />
        <text className="value" x={margin} y={height - 4}>
          {hovered === null ? "" : tell(names, ...hovered, table[hovered[0]]?.[hovered[1]] ?? null)}
        </text>
      </svg>
    </div>
  );
}

/** ".42" and "−.07": what lies between −1 and 1 needs no zero before the point. */
function twoDigits(value: number): string {
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0" : text.replace("-", "−").replace(/^(−?)0\./, "$1.");
}

function tell(names: readonly string[], i: number, j: number, value: number | null): string {
  return `${names[i]} with ${names[j]}: ${value === null ? "never together" : value.toFixed(3)}`;
}
