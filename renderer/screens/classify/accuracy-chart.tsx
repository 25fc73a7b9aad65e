import { scaleLinear, scalePoint } from "d3-scale";
import { useMemo, useState } from "react";
import { type EvaluationResult, type MethodName, methodNames } from "#app/contract/result.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { percent } from "#renderer/parts/numbers.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { accuracyOf, topOf } from "#renderer/screens/classify/accuracies.ts";
import { AccuracyDots } from "#renderer/screens/classify/accuracy-dots.tsx";
import { dotOffsets } from "#renderer/screens/classify/dot-offsets.ts";
import { methodLabels } from "#renderer/screens/classify/labels.ts";
import { MethodColumn } from "#renderer/screens/classify/method-column.tsx";
import { useSelection } from "#renderer/state/selection.ts";

const MARGIN = { left: 72, right: 16, top: 12, bottom: 32 };
const DOT_PIXELS = 10;

/** Each subject a dot, joined across methods; the mean with its standard error beside them; chance dashed. */
export function AccuracyChart({ result }: { readonly result: EvaluationResult }) {
  const chosen = useSelection((selection) => selection.subject);
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState<string | null>(null);
  const made = methodNames.filter((method) => result.accuracy[method] !== null);
  const subjects = useMemo(
    () => [
      ...new Set(
        methodNames.flatMap(
          (method) => result.accuracy[method]?.perSubject.map(({ subject }) => subject) ?? [],
        ),
      ),
    ],
    [result],
  );
  const x = scalePoint<MethodName>(methodNames, [MARGIN.left, width - MARGIN.right]).padding(0.5);
  const y = scaleLinear([0, topOf(result)], [height - MARGIN.bottom, MARGIN.top]);
  const middle = (method: MethodName) => x(method) ?? 0;
  const dotHeight = DOT_PIXELS / Math.max(1, Math.abs(y(1) - y(0)));
  const dots = made.map((method) => {
    const values = subjects.map((name) => accuracyOf(result, method, name));
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
      ...methodNames.map((method) => accuracyOf(result, method, name)?.toFixed(4) ?? "—"),
    ]);
  const told = hovered ?? chosen;
  return (
    <Figure
      title={`Accuracy, ${subjects.length} subjects`}
      name="accuracy"
      columns={["Subject", ...methodNames.map((method) => methodLabels[method])]}
      rows={rows}
      aside={<span className="read-out">{told === null ? "" : tell(result, told)}</span>}
    >
      <div ref={place} className="chart-place">
        <svg
          width={width}
          height={height}
          className="chart"
          aria-label="Accuracy by method, a dot a subject"
          onPointerLeave={() => setHovered(null)}
        >
          <text
            className="tick"
            textAnchor="middle"
            transform={`translate(14 ${(height - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`}
          >
            Accuracy
          </text>
          {y.ticks(5).map((tick) => (
            <g key={tick}>
              <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
              <text className="tick" x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
                {Math.round(100 * tick)} %
              </text>
            </g>
          ))}
          <line
            className="chance"
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(result.chance)}
            y2={y(result.chance)}
          />
          <text className="tick" x={width - MARGIN.right} y={y(result.chance) - 5} textAnchor="end">
            chance {percent(result.chance)}
          </text>
          {methodNames.map((method) => (
            <MethodColumn
              key={method}
              method={method}
              accuracy={result.accuracy[method]}
              reason={result.reason[method] ?? ""}
              middle={middle(method)}
              room={x.step()}
              y={y}
            />
          ))}
          <AccuracyDots columns={dots} subjects={subjects} onHover={setHovered} />
        </svg>
      </div>
      <p className="quiet note">
        Bars: mean ± SEM over subjects, who share one common space and so are not independent.
      </p>
    </Figure>
  );
}

/** "sub-03: 33.3 % anatomical, 38.1 % aligned". */
function tell(result: EvaluationResult, subject: string): string {
  const found = methodNames.flatMap((method) => {
    const value = accuracyOf(result, method, subject);
    return value === null ? [] : [`${percent(value)} ${method}`];
  });
  return found.length === 0 ? "" : `${subject}: ${found.join(", ")}`;
}
