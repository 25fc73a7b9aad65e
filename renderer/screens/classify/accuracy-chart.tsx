import { scaleLinear, scalePoint } from "d3-scale";
import { type EvaluationResult, type MethodName, methodNames } from "#app/contract/result.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { percent } from "#renderer/parts/numbers.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { useSelection } from "#renderer/state/selection.ts";

const WIDTH = 520;
const HEIGHT = 340;
const MARGIN = { left: 52, right: 16, top: 12, bottom: 44 };

/** Each subject a dot, joined across methods; the mean with its standard error beside them; chance dashed. */
export function AccuracyChart({ result }: { readonly result: EvaluationResult }) {
  const { subject, select } = useSelection();
  const made = methodNames.filter((method) => result.accuracy[method] !== null);
  const subjects = result.accuracy[made[0] ?? "anatomical"]?.perSubject.map((one) => one.subject) ?? [];
  const of = (method: MethodName, name: string) =>
    result.accuracy[method]?.perSubject.find((one) => one.subject === name)?.accuracy ?? 0;
  const most = Math.max(result.chance, ...made.flatMap((method) => subjects.map((name) => of(method, name))));
  const x = scalePoint<MethodName>(methodNames, [MARGIN.left, WIDTH - MARGIN.right]).padding(0.5);
  const y = scaleLinear(
    [0, Math.min(1, Math.ceil(most * 10 + 0.5) / 10)],
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  const at = (method: MethodName) => x(method) ?? 0;
  const rows = subjects.map((name) => [
    name,
    ...methodNames.map((method) => (result.accuracy[method] === null ? "—" : of(method, name).toFixed(4))),
  ]);
  return (
    <Figure
      title={`Accuracy, ${subjects.length} subjects`}
      name="accuracy"
      columns={["Subject", ...methodNames.map((method) => methodLabels[method])]}
      rows={rows}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="chart" role="img" aria-label="Accuracy by method">
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
            points={made.map((method) => `${at(method)},${y(of(method, name))}`).join(" ")}
          />
        ))}
        {made.map((method) =>
          subjects.map((name) => (
            // biome-ignore lint/a11y/useSemanticElements: a dot of a chart can't be an HTML button
            <circle
              key={`${method} ${name}`}
              className={`dot ${method} ${subject === name ? "chosen" : ""}`}
              cx={at(method)}
              cy={y(of(method, name))}
              r={subject === name ? 6 : 4.5}
              role="button"
              tabIndex={method === made[0] ? 0 : -1}
              aria-label={`${name}, ${methodLabels[method]}: ${percent(of(method, name))}`}
              onClick={() => select({ subject: subject === name ? null : name })}
              onKeyDown={(event) => {
                if (event.key === "Enter") select({ subject: subject === name ? null : name });
              }}
            >
              <title>{`${name}: ${percent(of(method, name))}`}</title>
            </circle>
          )),
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
