import { clippedName, PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { rowFont } from "#renderer/screens/classify/row-label.tsx";

const LEAST_ROOM = 36;
/** In letters; a whole name is told on hovering. */
export const LONGEST_LABEL = 12;

/** How many pixels the names of conditions take before their rows, and under their columns. */
export function labelRoom(classes: readonly string[]): number {
  const longest = Math.min(LONGEST_LABEL, Math.max(...classes.map((name) => name.length)));
  return Math.max(LEAST_ROOM, longest * PIXELS_A_LETTER + 12);
}

interface Props {
  readonly classes: readonly string[];
  /** Where the first column begins, how wide each is, and where all end below. */
  readonly x: number;
  readonly size: number;
  readonly y: number;
  /** The condition that is chosen; null where none is told. */
  readonly chosen: string | null;
}

/** The names of conditions under the columns of a matrix. */
export function ColumnLabels({ classes, x, size, y, chosen }: Props) {
  return classes.map((name, at) => (
    <text
      key={name}
      className={chosen === name ? "tick own-label" : "tick"}
      textAnchor="end"
      style={{ fontSize: rowFont(size) }}
      transform={`translate(${x + (at + 0.5) * size + 4} ${y + 8}) rotate(-60)`}
    >
      <title>{name}</title>
      {clippedName(name, LONGEST_LABEL)}
    </text>
  ));
}
