import { scaleLinear } from "d3-scale";
import { useState } from "react";
import { useSize } from "#renderer/parts/use-size.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** More conditions than that have no legend: which is which is told on hovering. */
const MOST_NAMED = 12;
const FOOT = 24;

interface Props {
  readonly label: string;
  /** Subject by subject, each with its conditions. */
  readonly places: readonly (readonly [number, number])[];
  /** How far they reach from the middle, on one scale with what they are compared with. */
  readonly extent: number;
  readonly classes: readonly string[];
  readonly subjects: readonly string[];
}

/** A dot a pattern, coloured by its condition; a dot chooses its condition, and others fade. */
export function PatternPlaces({ label, places, extent, classes, subjects }: Props) {
  const { condition, subject, select } = useSelection();
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState("");
  const side = Math.max(0, Math.min(width, height - FOOT));
  const [x, y] = [
    scaleLinear([-extent * 1.05, extent * 1.05], [(width - side) / 2, (width + side) / 2]),
    scaleLinear([-extent * 1.05, extent * 1.05], [side, 0]),
  ];
  const choose = (name: string) => select({ condition: condition === name ? null : name });
  return (
    <>
      {classes.length <= MOST_NAMED && (
        <p className="legend conditions">
          {classes.map((name, at) => (
            <button
              key={name}
              type="button"
              className="link"
              aria-pressed={condition === name}
              onClick={() => choose(name)}
            >
              <span className="swatch" style={{ background: colourOf(at, classes.length) }} /> {name}
            </button>
          ))}
        </p>
      )}
      <div ref={place} className="chart-place">
        <svg
          width={width}
          height={height}
          className="chart"
          aria-label={label}
          onPointerLeave={() => setHovered("")}
        >
          <line className="grid" x1={x(-extent)} x2={x(extent)} y1={y(0)} y2={y(0)} />
          <line className="grid" x1={x(0)} x2={x(0)} y1={y(-extent)} y2={y(extent)} />
          {places.map(([across, up], at) => {
            const [who, what] = [
              subjects[Math.floor(at / classes.length)] ?? "",
              classes[at % classes.length] ?? "",
            ];
            const faded = (condition !== null && condition !== what) || (subject !== null && subject !== who);
            return (
              // biome-ignore lint/a11y/useSemanticElements: a dot of a chart can't be an HTML button
              <circle
                key={`${who} ${what}`}
                role="button"
                tabIndex={at === 0 ? 0 : -1}
                className={faded ? "pattern faded" : "pattern"}
                style={{ fill: colourOf(at % classes.length, classes.length) }}
                cx={x(across)}
                cy={y(up)}
                r={5}
                aria-label={`${what} of ${who}`}
                onClick={() => choose(what)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") choose(what);
                }}
                onPointerEnter={() => setHovered(`${what} of ${who}`)}
                onFocus={() => setHovered(`${what} of ${who}`)}
              />
            );
          })}
          <text className="value" x={4} y={height - 6}>
            {hovered}
          </text>
        </svg>
      </div>
    </>
  );
}

/** Hues around the circle, alternately light and dark, so that neighbours differ in more than hue. */
function colourOf(at: number, count: number): string {
  return `oklch(${at % 2 === 0 ? 0.72 : 0.52} 0.15 ${Math.round((360 * at) / count)})`;
}
