import { type KeyboardEvent, useRef } from "react";
import { percent } from "#app/contract/percent.ts";
import type { MethodName } from "#app/contract/result.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { useSelection } from "#renderer/state/selection.ts";

interface Dot {
  readonly name: string;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}
interface Props {
  /** The methods that were measured, from left to right. */
  readonly columns: readonly { readonly method: MethodName; readonly dots: readonly Dot[] }[];
  readonly subjects: readonly string[];
  readonly onHover: (subject: string | null) => void;
}

/** The subjects' dots and the lines that join them. */
export function AccuracyDots({ columns, subjects, onHover }: Props) {
  const { subject, select } = useSelection();
  const place = useRef<SVGGElement>(null);
  const choose = (name: string) => select({ subject: subject === name ? null : name });
  /** The arrow keys go from dot to dot: up and down through the subjects, sideways through the methods. */
  function press(event: KeyboardEvent, column: number, name: string) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(name);
    }
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = columns[column + (step[0] ?? 0)]?.method;
    const other = subjects[subjects.indexOf(name) + (step[1] ?? 0)];
    place.current?.querySelector<SVGElement>(`[data-dot="${next} ${other}"]`)?.focus();
  }
  return (
    <g ref={place}>
      {subjects.map((name) => (
        <polyline
          key={name}
          className={subject === name ? "join chosen" : "join"}
          points={columns
            .flatMap(({ dots }) => dots.filter((dot) => dot.name === name).map(({ x, y }) => `${x},${y}`))
            .join(" ")}
        />
      ))}
      {columns.map(({ method, dots }, column) =>
        dots.map(({ name, value, x, y }) => (
          // biome-ignore lint/a11y/useSemanticElements: a dot of a chart can't be an HTML button
          <circle
            key={`${method} ${name}`}
            className={`dot ${method} ${subject === name ? "chosen" : ""}`}
            cx={x}
            cy={y}
            r={subject === name ? 6 : 4.5}
            role="button"
            data-dot={`${method} ${name}`}
            tabIndex={column === 0 && name === (subject ?? subjects[0]) ? 0 : -1}
            aria-pressed={subject === name}
            aria-label={`${name}, ${methodLabels[method]}: ${percent(value)}`}
            onClick={() => choose(name)}
            onKeyDown={(event) => press(event, column, name)}
            onPointerEnter={() => onHover(name)}
            onFocus={() => onHover(name)}
            onBlur={() => onHover(null)}
          />
        )),
      )}
    </g>
  );
}
