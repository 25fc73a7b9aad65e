import { scaleLinear, scalePoint } from "d3-scale";
import { useMemo, useState } from "react";
import { percent } from "#app/contract/percent.ts";
import { type EvaluationResult, type MethodName, methodsShown } from "#app/contract/result.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { useSize } from "#renderer/parts/use-size.ts";
import { AccuracyDots } from "#renderer/screens/classify/accuracy-dots.tsx";
import { dotOffsets } from "#renderer/screens/classify/dot-offsets.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { type Measure, measuresOf, rangeOf, subjectValue } from "#renderer/screens/classify/measures.ts";
import { MethodColumn } from "#renderer/screens/classify/method-column.tsx";
import { useSelection } from "#renderer/state/selection.ts";

/** The last mean is written beside its bar. */
const MARGIN = { left: 72, right: 48, top: 12, bottom: 32 };
const DOT_PIXELS = 10;

interface Props {
  readonly result: EvaluationResult;
  /** In place of the measure's name. */
  readonly title?: string;
  /** Beside another chart: which measure is shown, of which, and on what scale. */
  readonly measure?: string;
  readonly measures?: readonly string[];
  readonly onMeasure?: (name: string) => void;
  readonly range?: [number, number];
}

/** Each subject a dot, joined across methods; the mean with its standard error beside them; chance dashed. */
export function AccuracyChart({ result, title, measure: given, measures: offered, onMeasure, range }: Props) {
  const measures = useMemo(() => measuresOf(result), [result]);
  const [own, setOwn] = useState("Accuracy");
  const [name, setName] = given === undefined ? [own, setOwn] : [given, onMeasure ?? setOwn];
  const names = offered ?? measures.map((one) => one.name);
  const measure = measures.find((one) => one.name === name) ?? (measures[0] as Measure);
  const chosen = useSelection((selection) => selection.subject);
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState<string | null>(null);
  const methods = methodsShown(measure.byMethod, measure.reason);
  const made = methods.filter((method) => measure.byMethod[method] !== null);
  const subjects = useMemo(
    () => [
      ...new Set(
        methodsShown(measure.byMethod, measure.reason).flatMap(
          (method) => measure.byMethod[method]?.perSubject.map(({ subject }) => subject) ?? [],
        ),
      ),
    ],
    [measure],
  );
  const x = scalePoint<MethodName>(methods, [MARGIN.left, width - MARGIN.right]).padding(0.5);
  const y = scaleLinear(range ?? rangeOf(measure), [height - MARGIN.bottom, MARGIN.top]);
  const middle = (method: MethodName) => x(method) ?? 0;
  const dotHeight = DOT_PIXELS / Math.max(1, Math.abs(y(1) - y(0)));
  const dots = made.map((method) => {
    const values = subjects.map((name) => subjectValue(measure, method, name));
    const offsets = dotOffsets(values, dotHeight);
    return {
      method,
      dots: subjects.flatMap((name, at) => {
        const value = values[at] ?? null;
        const offset = (offsets[at] ?? 0) * DOT_PIXELS;
        return value === null ? [] : [{ name, value, x: middle(method) + offset, y: y(value) }];
      }),
    };
  });
  const rows = () =>
    subjects.map((name) => [
      name,
      ...methods.map((method) => subjectValue(measure, method, name)?.toFixed(4) ?? "—"),
    ]);
  const told = hovered ?? chosen;
  return (
    <Figure
      title={title ?? `${measure.name}, ${subjects.length} subjects`}
      name={measure.quantity.replace(" ", "-")}
      columns={["Subject", ...methods.map((method) => methodLabels[method])]}
      rows={rows}
      aside={
        <>
          <span className="read-out">{told === null ? "" : tell(measure, told)}</span>
          {names.length > 1 && (
            <select
              aria-label="Measure"
              value={measure.name}
              onChange={(event) => setName(event.target.value)}
            >
              {names.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </>
      }
    >
      <div ref={place} className="chart-place">
        <svg
          width={width}
          height={height}
          className="chart"
          aria-label={`${measure.name} by method, a dot a subject`}
          onPointerLeave={() => setHovered(null)}
        >
          <text
            className="tick"
            textAnchor="middle"
            transform={`translate(14 ${(height - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`}
          >
            {sentenceCase(measure.quantity)}
          </text>
          {y.ticks(5).map((tick) => (
            <g key={tick}>
              <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text className="tick" x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
                {measure.chance === null ? signed(tick, 1) : `${Math.round(100 * tick)} %`}
              </text>
            </g>
          ))}
          {measure.chance !== null && (
            <line
              className="chance"
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(measure.chance)}
              y2={y(measure.chance)}
            />
          )}
          {methods.map((method) => (
            <MethodColumn
              key={method}
              method={method}
              scores={measure.byMethod[method]}
              tell={(value) => valueText(measure, value)}
              reason={measure.reason[method] ?? ""}
              middle={middle(method)}
              room={x.step()}
              y={y}
            />
          ))}
          <AccuracyDots columns={dots} subjects={subjects} onHover={setHovered} />
        </svg>
      </div>
      <p className="quiet note">
        Bars: {measure.bars}, who share one common space and so are not independent.{" "}
        {measure.chance !== null && `Dashed: chance, ${percent(measure.chance)}. `}
        {measure.note}
      </p>
    </Figure>
  );
}

/** "sub-03: 33.3 % anatomical, 38.1 % aligned". */
function tell(measure: Measure, subject: string): string {
  const found = methodsShown(measure.byMethod, measure.reason).flatMap((method) => {
    const value = subjectValue(measure, method, subject);
    return value === null ? [] : [`${valueText(measure, value)} ${method}`];
  });
  return found.length === 0 ? "" : `${subject}: ${found.join(", ")}`;
}

/** Shares as percentages, correlations as they are. */
function valueText({ chance }: Measure, value: number): string {
  return chance === null ? signed(value, 3) : percent(value);
}

/** With a true minus. */
function signed(value: number, digits: number): string {
  return value.toFixed(digits).replace("-", "−");
}

function sentenceCase(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
