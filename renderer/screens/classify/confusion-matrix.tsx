import { type KeyboardEvent, useRef, useState } from "react";
import { percent } from "#app/contract/percent.ts";
import { type EvaluationResult, methodNames } from "#app/contract/result.ts";
import { PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { useSize } from "#renderer/parts/use-size.ts";
import { ColumnLabels, LONGEST_LABEL, labelRoom } from "#renderer/screens/classify/column-labels.tsx";
import { cellsOf, confusionOf, shareOf, type Unit } from "#renderer/screens/classify/confusion.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { RowLabel } from "#renderer/screens/classify/row-label.tsx";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";
import { useSelection } from "#renderer/state/selection.ts";

/** Numbers are written into cells wider than this. */
const LEAST_FOR_NUMBERS = 20;

/** True class by predicted class; a cell shows the samples behind it, and goes with the arrow keys. */
export function ConfusionMatrix({ result }: { readonly result: EvaluationResult }) {
  const { method: asked, subject, cell, select } = useSelection();
  const [unit, setUnit] = useState<Unit>("samples");
  const made = methodNames.filter((name) => result.accuracy[name] !== null);
  const method = made.includes(asked) ? asked : (made.at(-1) ?? "anatomical");
  const [place, { width, height }] = useSize();
  const drawing = useRef<SVGSVGElement>(null);
  const [hovered, setHovered] = useState<{ label: number; predicted: number } | null>(null);
  const { classes } = result;
  const counts = confusionOf(result, method, subject);
  const others = made.filter((name) => name !== method);
  // A method can't be taken from itself.
  const shownUnit = typeof unit === "object" && !others.includes(unit.less) ? "samples" : unit;
  const less = typeof shownUnit === "object" ? shownUnit.less : null;
  const cells = cellsOf(counts, shownUnit, less === null ? [] : confusionOf(result, less, subject));
  const margin = labelRoom(classes);
  const side = Math.max(0, Math.min(width - margin - 4, height - margin));
  const size = side / classes.length;
  const choose = (label: number, predicted: number) =>
    select({ cell: { label, predicted }, method, condition: classes[label] ?? null });
  function press(event: KeyboardEvent, label: number, predicted: number) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      // Space would scroll the page.
      event.preventDefault();
      choose(label, predicted);
    }
    if (step === undefined) return;
    event.preventDefault();
    const clamp = (value: number) => Math.max(0, Math.min(classes.length - 1, value));
    const [row, column] = [clamp(label + (step[0] ?? 0)), clamp(predicted + (step[1] ?? 0))];
    drawing.current?.querySelector<SVGElement>(`[data-cell="${row} ${column}"]`)?.focus();
  }
  return (
    <Figure
      title={`Confusion, ${subject ?? "all subjects"}`}
      name={`confusion-${method}`}
      columns={["True \\ predicted", ...classes]}
      rows={() =>
        cells.map((row, at) => [
          classes[at] ?? "",
          ...row.map(({ count, shade }) => (shownUnit === "samples" ? count : (100 * shade).toFixed(2))),
        ])
      }
      aside={
        <>
          <select
            aria-label="Method of the confusion matrix"
            value={method}
            onChange={(event) => {
              const chosen = made.find((name) => name === event.target.value);
              if (chosen !== undefined) select({ method: chosen, cell: null });
            }}
          >
            {made.map((name) => (
              <option key={name} value={name}>
                {methodLabels[name]}
              </option>
            ))}
          </select>
          <select
            aria-label="Unit of the numbers in the cells"
            value={less ?? (shownUnit as string)}
            onChange={({ target }) => {
              const taken = others.find((name) => name === target.value);
              setUnit(taken === undefined ? (target.value === "%" ? "%" : "samples") : { less: taken });
            }}
          >
            <option value="samples">samples</option>
            <option value="%">% of row</option>
            {others.map((name) => (
              <option key={name} value={name}>
                less {methodLabels[name]}
              </option>
            ))}
          </select>
        </>
      }
    >
      <div ref={place} className="chart-place">
        <svg
          ref={drawing}
          width={width}
          height={height}
          className="chart matrix"
          aria-label="Confusion matrix, true class by predicted class"
          onPointerLeave={() => setHovered(null)}
        >
          {cells.map((row, label) => (
            <g key={classes[label]}>
              <RowLabel
                name={classes[label] ?? ""}
                x={margin - 6}
                y={(label + 0.5) * size}
                height={size}
                longest={LONGEST_LABEL}
              />
              {row.map(({ count, shade, text }, predicted) => {
                const chosen = cell?.label === label && cell.predicted === predicted;
                return (
                  <g key={classes[predicted]}>
                    {/* biome-ignore lint/a11y/useSemanticElements: a cell of a drawing */}
                    <rect
                      role="button"
                      data-cell={`${label} ${predicted}`}
                      className={chosen ? "cell chosen" : "cell"}
                      style={{ fill: scoreColour(shade) }}
                      x={margin + predicted * size + 0.5}
                      y={label * size + 0.5}
                      width={Math.max(0, size - 1)}
                      height={Math.max(0, size - 1)}
                      tabIndex={(cell?.label ?? 0) === label && (cell?.predicted ?? 0) === predicted ? 0 : -1}
                      aria-label={`${classes[label]} taken for ${classes[predicted]}: ${count}`}
                      onClick={() => choose(label, predicted)}
                      onKeyDown={(event) => press(event, label, predicted)}
                      onPointerEnter={() => setHovered({ label, predicted })}
                      onFocus={() => setHovered({ label, predicted })}
                    />
                    {size >= Math.max(LEAST_FOR_NUMBERS, text.length * PIXELS_A_LETTER + 4) &&
                      text !== "" && (
                        <text
                          className={Math.abs(shade) > 0.55 ? "count on-dark" : "count"}
                          x={margin + (predicted + 0.5) * size}
                          y={(label + 0.5) * size + 4}
                          textAnchor="middle"
                        >
                          {text}
                        </text>
                      )}
                  </g>
                );
              })}
            </g>
          ))}
          <ColumnLabels classes={classes} x={margin} size={size} y={side} chosen={null} />
        </svg>
      </div>
      <p className="quiet note">
        {hovered === null
          ? noteOf(shownUnit)
          : `${tell(counts[hovered.label] ?? [], hovered, classes)}${
              less === null
                ? ""
                : ` ${methodLabels[less]}: ${percent(shareOf(confusionOf(result, less, subject)[hovered.label] ?? [], hovered.predicted))}.`
            }`}
      </p>
    </Figure>
  );
}

function noteOf(unit: Unit): string {
  const start = "Rows: true class; columns: predicted; ";
  if (unit === "samples") return `${start}shade: share of the row; numbers: samples.`;
  if (unit === "%") return `${start}shade: share of the row; numbers: percent of the row.`;
  return `${start}percent of the row less that of ${methodLabels[unit.less]}, in points.`;
}

/** "scene-28 taken for scene-30: 2 of 8 samples, 25.0 %". */
function tell(
  row: readonly number[],
  { label, predicted }: { readonly label: number; readonly predicted: number },
  classes: readonly string[],
): string {
  const total = row.reduce((sum, count) => sum + count, 0);
  const taken = label === predicted ? "taken for itself" : `taken for ${classes[predicted]}`;
  return `${classes[label]} ${taken}: ${row[predicted] ?? 0} of ${total} samples, ${percent(shareOf(row, predicted))}.`;
}
