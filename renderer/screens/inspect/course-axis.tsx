import type { ScaleLinear } from "d3-scale";
import type { Maps } from "#app/contract/maps.ts";
import { clippedName } from "#renderer/parts/clipped-name.ts";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { runSpans } from "#renderer/parts/run-spans.ts";
import { shortNames } from "#renderer/parts/short-names.ts";

const PIXELS_A_TICK = 90;
const PIXELS_A_LETTER = 6.2;

interface Props {
  readonly rows: Maps["rows"];
  /** By seconds of the one run; else by rows, run after run. */
  readonly timed: boolean;
  readonly x: (row: number) => number;
  readonly along: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly end: number;
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly width: number;
  readonly height: number;
}

/** The scale of the values, and under it the seconds of the run, or the runs by name with a border between them. */
export function CourseAxis({ rows, timed, x, along, y, end, margin, width, height }: Props) {
  const spans = runSpans(rows);
  const shorts = shortNames(spans.map(({ run }) => run));
  const [first] = spans;
  const shared = first?.run.slice(0, first.run.length - (shorts[0]?.length ?? 0)) ?? "";
  const ground = height - margin.bottom;
  const shorten = (name: string, room: number) => {
    const letters = Math.floor(room / PIXELS_A_LETTER);
    return name.length > letters && letters < 4 ? "" : clippedName(name, letters);
  };
  return (
    <>
      {[-end, 0, end].map((value) => (
        <g key={value}>
          <line className="grid" x1={margin.left} x2={width - margin.right} y1={y(value)} y2={y(value)} />
          <text className="tick" x={margin.left - 6} y={y(value) + 4} textAnchor="end">
            {threeDigits(value)}
          </text>
        </g>
      ))}
      <text className="tick" textAnchor="middle" x={8} y={(margin.top + ground) / 2 + 4}>
        z
      </text>
      {timed &&
        along.ticks(Math.max(2, width / PIXELS_A_TICK)).map((second) => (
          <g key={second}>
            <line className="grid" x1={along(second)} x2={along(second)} y1={ground} y2={ground + 4} />
            <text className="tick" x={along(second)} y={ground + 15} textAnchor="middle">
              {second}
            </text>
          </g>
        ))}
      {!timed &&
        spans.map(({ run, from, to }, at) => {
          const [left, right] = [x(from - (from > 0 ? 0.5 : 0)), x(to + 0.5)];
          return (
            <g key={from}>
              <title>{run}</title>
              {from > 0 && <line className="border" x1={left} x2={left} y1={margin.top} y2={ground + 4} />}
              <text className="tick" x={left + 3} y={ground + 15}>
                {shorten(shorts[at] ?? run, right - left - 4)}
              </text>
            </g>
          );
        })}
      <text className="tick" x={(margin.left + width - margin.right) / 2} y={height - 4} textAnchor="middle">
        {timed
          ? `seconds from the start of ${spans[0]?.run ?? ""}, ${rows.length} held-out rows`
          : `${rows.length} held-out rows by run${shared === "" ? "" : `, ${shared}…`}`}
      </text>
    </>
  );
}
