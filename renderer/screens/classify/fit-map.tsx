import { type KeyboardEvent, useMemo, useState } from "react";
import type { ConditionFit } from "#app/contract/condition-fit.ts";
import { PIXELS_A_LETTER } from "#renderer/parts/clipped-name.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { useSize } from "#renderer/parts/use-size.ts";
import { RowLabel } from "#renderer/screens/classify/row-label.tsx";
import { scoreColour } from "#renderer/screens/classify/score-colour.ts";

const MARGIN = { top: 4, right: 4, bottom: 24 };
const LONGEST = 14;
/** Marks in narrower columns would be specks. */
const LEAST_FOR_MARKS = 4;

interface Props {
  readonly fit: ConditionFit;
  readonly row: number;
  readonly choose: (row: number) => void;
}

/** Conditions by samples: the shade is the score, a dot the best condition, a ring the subject's own label. */
export function FitMap({ fit, row: chosen, choose }: Props) {
  const { conditions, rows } = fit;
  const [place, { width, height }] = useSize();
  const [hovered, setHovered] = useState<number | null>(null);
  const longest = Math.min(LONGEST, Math.max(...conditions.map((name) => name.length)));
  const left = longest * PIXELS_A_LETTER + 12;
  const wide = Math.max(0, width - left - MARGIN.right) / rows.length;
  const high = Math.max(0, height - MARGIN.top - MARGIN.bottom) / conditions.length;
  const most = useMemo(
    () => Math.max(...rows.flatMap(({ scores }) => scores?.map(Math.abs) ?? []), Number.EPSILON),
    [rows],
  );
  const x = (at: number) => left + at * wide;
  const y = (at: number) => MARGIN.top + at * high;
  function press(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(rows.length - 1, chosen + step)));
  }
  const told = rows[hovered ?? chosen];
  const mark = Math.max(1.5, Math.min(5, wide / 3, high / 3));
  return (
    <Figure
      title={`Fit of ${fit.subject}, ${rows.length} samples`}
      name={`fit-${fit.subject}-${fit.run}`}
      columns={["Onset (s)", "Best", "Margin", "Label", ...conditions]}
      rows={() =>
        rows.map(({ onset, best, margin, label, scores }) => [
          onset,
          best ?? "—",
          margin?.toFixed(4) ?? "—",
          label ?? "—",
          ...conditions.map((_, at) => scores?.[at]?.toFixed(4) ?? "—"),
        ])
      }
    >
      <div
        ref={place}
        className="chart-place"
        role="slider"
        tabIndex={0}
        aria-label="Sample"
        aria-valuemin={0}
        aria-valuemax={rows.length - 1}
        aria-valuenow={chosen}
        aria-valuetext={told === undefined ? "" : tell(told)}
        onKeyDown={press}
        onPointerLeave={() => setHovered(null)}
        onPointerMove={(event) => {
          const at = Math.floor((event.nativeEvent.offsetX - left) / wide);
          setHovered(at >= 0 && at < rows.length ? at : null);
        }}
        onClick={() => hovered !== null && choose(hovered)}
      >
        <svg width={width} height={height} className="chart fit-map" aria-label="Conditions by samples">
          {conditions.map((name, at) => (
            <RowLabel key={name} name={name} x={left - 6} y={y(at + 0.5)} height={high} longest={LONGEST} />
          ))}
          {rows.map(({ onset, scores }, at) => (
            <g key={onset}>
              {scores?.map((score, condition) => (
                <rect
                  key={conditions[condition]}
                  x={x(at)}
                  y={y(condition)}
                  width={Math.max(0, wide - (wide > 6 ? 1 : 0))}
                  height={Math.max(0, high - (high > 6 ? 1 : 0))}
                  style={{ fill: scoreColour(score / most) }}
                />
              ))}
            </g>
          ))}
          {rows.map(({ onset, best, label }, at) => (
            <g key={onset} visibility={wide < LEAST_FOR_MARKS ? "hidden" : "visible"}>
              {label !== null && conditions.includes(label) && (
                <circle
                  className="own"
                  cx={x(at + 0.5)}
                  cy={y(conditions.indexOf(label) + 0.5)}
                  r={mark + 1.5}
                />
              )}
              {best !== null && (
                <circle
                  className="best"
                  cx={x(at + 0.5)}
                  cy={y(conditions.indexOf(best) + 0.5)}
                  r={Math.max(1, mark - 1)}
                />
              )}
            </g>
          ))}
          <rect
            className="chosen-sample"
            x={x(chosen)}
            y={MARGIN.top}
            width={Math.max(1, wide)}
            height={Math.max(0, height - MARGIN.top - MARGIN.bottom)}
          />
          <text className="tick" x={left} y={height - 8}>
            {rows[0]?.onset ?? 0} s
          </text>
          <text className="tick" x={width - MARGIN.right} y={height - 8} textAnchor="end">
            {rows.at(-1)?.onset ?? 0} s
          </text>
        </svg>
      </div>
      <p className="quiet note">
        {told === undefined ? "" : tell(told)}
        {hovered === null && wide >= LEAST_FOR_MARKS ? " Dot: best; ring: the subject's own label." : ""}
      </p>
    </Figure>
  );
}

function tell({ onset, best, margin, label }: ConditionFit["rows"][number]): string {
  const own = label === null ? "" : ` Its own label is ${label}.`;
  return best === null
    ? `At ${onset} s the sample does not vary.${own}`
    : `At ${onset} s: ${best}, ${(margin ?? 0).toFixed(3)} ahead of the second.${own}`;
}
