import { scaleLinear } from "d3-scale";
import type { SimilaritySide } from "#app/contract/similarity.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { LONGEST_LABEL, labelRoom } from "#renderer/screens/classify/column-labels.tsx";
import { RowLabel } from "#renderer/screens/classify/row-label.tsx";
import { useSelection } from "#renderer/state/selection.ts";

const MARGIN = { right: 64, top: 8, bottom: 44 };
const TALLEST = 56;

interface Props {
  readonly label: string;
  readonly side: SimilaritySide;
  /** Drawn on the same scale elsewhere. */
  readonly other: SimilaritySide;
  readonly subjects: readonly string[];
}

/** How subjects' dissimilarities go with models, a row a model: a dot a subject, the mean, and the noise ceiling. */
export function ModelChart({ label, side, other, subjects }: Props) {
  const { subject: chosen, select } = useSelection();
  const [place, { width, height }] = useSize();
  const { models, agreement } = side;
  const left = labelRoom(models.map(({ name }) => name)) + 8;
  const row = Math.min(TALLEST, Math.max(0, height - MARGIN.top - MARGIN.bottom) / models.length);
  const ground = MARGIN.top + row * models.length;
  const x = scaleLinear(rangeOf([side, other]), [left, Math.max(left, width - MARGIN.right)]);
  return (
    <div ref={place} className="chart-place">
      <svg width={width} height={height} className="chart" aria-label={label}>
        {agreement !== null && (
          <rect
            className="ceiling"
            x={x(mean(agreement.lower))}
            width={Math.max(1, x(mean(agreement.upper)) - x(mean(agreement.lower)))}
            y={MARGIN.top}
            height={row * models.length}
          >
            <title>{`Noise ceiling: ${threeDigits(mean(agreement.lower))} to ${threeDigits(mean(agreement.upper))}`}</title>
          </rect>
        )}
        {x.ticks(6).map((tick) => (
          <g key={tick}>
            <line
              className={tick === 0 ? "zero" : "grid"}
              x1={x(tick)}
              x2={x(tick)}
              y1={MARGIN.top}
              y2={ground}
            />
            <text className="tick" x={x(tick)} y={ground + 18} textAnchor="middle">
              {tick.toFixed(1).replace("-", "−")}
            </text>
          </g>
        ))}
        {models.map(({ name, perSubject }, at) => {
          const middle = MARGIN.top + (at + 0.5) * row;
          const found = perSubject.filter((value) => value !== null);
          return (
            <g key={name}>
              <RowLabel name={name} x={left - 10} y={middle} height={row} longest={LONGEST_LABEL} />
              {perSubject.map((value, which) =>
                value === null ? null : (
                  // biome-ignore lint/a11y/useSemanticElements: a dot of a drawing
                  <circle
                    key={subjects[which]}
                    role="button"
                    tabIndex={-1}
                    className={subjects[which] === chosen ? "dot aligned chosen" : "dot aligned"}
                    cx={x(value)}
                    cy={middle}
                    r={4.5}
                    onClick={() => select({ subject: subjects[which] ?? null })}
                    onKeyDown={() => undefined}
                  >
                    <title>{`${subjects[which]}, ${name}: ρ = ${threeDigits(value)}`}</title>
                  </circle>
                ),
              )}
              {found.length > 0 && (
                <>
                  <line
                    className="mean"
                    x1={x(mean(found))}
                    x2={x(mean(found))}
                    y1={middle - Math.min(14, row / 2)}
                    y2={middle + Math.min(14, row / 2)}
                  />
                  <text className="value" x={width - MARGIN.right + 12} y={middle + 4}>
                    {mean(found).toFixed(2).replace("-", "−")}
                  </text>
                </>
              )}
            </g>
          );
        })}
        <text className="tick" x={(left + width - MARGIN.right) / 2} y={ground + 36} textAnchor="middle">
          Spearman's correlation with the model
        </text>
      </svg>
    </div>
  );
}

/** Tenths that hold every dot, the noise ceiling and zero. */
function rangeOf(sides: readonly SimilaritySide[]): [number, number] {
  const values = sides.flatMap(({ models, agreement }) => [
    ...models.flatMap(({ perSubject }) => perSubject.filter((value) => value !== null)),
    ...(agreement === null ? [] : [mean(agreement.upper), mean(agreement.lower)]),
  ]);
  return [
    Math.floor(10 * Math.min(0, ...values)) / 10,
    Math.min(1, Math.ceil(10 * Math.max(0.1, ...values)) / 10),
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
