import { clippedName } from "#renderer/parts/clipped-name.ts";

interface Props {
  readonly name: string;
  /** Where it ends, and the middle of its row. */
  readonly x: number;
  readonly y: number;
  /** Of the row. */
  readonly height: number;
  /** In letters; the whole name is told on hovering. */
  readonly longest: number;
  readonly bold?: boolean;
}

/** The name of a row of a drawing, before it, in letters that fit. */
export function RowLabel({ name, x, y, height, longest, bold = false }: Props) {
  return (
    <text
      className={bold ? "tick own-label" : "tick"}
      x={x}
      y={y + 4}
      textAnchor="end"
      style={{ fontSize: rowFont(height) }}
    >
      <title>{name}</title>
      {clippedName(name, longest)}
    </text>
  );
}

/** The size of letters in a row of such a height. */
export function rowFont(height: number): number {
  return Math.min(11, Math.max(7, height * 0.8));
}
