import { scaleLinear, scalePoint } from "d3-scale";
import { type KeyboardEvent, useRef } from "react";
import { type EvaluationResult, type MethodName, methodNames } from "#app/contract/result.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { percent } from "#renderer/parts/numbers.ts";
import { accuracyOf, topOf } from "#renderer/screens/classify/accuracies.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { useSelection } from "#renderer/state/selection.ts";

const WIDTH = 520;
const HEIGHT = 340;
const MARGIN = { left: 66, right: 16, top: 12, bottom: 44 };

/** Each subject a dot, joined across methods; the mean with its standard error beside them; chance dashed. */
export function AccuracyChart({ result }: { readonly result: EvaluationResult }) {
  const { subject, select } = useSelection();
  const made = methodNames.filter((method) => result.accuracy[method] !== null);
  const subjects = result.accuracy[made[0] ?? "anatomical"]?.perSubject.map((one) => one.subject) ?? [];
  const of = (method: MethodName, name: string) => accuracyOf(result, method, name);
  const place = useRef<SVGSVGElement>(null);
  const x = scalePoint<MethodName>(methodNames, [MARGIN.left, WIDTH - MARGIN.right]).padding(0.5);
  const y = scaleLinear([0, topOf(result)], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const at = (method: MethodName) => x(method) ?? 0;
  /** The arrow keys go from dot to dot: up and down through the subjects, sideways through the methods. */
  function press(event: KeyboardEvent, method: MethodName, name: string) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select({ subject: subject === name ? null : name });
    }
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = made[made.indexOf(method) + (step[0] ?? 0)];
    const other = subjects[subjects.indexOf(name) + (step[1] ?? 0)];
    place.current?.querySelector<SVGElement>(`[data-dot="${next} ${other}"]`)?.focus();
  }
  const rows = () =>
    subjects.map((name) => [name, ...methodNames.map((method) => of(method, name)?.toFixed(4) ?? "—")]);
  return (
    <Figure
      title={`Accuracy, ${subjects.length} subjects`}
      name="accuracy"
      columns={["Subject", ...methodNames.map((method) => methodLabels[method])]}
      rows={rows}
    >
      <svg
        ref={place}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="chart"
        aria-label="Accuracy by method, a dot a subject"
      >
        <text
          className="tick"
          textAnchor="middle"
          transform={`translate(14 ${(HEIGHT - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`}
        >
          Accuracy
        </text>
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line className="grid" x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
              {Math.round(100 * tick)} %
            </text>
          </g>
        ))}
        <line
          className="chance"
          x1={MARGIN.left}
          x2={WIDTH - MARGIN.right}
          y1={y(result.chance)}
          y2={y(result.chance)}
        />
        <text className="tick" x={WIDTH - MARGIN.right} y={y(result.chance) - 5} textAnchor="end">
          chance {percent(result.chance)}
        </text>
        {subjects.map((name) => (
          <polyline
            key={name}
            className={subject === name ? "join chosen" : "join"}
            points={made
              .flatMap((method) => {
                const accuracy = of(method, name);
                return accuracy === null ? [] : [`${at(method)},${y(accuracy)}`];
              })
              .join(" ")}
          />
        ))}
        {made.map((method) =>
          subjects.map((name) => {
            const accuracy = of(method, name);
            if (accuracy === null) return null;
            return (
              // biome-ignore lint/a11y/useSemanticElements: a dot of a chart can't be an HTML button
              <circle
                key={`${method} ${name}`}
                className={`dot ${method} ${subject === name ? "chosen" : ""}`}
                cx={at(method)}
                cy={y(accuracy)}
                r={subject === name ? 6 : 4.5}
                role="button"
                data-dot={`${method} ${name}`}
                tabIndex={method === made[0] && name === (subject ?? subjects[0]) ? 0 : -1}
                aria-pressed={subject === name}
                aria-label={`${name}, ${methodLabels[method]}: ${percent(accuracy)}`}
                onClick={() => select({ subject: subject === name ? null : name })}
                onKeyDown={(event) => press(event, method, name)}
              >
                <title>{`${name}: ${percent(accuracy)}`}</title>
              </circle>
            );
          }),
        )}
        {made.map((method) => {
          const { mean, sem } = result.accuracy[method] as { mean: number; sem: number };
          return (
            <g key={method}>
              <line
                className="interval"
                x1={at(method) + 22}
                x2={at(method) + 22}
                y1={y(Math.max(0, mean - sem))}
                y2={y(mean + sem)}
              />
              <line className="mean" x1={at(method) + 14} x2={at(method) + 30} y1={y(mean)} y2={y(mean)} />
              <text className="value" x={at(method) + 34} y={y(mean) + 4}>
                {percent(mean)}
              </text>
            </g>
          );
        })}
        {methodNames.map((method) => (
          <text key={method} className="label" x={at(method)} y={HEIGHT - 24} textAnchor="middle">
            {methodLabels[method]}
          </text>
        ))}
        {methodNames
          .filter((method) => result.accuracy[method] === null)
          .map((method) => (
            <text key={method} className="tick" x={at(method)} y={HEIGHT - 8} textAnchor="middle">
              <title>{result.reason[method]}</title>
              not measured (why: hover)
            </text>
          ))}
      </svg>
      <p className="quiet">
        Bars: mean ± SEM over subjects, who share one common space and so are not independent.
        {methodNames
          .filter((method) => result.accuracy[method] === null)
          .map((method) => ` ${methodLabels[method]}: ${result.reason[method] ?? ""}`)
          .join("")}
      </p>
    </Figure>
  );
}
