import { scaleLinear } from "d3-scale";
import { type PointerEvent, useMemo } from "react";
import type { Maps } from "#app/contract/maps.ts";
import { Figure } from "#renderer/parts/figure.tsx";
import { threeDigits } from "#renderer/parts/numbers.ts";
import { useSize } from "#renderer/parts/use-size.ts";
import { CourseAxis } from "#renderer/screens/inspect/course-axis.tsx";
import { areTimed, coursePath, meanCourse } from "#renderer/screens/inspect/course-scale.ts";

const MARGIN = { left: 40, right: 10, top: 8, bottom: 34 };

interface Props {
  readonly maps: Maps;
  readonly side: "before" | "after";
  /** Subjects × rows; null outside the region. */
  readonly courses: Float32Array | null;
  readonly subject: number;
  /** The scale goes from −end to end. */
  readonly end: number;
  readonly hovered: number | null;
  readonly onHover: (row: number | null) => void;
}

/** One side's courses of a voxel: subjects thin, the chosen one in colour, their mean thick. */
export function TimeCourse({ maps, side, courses, subject, end, hovered, onHover }: Props) {
  const [place, { width, height }] = useSize();
  const { rows, subjects } = maps;
  const timed = useMemo(() => areTimed(rows), [rows]);
  const mean = useMemo(
    () => (courses === null ? null : meanCourse(courses, subjects.length)),
    [courses, subjects],
  );
  const bounds = timed ? [rows[0]?.onset ?? 0, rows.at(-1)?.onset ?? 1] : [0, Math.max(1, rows.length - 1)];
  const along = scaleLinear(bounds, [MARGIN.left, width - MARGIN.right]);
  const x = (row: number) => along(timed ? (rows[row]?.onset ?? 0) : row);
  const y = scaleLinear([-end, end], [height - MARGIN.bottom, MARGIN.top]);
  const own = (at: number) => courses?.subarray(at * rows.length, (at + 1) * rows.length) ?? null;
  function hover(event: PointerEvent<SVGSVGElement>) {
    const wanted = along.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const last = rows.length - 1;
    if (!timed) return onHover(Math.max(0, Math.min(last, Math.round(wanted))));
    const next = rows.findIndex(({ onset }) => onset >= wanted);
    const [a, b] = next < 0 ? [last, last] : [Math.max(0, next - 1), next];
    onHover(wanted - (rows[a]?.onset ?? 0) < (rows[b]?.onset ?? 0) - wanted ? a : b);
  }
  const table = () =>
    rows.map(({ run, onset }, row) => [
      run,
      onset,
      ...subjects.map((_, at) => own(at)?.[row]?.toFixed(4) ?? ""),
    ]);
  return (
    <Figure
      title={`Time course ${side}, ${subjects.length} subjects`}
      name={`time-course-${side}`}
      columns={["Run", "Onset (s)", ...subjects]}
      rows={table}
      aside={<ReadOut {...{ maps, subject, hovered, mean }} own={own(subject)} />}
    >
      <div ref={place} className="course-place">
        <svg
          width={width}
          height={height}
          className="chart courses-chart"
          role="img"
          aria-label={`Time course ${side} alignment: subjects thin, ${subjects[subject]} in colour, their mean thick`}
          onPointerMove={hover}
          onPointerLeave={() => onHover(null)}
        >
          {courses === null || mean === null || width === 0 ? (
            <text className="tick" x={width / 2} y={height / 2} textAnchor="middle">
              Put the crosshair on a voxel of the region.
            </text>
          ) : (
            <>
              <CourseAxis {...{ rows, timed, x, along, y, end, margin: MARGIN, width, height }} />
              {subjects.map((name, at) => (
                <path
                  key={name}
                  className={at === subject ? "course chosen" : "course"}
                  d={coursePath(own(at) ?? new Float32Array(), x, y)}
                />
              ))}
              <path className="course mean" d={coursePath(mean, x, y)} />
              {hovered !== null && (
                <line
                  className="hovered"
                  x1={x(hovered)}
                  x2={x(hovered)}
                  y1={MARGIN.top}
                  y2={height - MARGIN.bottom}
                />
              )}
            </>
          )}
        </svg>
      </div>
    </Figure>
  );
}

interface ReadOutProps {
  readonly maps: Maps;
  readonly subject: number;
  readonly hovered: number | null;
  readonly own: Float32Array | null;
  readonly mean: Float32Array | null;
}

/** What lies under the pointer; else what the lines are. */
function ReadOut({ maps, subject, hovered, own, mean }: ReadOutProps) {
  const row = hovered === null ? undefined : maps.rows[hovered];
  const at = (values: Float32Array | null) =>
    row === undefined || hovered === null ? "" : ` ${threeDigits(values?.[hovered] ?? Number.NaN)}`;
  return (
    <span className="course-read-out">
      <span className="key mean">mean{at(mean)}</span>
      <span className="key chosen">
        {maps.subjects[subject]}
        {at(own)}
      </span>
      {row !== undefined && (
        <span className="quiet">
          {row.onset} s{row.label === null ? "" : `, ${row.label}`}
        </span>
      )}
    </span>
  );
}
