import { useState } from "react";
import type { SimilaritySide } from "#app/contract/similarity.ts";
import { clippedName, PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { RowLabel } from "#renderer/screens/classify/row-label.tsx";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";
import { useSelection } from "#renderer/state/selection.ts";

const LEAST_LABEL = 36;
const LONGEST = 12;
/** Numbers are written into cells wider than this. */
const LEAST_FOR_NUMBERS = 32;

interface Props {
  readonly label: string;
  readonly table: SimilaritySide["between"];
  /** The value at the end of the scale of colours. */
  readonly most: number;
  readonly classes: readonly string[];
}

/** Conditions × conditions; a cell chooses the condition of its row. */
export function SimilarityMatrix({ label, table, most, classes }: Props) {
  const { condition, select } = useSelection();
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState("");
  const longest = Math.min(LONGEST, Math.max(...classes.map((name) => name.length)));
  const margin = Math.max(LEAST_LABEL, longest * PIXELS_A_LETTER + 12);
  const side = Math.max(0, Math.min(width - margin - 4, height - margin - 20));
  const size = side / classes.length;
  return (
    <div ref={place} className="chart-place">
      <svg
        width={width}
        height={height}
        className="chart matrix"
        aria-label={label}
        onPointerLeave={() => setHovered("")}
      >
        {table.map((row, i) => (
          <g key={classes[i]}>
            <RowLabel
              name={classes[i] ?? ""}
              x={margin - 6}
              y={(i + 0.5) * size}
              height={size}
              longest={LONGEST}
              bold={condition === classes[i]}
            />
            {row.map((value, j) => (
              <g key={classes[j]}>
                {/* biome-ignore lint/a11y/useSemanticElements: a cell of a drawing */}
                <rect
                  role="button"
                  tabIndex={i === 0 && j === 0 ? 0 : -1}
                  className="cell"
                  style={{ fill: value === null ? "none" : scoreColour(value / most) }}
                  x={margin + j * size + 0.5}
                  y={i * size + 0.5}
                  width={Math.max(0, size - 1)}
                  height={Math.max(0, size - 1)}
                  aria-label={tell(classes, i, j, value)}
                  onClick={() => select({ condition: classes[i] ?? null })}
                  onKeyDown={(event) => {
                    if (event.key === "Enter") select({ condition: classes[i] ?? null });
                  }}
                  onPointerEnter={() => setHovered(tell(classes, i, j, value))}
                  onFocus={() => setHovered(tell(classes, i, j, value))}
                />
                {size >= LEAST_FOR_NUMBERS && value !== null && (
                  <text
                    className={Math.abs(value / most) > 0.55 ? "count on-dark" : "count"}
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
        {classes.map((name, at) => (
          <text
            key={name}
            className={condition === name ? "tick own-label" : "tick"}
            textAnchor="end"
            style={{ fontSize: Math.min(11, Math.max(7, size * 0.8)) }}
            transform={`translate(${margin + (at + 0.5) * size + 4} ${side + 8}) rotate(-60)`}
          >
            <title>{name}</title>
            {clippedName(name, LONGEST)}
          </text>
        ))}
        <text className="value" x={margin} y={height - 4}>
          {hovered}
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

function tell(classes: readonly string[], i: number, j: number, value: number | null): string {
  return `${classes[i]} with ${classes[j]}: ${value === null ? "never in one space" : value.toFixed(3)}`;
}
