import { scaleLinear } from "d3-scale";
import { useState } from "react";
import { binsOf } from "#app/contract/bins.ts";
import { percent } from "#app/contract/percent.ts";
import { pWords } from "#app/contract/result-sentence.ts";
import type { Drawn, Permutations } from "#app/contract/statistics.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { count } from "#renderer/parts/numbers.ts";
import { useSize } from "#renderer/parts/use-size.ts";

const MARGIN = { left: 56, right: 24, top: 28, bottom: 44 };
const BINS = 40;

const names = {
  aligned: "Between, aligned",
  difference: "Gain: aligned less anatomical",
  anatomical: "Between, anatomical",
  within: "Within subject",
} as const;
type Name = keyof typeof names;

/** What labels drawn anew gave, beside what was observed. */
export function DrawnHistogram({ permutations }: { readonly permutations: Permutations }) {
  const made = (Object.keys(names) as Name[]).filter((name) => permutations[name] !== undefined);
  const [asked, setName] = useState<Name>("aligned");
  const name = made.includes(asked) ? asked : made[0];
  const shown = name === undefined ? undefined : permutations[name];
  if (name === undefined || shown === undefined) return null;
  const { done, asked: wanted, exact, repeat } = permutations;
  return (
    <Figure
      title={exact ? `All ${count(done)} labellings` : `${count(done)} draws of the labels`}
      name={`draws-${name}`}
      columns={["Draw", names[name]]}
      rows={() => shown.drawn.map((value, at) => [at + 1, value.toFixed(6)])}
      aside={
        <select
          aria-label="What is drawn"
          value={name}
          onChange={(event) => setName(event.target.value as Name)}
        >
          {made.map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      }
    >
      <Histogram name={names[name]} shown={shown} />
      <p className="quiet note">
        {names[name]}: observed {percent(shown.observed)}, {pWords(shown)}.{" "}
        {repeat === "whole"
          ? "Selection and alignment were made again in each draw."
          : "Selection and alignment stayed as they were."}{" "}
        {done < wanted &&
          !exact &&
          `Of ${count(wanted)} asked for no more were needed to be sure on which side of .05 p lies.`}
      </p>
    </Figure>
  );
}

function Histogram({ name, shown: { observed, drawn } }: { readonly name: string; readonly shown: Drawn }) {
  const [place, { width, height }] = useSize();
  const all = [...drawn, observed];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0.01, (most - least) * 0.05);
  const range = [least - room, most + room] as const;
  const bins = binsOf(drawn, range, BINS);
  const x = scaleLinear(range, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, Math.max(...bins.map((bin) => bin.count))], [height - MARGIN.bottom, MARGIN.top]);
  const right = x(observed) > width / 2;
  return (
    <div ref={place} className="chart-place">
      <svg
        width={width}
        height={height}
        className="chart"
        aria-label={`${name}: draws of the labels, and what was observed`}
      >
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line className="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
            <text className="tick" x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {bins
          .filter((bin) => bin.count > 0)
          .map((bin) => (
            <rect
              key={bin.from}
              className={bin.from >= observed ? "drawn beyond" : "drawn"}
              x={x(bin.from)}
              y={y(bin.count)}
              width={Math.max(1, x(bin.to) - x(bin.from) - 1)}
              height={height - MARGIN.bottom - y(bin.count)}
            >
              <title>{`${bin.count} draws from ${percent(bin.from)} to ${percent(bin.to)}`}</title>
            </rect>
          ))}
        <line
          className="observed"
          x1={x(observed)}
          x2={x(observed)}
          y1={MARGIN.top - 4}
          y2={height - MARGIN.bottom}
        />
        <text
          className="value"
          x={x(observed) + (right ? -6 : 6)}
          y={MARGIN.top - 10}
          textAnchor={right ? "end" : "start"}
        >
          observed {percent(observed)}
        </text>
        {x.ticks(6).map((tick) => (
          <text key={tick} className="tick" x={x(tick)} y={height - MARGIN.bottom + 18} textAnchor="middle">
            {Math.round(100 * tick)} %
          </text>
        ))}
        <text
          className="tick"
          x={(MARGIN.left + width - MARGIN.right) / 2}
          y={height - 6}
          textAnchor="middle"
        >
          Mean accuracy with labels drawn anew
        </text>
        <text
          className="tick"
          textAnchor="middle"
          transform={`translate(14 ${(height - MARGIN.bottom + MARGIN.top) / 2}) rotate(-90)`}
        >
          Draws
        </text>
      </svg>
    </div>
  );
}
